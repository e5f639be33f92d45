extension Package {
    /// The most pieces of one purchase.
    public static let maximumQuantity = 1_000_000

    /// What `quantity` pieces cost together: the lowest of the list price and of what each applicable rule gives.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a quantity outside 1…``maximumQuantity``.
    public func price(of quantity: Int) throws(DomainError) -> Money {
        guard (1...Self.maximumQuantity).contains(quantity) else {
            throw DomainError(
                .invalidValue,
                field: "quantity",
                "A quantity lies between 1 and \(Self.maximumQuantity)."
            )
        }
        var lowest = try terms.price * Int64(quantity)
        for rule in priceRules where rule.quantity <= quantity {
            let total = try rule.total(of: Int64(quantity), at: terms.price)
            if total.minorUnits < lowest.minorUnits { lowest = total }
        }
        return lowest
    }

    /// What each of `quantity` pieces is sold for; together exactly ``price(of:)``, and no two differ by more than one
    /// minor unit, the higher ones first.
    public func unitPrices(of quantity: Int) throws(DomainError) -> [Money] {
        let total = try price(of: quantity)
        let (share, rest) = total.minorUnits.quotientAndRemainder(dividingBy: Int64(quantity))
        return (0..<Int64(quantity)).map { index in
            Money(minorUnits: share + (index < rest ? 1 : 0), currency: total.currency)
        }
    }

    /// What one piece earns at its list price: selling price less cost; negative for a loss, `nil` without a known cost.
    public var margin: Money? {
        guard let cost, let margin = try? terms.price - cost else { return nil }
        return margin
    }

    /// The margin of the selling price in basis points, rounded towards zero; `nil` without a known cost or a price.
    public var marginBasisPoints: Int64? {
        guard let margin, terms.price.minorUnits > 0 else { return nil }
        return margin.minorUnits.saturatingMultiplied(by: 10_000) / terms.price.minorUnits
    }
}
