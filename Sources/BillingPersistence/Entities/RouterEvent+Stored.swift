public import BillingDomain

extension RouterEvent: TransientRecord {
    /// The table of what was done on routers.
    public static let table = RecordTable(
        "router_event",
        [
            .id, .tenant, .identity("router"), .integer("at"), .text("actor"), .text("operation"), .text("outcome"),
            .integer("duration").optional, .text("detail"), .text("request_id").optional,
        ],
        growth: .transient,
        references: [.init("router", to: "router")],
        indexes: [["tenant", "at", "id"], ["tenant", "router", "at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(at)
        row(actor)
        row(operation)
        row(outcome)
        row(duration)
        row(detail)
        row(requestID)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            router: try row(),
            at: try row(),
            actor: try row(),
            operation: try row(),
            outcome: try row(),
            duration: try row(),
            detail: try row(),
            requestID: try row()
        )
    }
}

extension RouterEvent {
    /// The columns that queries name.
    public enum Columns {
        /// `router`.
        public static let router = Field<RouterEvent, Identifier<Router>>("router")
        /// `at`.
        public static let at = Field<RouterEvent, Timestamp>("at")
        /// `actor`.
        public static let actor = Field<RouterEvent, BillingDomain.Actor>("actor")
        /// `outcome`.
        public static let outcome = Field<RouterEvent, RouterEvent.Outcome>("outcome")
    }
}
