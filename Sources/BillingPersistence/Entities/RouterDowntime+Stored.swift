public import BillingDomain

extension RouterDowntime: RevisedRecord, TransientRecord {
    /// The table of downtimes.
    public static let table = RecordTable(
        "router_downtime",
        [
            .id, .tenant, .identity("router").fixed, .integer("began_at").fixed, .integer("ended_at").optional,
            .word("status", RouterStatus.self), .text("detail").optional,
            .word("alerted_as", RouterStatus.self).optional, .revision,
        ],
        growth: .transient,
        references: [.init("router", to: "router")],
        indexes: [["tenant", "router", "ended_at"], ["tenant", "router", "began_at", "id"], ["tenant", "ended_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(beganAt)
        row(endedAt)
        row(status)
        row(detail)
        row(alertedAs)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            router: try row(),
            beganAt: try row(),
            endedAt: try row(),
            status: try row(),
            detail: try row(),
            alertedAs: try row(),
            revision: try row()
        )
    }
}

extension RouterDowntime {
    /// The columns that queries name.
    public enum Columns {
        /// `router`.
        public static let router = Field<RouterDowntime, Identifier<Router>>("router")
        /// `began_at`.
        public static let beganAt = Field<RouterDowntime, Timestamp>("began_at")
        /// `ended_at`.
        public static let endedAt = Field<RouterDowntime, Timestamp?>("ended_at")
    }
}
