public import BillingDomain

/// How fast passwords may be tried for one name of one tenant, as it is kept.
///
/// A name that nobody has is kept like any other, so that the store's work does not tell them apart. Its identity follows
/// from the name, and the name itself is not kept: people type their passwords there.
public struct ThrottledAccount: RevisedRecord, TransientRecord {
    /// The identity, which follows from tenant and name.
    public let id: Identifier<ThrottledAccount>
    /// The tenant that is tried.
    public let tenant: Identifier<Tenant>
    /// How fast.
    public var throttle: AccountThrottle
    /// The version of this record.
    public var revision: Int64

    /// Keeps a throttle.
    public init(
        id: Identifier<ThrottledAccount>,
        tenant: Identifier<Tenant>,
        throttle: AccountThrottle = AccountThrottle(),
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.throttle = throttle
        self.revision = revision
    }

    /// The table of throttled names, which the system clears of those that are forgotten.
    public static let table = RecordTable(
        "throttled_account",
        [
            .id, .tenant, .integer("failures"), .integer("last_attempt_at").optional, .integer("not_before").optional,
            .revision,
        ],
        ownership: .shared(column: "tenant"),
        growth: .transient,
        references: [.init("tenant", to: "tenant")],
        indexes: [["last_attempt_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(throttle.failures)
        row(throttle.lastAttemptAt)
        row(throttle.notBefore)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        tenant = try row()
        throttle = AccountThrottle(failures: try row(), lastAttemptAt: try row(), notBefore: try row())
        revision = try row()
    }
}

extension ThrottledAccount {
    /// The columns that queries name.
    public enum Columns {
        /// `last_attempt_at`.
        public static let lastAttemptAt = Field<ThrottledAccount, Timestamp?>("last_attempt_at")
    }
}
