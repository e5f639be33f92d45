/// On what terms the house takes money by one method in one currency.
public struct PaymentTerms: Hashable, Sendable, Codable {
    /// The method.
    public let method: PaymentMethod

    /// The currency.
    public let currency: Currency

    /// The fee, if there is one.
    public let fee: FeeRule?

    /// The least amount it takes, if there is one.
    public let minimum: Money?

    /// The greatest amount it takes, if there is one.
    public let maximum: Money?

    /// The smallest step of an amount, in minor units: 100 for a gateway that takes whole Kenyan shillings.
    public let step: Int64

    /// Whether it is offered.
    public var isEnabled: Bool

    /// Creates terms.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for a fee or a limit of another currency,
    ///   with ``DomainError/Code/invalidValue`` for limits that exclude each other or a step below one.
    public init(
        method: PaymentMethod,
        currency: Currency,
        fee: FeeRule? = nil,
        minimum: Money? = nil,
        maximum: Money? = nil,
        step: Int64 = 1,
        isEnabled: Bool = true
    ) throws(DomainError) {
        let zero = Money.zero(currency)
        _ = try zero + (fee?.fixed ?? zero)
        let least = try zero + (minimum ?? zero)
        if let maximum, try (maximum - least).isNegative || maximum.isNegative {
            throw DomainError(.invalidValue, field: "maximum", "The greatest amount is not below the least.")
        }
        guard step > 0 else { throw DomainError(.invalidValue, field: "step", "A step lies above zero.") }
        self.method = method
        self.currency = currency
        self.fee = fee
        self.minimum = minimum
        self.maximum = maximum
        self.step = step
        self.isEnabled = isEnabled
    }

    /// What the customer pays, what the house receives, and the fee between them, for a price.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for a price of another currency, with
    ///   ``DomainError/Code/invalidValue`` while the method is not offered, or for a sum that is not above zero, lies
    ///   outside the limits, or is no whole number of steps.
    public func quote(_ price: Money) throws(DomainError) -> (paid: Money, received: Money, fee: Money) {
        let zero = Money.zero(currency)
        guard try !(price - zero).isNegative, !price.isZero else { throw refused(price, "it lies above zero") }
        guard isEnabled else { throw refused(price, "the method is not offered now") }
        var quote = (paid: price, received: price, fee: zero)
        if let fee { quote = try fee.settle(price) }
        if let minimum, try (quote.paid - minimum).isNegative { throw refused(quote.paid, "it is \(minimum) or more") }
        if let maximum, try (maximum - quote.paid).isNegative { throw refused(quote.paid, "it is \(maximum) or less") }
        guard quote.paid.isMultiple(ofStep: step) else {
            throw refused(quote.paid, "it is a multiple of \(Money(minorUnits: step, currency: currency))")
        }
        return quote
    }

    private func refused(_ amount: Money, _ rule: String) -> DomainError {
        DomainError(.invalidValue, field: "amount", "\(amount) cannot be paid by \(method): \(rule).")
    }
}
