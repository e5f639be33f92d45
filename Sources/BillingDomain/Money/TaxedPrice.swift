/// What is asked for something, and the tax in that.
public struct TaxedPrice: Hashable, Sendable, Codable {
    /// What is asked, tax included.
    public let asked: Money

    /// The tax in what is asked.
    public let tax: Money

    /// Creates a price; without tax where none is named.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a tax that is no part of what is asked, with
    ///   ``DomainError/Code/currencyMismatch`` for two currencies.
    public init(asked: Money, tax: Money? = nil) throws(DomainError) {
        let tax = tax ?? .zero(asked.currency)
        guard !tax.isNegative, try !(asked - tax).isNegative else {
            throw DomainError(.invalidValue, field: "tax", "A tax is a part of what is asked.")
        }
        self.asked = asked
        self.tax = tax
    }

    /// What is asked for several at the same price.
    public static func * (price: TaxedPrice, count: Int64) throws(DomainError) -> TaxedPrice {
        try TaxedPrice(asked: price.asked * count, tax: price.tax * count)
    }

    /// What is left of it without its tax.
    public var net: Money { Money(minorUnits: asked.minorUnits - tax.minorUnits, currency: asked.currency) }
}
