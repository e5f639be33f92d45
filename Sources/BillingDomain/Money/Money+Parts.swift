extension Money {
    /// The part of the amount that a percentage names.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/overflow`` for a part that does not fit.
    public func portion(
        _ percentage: Percentage,
        rounding: RoundingMode = .halfEven
    ) throws(DomainError) -> Money {
        try fraction(percentage.basisPoints, of: Percentage.whole.basisPoints, rounding: rounding)
    }

    /// The amount times `numerator` divided by `denominator`, exact until the one rounding at the end.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a denominator that is not above zero, with
    ///   ``DomainError/Code/overflow`` for a part that does not fit.
    public func fraction(
        _ numerator: Int64,
        of denominator: Int64,
        rounding: RoundingMode = .halfEven
    ) throws(DomainError) -> Money {
        guard denominator > 0 else {
            throw DomainError(.invalidValue, field: "denominator", "A fraction has a denominator above zero.")
        }
        let product = Int128(minorUnits) * Int128(numerator)
        return try Money(rounding.divide(product, by: Int128(denominator)), currency)
    }

    /// Splits the amount in proportion to weights, so that the parts sum to the whole.
    ///
    /// Every part is its exact share rounded towards zero; what is left over goes, one minor unit each, to the parts
    /// that lost the largest remainders, the earlier one first among equals.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a weight below zero or for weights that do
    ///   not sum to 1…2⁶³−1.
    public func allocate(by weights: [Int64]) throws(DomainError) -> [Money] {
        var total: Int64 = 0
        for weight in weights {
            let (sum, overflow) = total.addingReportingOverflow(weight)
            guard weight >= 0, !overflow else { throw Self.badWeights }
            total = sum
        }
        guard total > 0 else { throw Self.badWeights }
        var units: [Int64] = []
        var remainders: [(magnitude: Int128.Magnitude, index: Int)] = []
        var rest = minorUnits
        for (index, weight) in weights.enumerated() {
            let (share, remainder) = (Int128(minorUnits) * Int128(weight)).quotientAndRemainder(
                dividingBy: Int128(total)
            )
            // A share is never larger than the whole, so it fits.
            units.append(Int64(truncatingIfNeeded: share))
            rest -= Int64(truncatingIfNeeded: share)
            remainders.append((remainder.magnitude, index))
        }
        remainders.sort { ($1.magnitude, $0.index) < ($0.magnitude, $1.index) }
        for (_, index) in remainders.prefix(Int(rest.magnitude)) { units[index] += rest.signum() }
        return units.map { Money(minorUnits: $0, currency: currency) }
    }

    /// Splits the amount into parts that differ by one minor unit at most and sum to the whole, larger ones first.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a count outside 1…1 000 000.
    public func split(into count: Int) throws(DomainError) -> [Money] {
        guard (1...1_000_000).contains(count) else {
            throw DomainError(.invalidValue, field: "count", "An amount is split into 1 to 1,000,000 parts.")
        }
        return try allocate(by: Array(repeating: 1, count: count))
    }

    /// The nearest multiple of a step in minor units, such as a coin or what a gateway accepts.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a step that is not above zero, with
    ///   ``DomainError/Code/overflow`` for a multiple that does not fit.
    public func rounded(toCashStep step: Int64, rounding: RoundingMode = .halfEven) throws(DomainError) -> Money {
        guard step > 0 else { throw DomainError(.invalidValue, field: "step", "A cash step lies above zero.") }
        return try Money(rounding.divide(Int128(minorUnits), by: Int128(step)) * Int128(step), currency)
    }

    /// The amount as it can be handed over in coins: a multiple of the currency's cash step, or itself.
    ///
    /// Up and down are away from zero and towards it.
    public func roundedToCash(_ rounding: CashRounding = .nearest) throws(DomainError) -> Money {
        let rest = minorUnits % currency.cashStep
        guard rest != 0 else { return self }
        let down = Money(minorUnits: minorUnits - rest, currency: currency)
        switch rounding {
        case .none: return self
        case .nearest: return try rounded(toCashStep: currency.cashStep)
        case .down: return down
        case .up: return try down + Money(minorUnits: rest.signum() * currency.cashStep, currency: currency)
        }
    }

    /// Whether the amount is a whole number of steps in minor units.
    public func isMultiple(ofStep step: Int64) -> Bool { minorUnits.isMultiple(of: step) }

    /// The smaller of two amounts of one currency.
    public static func smaller(_ left: Money, _ right: Money) throws(DomainError) -> Money {
        try (left - right).isNegative ? left : right
    }

    /// The larger of two amounts of one currency.
    public static func larger(_ left: Money, _ right: Money) throws(DomainError) -> Money {
        try (left - right).isNegative ? right : left
    }

    /// The sum of amounts of one currency.
    public static func sum(_ amounts: some Sequence<Money>, in currency: Currency) throws(DomainError) -> Money {
        var total = Money.zero(currency)
        for amount in amounts { total = try total + amount }
        return total
    }

    init(_ units: Int128, _ currency: Currency) throws(DomainError) {
        guard let units = Int64(exactly: units) else { throw Self.tooLarge }
        self.init(minorUnits: units, currency: currency)
    }

    private static var badWeights: DomainError {
        DomainError(.invalidValue, field: "weights", "Weights are not negative and sum to 1 to 2^63-1.")
    }
}
