public import BillingDomain

/// What a request with a key came to, so that the same request sent again is answered and not done again.
public struct IdempotencyRecord: RevisedRecord, TransientRecord {
    /// The identity of the record.
    public let id: Identifier<IdempotencyRecord>

    /// The tenant the key belongs to; `nil` for keys of the system scope.
    public let tenant: Identifier<Tenant>?

    /// The key that the caller chose, unique in its tenant.
    public let key: String

    /// A digest of what was asked for; the same key with another fingerprint is a mistake of the caller.
    public let fingerprint: [UInt8]

    /// What was answered, as the service wrote it down.
    public let result: String

    /// When it was answered.
    public let createdAt: Timestamp

    /// The version of this record.
    public var revision: Int64

    /// Creates a record.
    public init(
        id: Identifier<IdempotencyRecord>,
        tenant: Identifier<Tenant>?,
        key: String,
        fingerprint: [UInt8],
        result: String,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.key = key
        self.fingerprint = fingerprint
        self.result = result
        self.createdAt = createdAt
        self.revision = revision
    }

    /// The key together with its scope: unique among all.
    package static func scopedKey(_ tenant: Identifier<Tenant>?, _ key: String) -> String {
        (tenant?.description ?? "system") + "/" + key
    }
}

extension IdempotencyRecord {
    /// The table of answered requests.
    public static let table = RecordTable(
        "idempotency_record",
        noun: "idempotency key",
        [
            .id, .tenant.optional, .text("key").fixed, .bytes("fingerprint").fixed, .text("result").fixed,
            .integer("created_at").fixed, .revision, .text("scoped_key").fixed,
        ],
        ownership: .shared(column: "tenant"),
        growth: .transient,
        uniques: [["scoped_key"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["created_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(key)
        row(fingerprint)
        row(result)
        row(createdAt)
        row(revision)
        row(Self.scopedKey(tenant, key))
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            key: try row(),
            fingerprint: try row(),
            result: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension IdempotencyRecord {
    /// The columns that queries name.
    public enum Columns {
        /// `scoped_key`.
        public static let scopedKey = Field<IdempotencyRecord, String>("scoped_key")
        /// `created_at`.
        public static let createdAt = Field<IdempotencyRecord, Timestamp>("created_at")
    }
}
