/// What a sale is made of.
public struct SaleAmounts: Hashable, Sendable {
    /// The price before any discount; it includes the tax.
    public let price: Money

    /// What is let off the price.
    public let discount: Money

    /// The tax that the discounted price includes.
    public let tax: Money

    /// What was paid, which may differ from what was due by less than a coin.
    public let received: Money

    /// Creates the amounts of a sale.
    ///
    /// - Parameters:
    ///   - price: The price before any discount, including tax.
    ///   - discount: What is let off; nothing by default.
    ///   - tax: The tax included in what is due; nothing by default.
    ///   - received: What was paid; exactly what is due by default.
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for negative amounts, a discount above the price,
    ///   a tax above what is due, and for a payment that differs from what is due by the currency's cash step or more.
    public init(
        price: Money,
        discount: Money? = nil,
        tax: Money? = nil,
        received: Money? = nil
    ) throws(DomainError) {
        let discount = discount ?? .zero(price.currency)
        let tax = tax ?? .zero(price.currency)
        try PostingRecipe.requireNotNegative(price, discount, tax)
        let due = try price - discount
        let received = received ?? due
        guard !due.isNegative else {
            throw DomainError(.invalidValue, field: "discount", "A discount cannot be more than the price.")
        }
        guard try !(due - tax).isNegative else {
            throw DomainError(.invalidValue, field: "tax", "The tax cannot be more than what is due.")
        }
        let difference = try received - due
        guard !received.isNegative,
            difference.isZero || difference.minorUnits.magnitude < price.currency.cashStep.magnitude
        else {
            throw DomainError(.invalidValue, field: "received", "\(received) was paid where \(due) is due.")
        }
        self.price = price
        self.discount = discount
        self.tax = tax
        self.received = received
    }
}
