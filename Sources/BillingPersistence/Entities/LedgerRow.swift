public import BillingDomain

/// A ledger entry as it is kept: numbered in its tenant's books and chained to the one before.
public struct LedgerRow: StoredRecord {
    /// The identity of the entry.
    public let id: Identifier<LedgerRow>
    /// The tenant whose books these are.
    public let tenant: Identifier<Tenant>
    /// The place in the books, from 1 without gaps.
    public let position: Int64
    /// When the money moved.
    public let at: Timestamp
    /// What moved it.
    public let cause: String
    /// Names the movement once and for all.
    public let idempotencyKey: String
    /// Who moved it.
    public let actor: BillingDomain.Actor
    /// How many postings it has: it never gains another.
    public let lines: Int
    /// The digest of its ``BillingDomain/ChainLink``.
    public let digest: [UInt8]

    /// The table of ledger entries: no two of a tenant have the same key or place.
    public static let table = RecordTable(
        "ledger_entry",
        [
            .id, .tenant, .integer("position"), .integer("at"), .text("cause"), .text("idempotency_key"),
            .text("actor"), .integer("lines"), .bytes("digest"),
        ],
        growth: .appendOnly,
        uniques: [["tenant", "position"], ["tenant", "idempotency_key"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(position)
        row(at)
        row(cause)
        row(idempotencyKey)
        row(actor)
        row(lines)
        row(digest)
    }
}

extension LedgerRow {
    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        position = try row()
        at = try row()
        cause = try row()
        idempotencyKey = try row()
        actor = try row()
        lines = try row()
        digest = try row()
    }

    init(_ entry: LedgerEntry, position: Int64, digest: [UInt8]) {
        id = Identifier(high: entry.id.high, low: entry.id.low)
        tenant = entry.tenant
        self.position = position
        at = entry.at
        cause = entry.cause
        idempotencyKey = entry.idempotencyKey
        actor = entry.actor
        lines = entry.postings.count
        self.digest = digest
    }

    /// The entry that was kept.
    func entry(postings: [Posting]) throws -> LedgerEntry {
        try LedgerEntry(
            id: Identifier(high: id.high, low: id.low),
            tenant: tenant,
            at: at,
            cause: cause,
            idempotencyKey: idempotencyKey,
            actor: actor,
            postings: postings
        )
    }
}

extension LedgerRow {
    /// The columns that queries name.
    public enum Columns {
        /// `position`.
        public static let position = Field<LedgerRow, Int64>("position")
        /// `idempotency_key`.
        public static let idempotencyKey = Field<LedgerRow, String>("idempotency_key")
    }
}
