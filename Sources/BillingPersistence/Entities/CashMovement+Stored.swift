public import BillingDomain

extension CashMovement: StoredRecord {
    /// The table of movements of cash in drawers.
    public static let table = RecordTable(
        "cash_movement",
        [
            .id, .tenant, .identity("shift"), .integer("at"), .text("kind"), .integer("amount"), .text("currency"),
            .text("actor"), .text("cause"), .text("reason").optional,
        ],
        growth: .appendOnly,
        uniques: [["tenant", "shift", "cause"]],
        references: [.init("shift", to: "shift")],
        indexes: [["tenant", "shift", "at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(shift)
        row(at)
        row(kind)
        row(amount.minorUnits)
        row(amount.currency)
        row(actor)
        row(cause)
        row(reason)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        try self.init(
            id: try row(),
            tenant: try row(),
            shift: try row(),
            at: try row(),
            kind: try row(),
            amount: Money(minorUnits: try row(), currency: try row()),
            actor: try row(),
            cause: try row(),
            reason: try row()
        )
    }
}

extension CashMovement {
    /// The columns that queries name.
    public enum Columns {
        /// `shift`.
        public static let shift = Field<CashMovement, Identifier<Shift>>("shift")
        /// `at`.
        public static let at = Field<CashMovement, Timestamp>("at")
        /// `cause`.
        public static let cause = Field<CashMovement, String>("cause")
    }
}
