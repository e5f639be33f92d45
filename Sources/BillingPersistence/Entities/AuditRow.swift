public import BillingDomain

/// A line of the audit trail as it is kept: numbered in its tenant's trail and chained to the one before.
public struct AuditRow: StoredRecord {
    /// The identity of the line.
    public let id: Identifier<AuditRow>
    /// The place in the trail, from 1 without gaps.
    public let position: Int64
    /// The line.
    public let entry: AuditEntry
    /// The digest of its ``BillingDomain/ChainLink``.
    public let digest: [UInt8]

    /// The table of the audit trail.
    public static let table = RecordTable(
        "audit_entry",
        noun: "audit line",
        [
            .id, .tenant, .integer("position"), .integer("at"), .text("actor"), .text("action"), .text("subject"),
            .text("detail"), .text("before").optional, .text("after").optional, .text("request_id").optional,
            .text("source_address").optional, .bytes("digest"),
        ],
        growth: .appendOnly,
        uniques: [["tenant", "position"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "subject", "position"], ["tenant", "actor", "position"], ["tenant", "at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(entry.tenant)
        row(position)
        row(entry.at)
        row(entry.actor)
        row(entry.action)
        row(entry.subject)
        row(entry.detail)
        row(entry.before)
        row(entry.after)
        row(entry.requestID)
        row(entry.sourceAddress)
        row(digest)
    }
}

extension AuditRow {
    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        let tenant: Identifier<Tenant> = try row()
        position = try row()
        entry = AuditEntry(
            id: Identifier(high: id.high, low: id.low),
            tenant: tenant,
            at: try row(),
            actor: try row(),
            action: try row(),
            subject: try row(),
            detail: try row(),
            before: try row(),
            after: try row(),
            requestID: try row(),
            sourceAddress: try row()
        )
        digest = try row()
    }

    init(_ entry: AuditEntry, position: Int64, digest: [UInt8]) {
        id = Identifier(high: entry.id.high, low: entry.id.low)
        self.position = position
        self.entry = entry
        self.digest = digest
    }
}

extension AuditRow {
    /// The columns that queries name.
    public enum Columns {
        /// `position`.
        public static let position = Field<AuditRow, Int64>("position")
        /// `at`.
        public static let at = Field<AuditRow, Timestamp>("at")
        /// `actor`.
        public static let actor = Field<AuditRow, BillingDomain.Actor>("actor")
        /// `action`.
        public static let action = Field<AuditRow, String>("action")
        /// `subject`.
        public static let subject = Field<AuditRow, String>("subject")
    }
}
