/// A fee: a part of the amount and a fixed sum, within limits.
///
/// Fractions of the smallest unit are rounded half up, against the payer.
public struct FeeRule: Hashable, Sendable, Codable {
    /// The part of the amount, 0 % or more.
    public let percentage: Percentage

    /// The fixed sum, zero or more.
    public let fixed: Money

    /// The least fee, if any.
    public let minimum: Money?

    /// The greatest fee, if any.
    public let maximum: Money?

    /// Who pays it.
    public let bearer: FeeBearer

    /// Creates a rule.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field for a negative number, a part
    ///   above 100 %, or limits that exclude each other; with ``DomainError/Code/currencyMismatch`` for limits of
    ///   another currency.
    public init(
        percentage: Percentage = .zero,
        fixed: Money,
        minimum: Money? = nil,
        maximum: Money? = nil,
        bearer: FeeBearer = .seller
    ) throws(DomainError) {
        guard (Percentage.zero...Percentage.whole).contains(percentage) else {
            throw DomainError(.invalidValue, field: "percentage", "The part of a fee lies between 0 and 100%.")
        }
        for (amount, field) in [(fixed, "fixed"), (minimum ?? fixed, "minimum"), (maximum ?? fixed, "maximum")] {
            guard !amount.isNegative else {
                throw DomainError(.invalidValue, field: field, "A fee is not negative.")
            }
            _ = try amount - fixed
        }
        if let minimum, let maximum, try (maximum - minimum).isNegative {
            throw DomainError(.invalidValue, field: "maximum", "The greatest fee is not below the least.")
        }
        self.percentage = percentage
        self.fixed = fixed
        self.minimum = minimum
        self.maximum = maximum
        self.bearer = bearer
    }

    /// The fee on an amount.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for an amount of another currency, with
    ///   ``DomainError/Code/overflow`` for a fee that does not fit.
    public func fee(on amount: Money) throws(DomainError) -> Money {
        var fee = try amount.portion(percentage, rounding: .halfUp) + fixed
        if let minimum { fee = try .larger(fee, minimum) }
        if let maximum { fee = try .smaller(fee, maximum) }
        return fee
    }

    /// What the customer pays and what the seller receives for a price.
    public func settle(_ price: Money) throws(DomainError) -> (paid: Money, received: Money, fee: Money) {
        let fee = try fee(on: price)
        switch bearer {
        case .payer: return (try price + fee, price, fee)
        case .seller: return (price, try price - fee, fee)
        }
    }
}
