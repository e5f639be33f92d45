public import BillingDomain

extension RouterQuestion: RevisedRecord {
    /// The table of what is asked about routers, one row a router at the most.
    public static let table = RecordTable(
        "router_question",
        noun: "question",
        [
            .id, .tenant, .identity("router").fixed, .integer("changes"), .text("text"), .integer("asked_at").optional,
            .integer("approved_changes"), .integer("approved_at").optional, .text("approved_by").optional, .revision,
        ],
        references: [.init("tenant", to: "tenant"), .init("router", to: "router")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(changes)
        row(text)
        row(askedAt)
        row(approvedChanges)
        row(approvedAt)
        row(approvedBy)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let _: Identifier<RouterQuestion> = try row()
        self.init(
            tenant: try row(),
            router: try row(),
            changes: try row(),
            text: try row(),
            askedAt: try row(),
            approvedChanges: try row(),
            approvedAt: try row(),
            approvedBy: try row(),
            revision: try row()
        )
    }
}
