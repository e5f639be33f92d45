public import BillingDomain

extension Agent: RevisedRecord {
    /// The table of agents; one on consignment has a ceiling.
    public static let table = RecordTable(
        "agent",
        [
            .id, .tenant, .text("name"), .text("phone").optional, .text("email").optional, .identity("staff").optional,
            .integer("ceiling").optional, .text("currency").optional, .word("state", Agent.State.self),
            .integer("created_at").fixed,
            .revision, .text("name_key"),
        ],
        uniques: [["tenant", "name_key"]],
        references: [.init("tenant", to: "tenant"), .init("staff", to: "staff")],
        indexes: [["tenant", "staff"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(phone)
        row(email)
        row(staff)
        row(ceiling?.minorUnits)
        row(ceiling?.currency)
        row(state)
        row(createdAt)
        row(revision)
        row(name.asciiUppercased)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            phone: try row(),
            email: try row(),
            staff: try row(),
            terms: try Money(optionalFrom: &row).map { .consignment(ceiling: $0) } ?? .prepaid,
            state: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }

    private var ceiling: Money? {
        switch terms {
        case .prepaid: nil
        case .consignment(let ceiling): ceiling
        }
    }
}

extension Agent {
    /// The columns that queries name.
    public enum Columns {
        /// `name`.
        public static let name = Field<Agent, String>("name")
        /// `staff`.
        public static let staff = Field<Agent, Identifier<Staff>?>("staff")
        /// `state`.
        public static let state = Field<Agent, Agent.State>("state")
        /// `name_key`.
        public static let nameKey = Field<Agent, String>("name_key")
    }
}
