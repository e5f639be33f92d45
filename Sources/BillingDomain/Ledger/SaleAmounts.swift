/// What a sale is made of.
public struct SaleAmounts: Hashable, Sendable {
    /// The price before any discount; it includes the tax.
    public let price: Money

    /// What is let off the price.
    public let discount: Money

    /// The tax that the discounted price includes.
    public let tax: Money

    /// What is to be paid: the price less the discount.
    public let due: Money

    /// Creates the amounts of a sale.
    ///
    /// - Parameters:
    ///   - price: The price before any discount, including tax.
    ///   - discount: What is let off; nothing by default.
    ///   - tax: The tax included in what is due; nothing by default.
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for negative amounts, a discount above the price,
    ///   and a tax above what is due.
    public init(price: Money, discount: Money? = nil, tax: Money? = nil) throws(DomainError) {
        let discount = discount ?? .zero(price.currency)
        let tax = tax ?? .zero(price.currency)
        try PostingRecipe.requireNotNegative(price, discount, tax)
        let due = try price - discount
        guard !due.isNegative else {
            throw DomainError(.invalidValue, field: "discount", "A discount cannot be more than the price.")
        }
        guard try !(due - tax).isNegative else {
            throw DomainError(.invalidValue, field: "tax", "The tax cannot be more than what is due.")
        }
        self.price = price
        self.discount = discount
        self.tax = tax
        self.due = due
    }
}

extension SaleAmounts {
    /// What several sales come to together, in one sum for each currency, by its code.
    public static func totals(of sales: [SaleAmounts]) throws(DomainError) -> [SaleAmounts] {
        var totals: [Currency: SaleAmounts] = [:]
        for sale in sales {
            let currency = sale.price.currency
            guard let before = totals[currency] else {
                totals[currency] = sale
                continue
            }
            totals[currency] = try SaleAmounts(
                price: before.price + sale.price,
                discount: before.discount + sale.discount,
                tax: before.tax + sale.tax
            )
        }
        return totals.values.sorted { $0.price.currency.code < $1.price.currency.code }
    }

    /// What is owed until it is earned: the price without its tax.
    public var deferred: Money {
        // A tax is never more than the price.
        Money(minorUnits: price.minorUnits - tax.minorUnits, currency: price.currency)
    }
}
