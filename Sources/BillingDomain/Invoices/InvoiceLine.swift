/// One line of an invoice.
public struct InvoiceLine: Hashable, Sendable, Codable {
    /// What it is, for people.
    public let text: String

    /// What it is for, such as `subscription:<id>`, if anything that we keep.
    public let subject: String?

    /// The days it is for, if it is for any.
    public let period: DateRange?

    /// How many, 1…1 000 000.
    public let quantity: Int64

    /// The price of one, zero or more.
    public let unitPrice: Money

    /// What is taken off the line.
    public let discount: Discount?

    /// The taxes on it; several add up, none is charged on another.
    public let taxes: [TaxRate]

    /// Creates a line.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field for a text that is not 1 to 500
    ///   bytes, a quantity outside its range, or a negative price.
    public init(
        text: String,
        subject: String? = nil,
        period: DateRange? = nil,
        quantity: Int64 = 1,
        unitPrice: Money,
        discount: Discount? = nil,
        taxes: [TaxRate] = []
    ) throws(DomainError) {
        guard (1...500).contains(text.utf8.count) else {
            throw DomainError(.invalidValue, field: "text", "A line says what it is in 1 to 500 bytes.")
        }
        guard (1...1_000_000).contains(quantity) else {
            throw DomainError(.invalidValue, field: "quantity", "A quantity lies between 1 and 1,000,000.")
        }
        guard !unitPrice.isNegative else {
            throw DomainError(.invalidValue, field: "unitPrice", "A price is not negative; use a discount.")
        }
        self.text = text
        self.subject = subject
        self.period = period
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.discount = discount
        self.taxes = taxes
    }
}
