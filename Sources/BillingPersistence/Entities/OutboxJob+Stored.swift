public import BillingDomain

extension OutboxJob: RevisedRecord, TransientRecord {
    /// The table of jobs: one at most for a voucher, and their sequence is that of the commits of their router.
    public static let table = RecordTable(
        "outbox_job",
        noun: "job",
        [
            .id, .tenant, .identity("router").fixed, .identity("voucher").fixed, .integer("sequence").fixed,
            .integer("enqueued_at").fixed, .integer("not_before"), .integer("attempts"), .text("detail").optional,
            .integer("is_parked"), .revision,
        ],
        growth: .transient,
        uniques: [["voucher"], ["router", "sequence"]],
        references: [.init("voucher", to: "voucher"), .init("router", to: "router")],
        indexes: [
            ["tenant", "is_parked", "enqueued_at"], ["router", "is_parked", "not_before"],
            ["router", "is_parked", "enqueued_at"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(voucher)
        row(sequence)
        row(enqueuedAt)
        row(notBefore)
        row(attempts)
        row(detail)
        row(isParked)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            router: try row(),
            voucher: try row(),
            sequence: try row(),
            enqueuedAt: try row(),
            notBefore: try row(),
            attempts: try row(),
            detail: try row(),
            isParked: try row(),
            revision: try row()
        )
    }
}

extension OutboxJob {
    /// The columns that queries name.
    public enum Columns {
        /// `router`.
        public static let router = Field<OutboxJob, Identifier<Router>>("router")
        /// `voucher`.
        public static let voucher = Field<OutboxJob, Identifier<Voucher>>("voucher")
        /// `sequence`.
        public static let sequence = Field<OutboxJob, Int64>("sequence")
        /// `not_before`.
        public static let notBefore = Field<OutboxJob, Timestamp>("not_before")
        /// `is_parked`.
        public static let isParked = Field<OutboxJob, Bool>("is_parked")
        /// `enqueued_at`.
        public static let enqueuedAt = Field<OutboxJob, Timestamp>("enqueued_at")
    }
}
