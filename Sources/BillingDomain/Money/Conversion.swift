/// An amount that was exchanged: both sides and the rate between them are kept, so that neither is ever computed again.
public struct Conversion: Hashable, Sendable {
    /// What was given.
    public let given: Money

    /// What was received.
    public let received: Money

    /// The rate that was applied.
    public let rate: ExchangeRate

    /// Converts an amount; the one rounding is at the minor unit of the received currency.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` for an amount that the rate is not for,
    ///   with ``DomainError/Code/overflow`` for a result that does not fit.
    public init(_ given: Money, at rate: ExchangeRate, rounding: RoundingMode = .halfEven) throws(DomainError) {
        guard given.currency == rate.from else {
            throw DomainError(
                .currencyMismatch,
                "A rate from \(rate.from.code) to \(rate.to.code) cannot convert \(given.currency.code)."
            )
        }
        // At most 2⁶³ · 10¹⁵ · 10³ above and 10¹² · 10³ below the line: 128 bits hold both.
        let above = Int128(given.minorUnits) * Int128(rate.mantissa) * Self.power(rate.to.exponent)
        let below = Self.power(rate.scale) * Self.power(rate.from.exponent)
        self.given = given
        received = try Money(rounding.divide(above, by: below), rate.to)
        self.rate = rate
    }

    /// Recreates a stored conversion.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/currencyMismatch`` unless the rate is between the currencies
    ///   of both sides.
    public init(given: Money, received: Money, rate: ExchangeRate) throws(DomainError) {
        guard given.currency == rate.from, received.currency == rate.to else {
            throw DomainError(
                .currencyMismatch,
                "A rate from \(rate.from.code) to \(rate.to.code) does not lie between \(given) and \(received)."
            )
        }
        self.given = given
        self.received = received
        self.rate = rate
    }

    private static func power(_ exponent: Int) -> Int128 {
        (0..<exponent).reduce(Int128(1)) { power, _ in power * 10 }
    }
}
