public import BillingDomain

extension CreditNote: StoredRecord {
    /// The table of credit notes, which only grows; numbers are unique in a tenant.
    public static let table = RecordTable(
        "credit_note",
        [
            .id, .tenant, .identity("invoice"), .integer("number_year").optional, .integer("number_sequence"),
            .text("number"), .integer("amount"), .text("currency"), .text("reason"), .text("date"),
            .integer("created_at"),
        ],
        growth: .appendOnly,
        uniques: [["tenant", "number"]],
        references: [.init("invoice", to: "invoice")],
        indexes: [["tenant", "invoice", "created_at"], ["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(invoice)
        row(number.year)
        row(number.sequence)
        row(number.text)
        row(amount.minorUnits)
        row(amount.currency)
        row(reason)
        row(date)
        row(createdAt)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        try self.init(
            id: try row(),
            tenant: try row(),
            invoice: try row(),
            number: DocumentNumber(.creditNote, from: &row),
            amount: Money(minorUnits: row(), currency: row()),
            reason: try row(),
            date: try row(),
            createdAt: try row()
        )
    }
}

extension CreditNote {
    /// The columns that queries name.
    public enum Columns {
        /// `invoice`.
        public static let invoice = Field<CreditNote, Identifier<Invoice>>("invoice")
        /// `number`.
        public static let number = Field<CreditNote, String>("number")
        /// `created_at`.
        public static let createdAt = Field<CreditNote, Timestamp>("created_at")
    }
}
