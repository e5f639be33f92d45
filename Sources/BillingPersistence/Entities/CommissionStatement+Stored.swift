public import BillingDomain

extension CommissionStatement: RevisedRecord {
    /// The table of commission statements, numbered in each tenant.
    public static let table = RecordTable(
        "commission_statement",
        [
            .id, .tenant, .integer("number").fixed, .text("earner").fixed, .integer("total").fixed,
            .text("currency").fixed, .integer("accrual_count").fixed, .integer("before").fixed,
            .word("state", CommissionStatement.State.self),
            .integer("created_at").fixed, .integer("ended_at").optional, .revision,
        ],
        uniques: [["tenant", "number"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "earner", "number"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(number)
        row(earner)
        row(total.minorUnits)
        row(total.currency)
        row(accrualCount)
        row(before)
        row(state)
        row(createdAt)
        row(endedAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            number: try row(),
            earner: try row(),
            total: Money(minorUnits: try row(), currency: try row()),
            accrualCount: try row(),
            before: try row(),
            state: try row(),
            createdAt: try row(),
            endedAt: try row(),
            revision: try row()
        )
    }
}

extension CommissionStatement {
    /// The columns that queries name.
    public enum Columns {
        /// `number`.
        public static let number = Field<CommissionStatement, Int64>("number")
        /// `earner`.
        public static let earner = Field<CommissionStatement, CommissionEarner>("earner")
        /// `state`.
        public static let state = Field<CommissionStatement, CommissionStatement.State>("state")
    }
}
