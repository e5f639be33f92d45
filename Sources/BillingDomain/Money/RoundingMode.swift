/// What becomes of a part that is smaller than the smallest unit.
public enum RoundingMode: String, Hashable, Sendable, CaseIterable, Codable {
    /// To the nearest unit, ties to the even one: favours nobody over many amounts; the rule of splits and taxes.
    case halfEven = "half-even"
    /// To the nearest unit, ties away from zero: the rule of fees, against the payer.
    case halfUp = "half-up"

    /// The quotient of two numbers, the divisor above zero, as a whole number.
    func divide(_ dividend: Int128, by divisor: Int128) -> Int128 {
        let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
        let rest = remainder.magnitude
        let missing = divisor.magnitude - rest
        let awayFromZero =
            switch self {
            case .halfEven: rest > missing || (rest == missing && quotient % 2 != 0)
            case .halfUp: rest >= missing
            }
        guard rest != 0, awayFromZero else { return quotient }
        return quotient + (dividend < 0 ? -1 : 1)
    }
}
