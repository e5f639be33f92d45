public import BillingDomain

extension CommissionRule: RevisedRecord {
    /// The table of commission rules.
    public static let table = RecordTable(
        "commission_rule",
        [
            .id, .tenant, .text("earner").fixed.optional, .identity("package").fixed.optional,
            .integer("rate").fixed.optional, .integer("amount").fixed.optional, .text("currency").fixed.optional,
            .text("moment").fixed, .integer("created_at").fixed, .integer("ended_at").optional, .revision,
        ],
        references: [.init("tenant", to: "tenant"), .init("package", to: "package")],
        indexes: [["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(earner)
        row(package)
        switch reward {
        case .rate(let basisPoints):
            row(basisPoints as Int?)
            row(nil as Int64?)
            row(nil as Currency?)
        case .amount(let amount):
            row(nil as Int?)
            row(amount.minorUnits as Int64?)
            row(amount.currency as Currency?)
        }
        row(moment)
        row(createdAt)
        row(endedAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        try self.init(
            id: try row(),
            tenant: try row(),
            earner: try row(),
            package: try row(),
            reward: Reward(from: &row),
            moment: try row(),
            createdAt: try row(),
            endedAt: try row(),
            revision: try row()
        )
    }
}

extension CommissionRule.Reward {
    /// Reads the three columns of a reward: either a rate or an amount.
    fileprivate init(from row: inout RowDecoder) throws {
        let rate: Int? = try row()
        let amount = try Money(optionalFrom: &row)
        switch (rate, amount) {
        case (let rate?, nil): self = .rate(basisPoints: rate)
        case (nil, let amount?): self = .amount(amount)
        default: throw PersistenceError.unreadable("commission rule")
        }
    }
}

extension CommissionRule {
    /// The columns that queries name.
    public enum Columns {
        /// `created_at`.
        public static let createdAt = Field<CommissionRule, Timestamp>("created_at")
        /// `ended_at`.
        public static let endedAt = Field<CommissionRule, Timestamp?>("ended_at")
    }
}
