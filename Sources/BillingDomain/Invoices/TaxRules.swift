/// How the taxes of an invoice are worked out.
public struct TaxRules: Hashable, Sendable, Codable {
    /// Where fractions of the smallest unit are rounded.
    public enum Rounding: String, Hashable, Sendable, CaseIterable, Codable {
        /// On every line.
        case perLine = "per-line"
        /// Once, on the sum of what a tax is due on.
        case perTotal = "per-total"
    }

    /// Whether prices include the taxes already.
    public let pricesIncludeTax: Bool

    /// Where fractions are rounded, half to even.
    public let rounding: Rounding

    /// Creates rules.
    public init(pricesIncludeTax: Bool = false, rounding: Rounding = .perTotal) {
        self.pricesIncludeTax = pricesIncludeTax
        self.rounding = rounding
    }
}
