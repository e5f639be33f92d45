public import BillingDomain

extension CommissionAccrual: RevisedRecord {
    /// The table of commission; an earner earns once by a cause.
    public static let table = RecordTable(
        "commission_accrual",
        [
            .id, .tenant, .text("earner").fixed, .identity("rule").fixed, .text("cause").fixed,
            .integer("amount").fixed, .text("currency").fixed, .identity("reverses").fixed.optional,
            .identity("statement").optional, .integer("created_at").fixed, .revision, .text("earning").fixed.optional,
        ],
        uniques: [["tenant", "earning"]],
        references: [.init("rule", to: "commission_rule"), .init("statement", to: "commission_statement")],
        indexes: [["tenant", "earner", "created_at"], ["tenant", "statement"], ["tenant", "cause"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(earner)
        row(rule)
        row(cause)
        row(amount.minorUnits)
        row(amount.currency)
        row(reverses)
        row(statement)
        row(createdAt)
        row(revision)
        row(reverses == nil ? "\(earner)/\(cause)" : nil)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            earner: try row(),
            rule: try row(),
            cause: try row(),
            amount: Money(minorUnits: try row(), currency: try row()),
            reverses: try row(),
            statement: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension CommissionAccrual {
    /// The columns that queries name.
    public enum Columns {
        /// `earner`.
        public static let earner = Field<CommissionAccrual, CommissionEarner>("earner")
        /// `cause`.
        public static let cause = Field<CommissionAccrual, String>("cause")
        /// `currency`.
        public static let currency = Field<CommissionAccrual, Currency>("currency")
        /// `reverses`.
        public static let reverses = Field<CommissionAccrual, Identifier<CommissionAccrual>?>("reverses")
        /// `statement`.
        public static let statement = Field<CommissionAccrual, Identifier<CommissionStatement>?>("statement")
        /// `created_at`.
        public static let createdAt = Field<CommissionAccrual, Timestamp>("created_at")
    }
}
