/// What is taken off a price.
public enum Discount: Hashable, Sendable, Codable {
    /// A part of it.
    case percentage(Percentage)
    /// A fixed sum.
    case amount(Money)

    /// What is taken off: never less than nothing, and never more than the price.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for a sum of another currency.
    public func reduction(of price: Money) throws(DomainError) -> Money {
        let zero = Money.zero(price.currency)
        let wanted =
            switch self {
            case .percentage(let percentage):
                try price.portion(min(max(percentage, .zero), .whole))
            case .amount(let amount): amount
            }
        return try .smaller(.larger(wanted, zero), .larger(price, zero))
    }
}
