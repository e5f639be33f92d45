/// What one of what is paid for was said to cost: money is asked for at one time and comes at another, and a tax may change
/// in between.
public struct QuotedPrice: Hashable, Sendable, Codable {
    /// The price on the list, tax included or not; once that is another the quote does not hold any more.
    public let list: Money

    /// What was asked for one, and the tax in that.
    public let unit: TaxedPrice

    /// Creates a quote.
    public init(list: Money, unit: TaxedPrice) {
        self.list = list
        self.unit = unit
    }
}
