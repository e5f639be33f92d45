/// A tax and its rate.
public struct TaxRate: Hashable, Sendable, Codable {
    /// The name on the invoice, such as `VAT`.
    public let name: String

    /// The rate, 0…100 %.
    public let rate: Percentage

    /// Creates a rate.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a rate outside 0…100 % or a name that is not
    ///   1 to 60 bytes.
    public init(name: String, rate: Percentage) throws(DomainError) {
        guard (Percentage.zero...Percentage.whole).contains(rate) else {
            throw DomainError(.invalidValue, field: "rate", "A tax rate lies between 0 and 100%.")
        }
        guard (1...60).contains(name.utf8.count) else {
            throw DomainError(.invalidValue, field: "name", "A tax is named with 1 to 60 bytes.")
        }
        self.name = name
        self.rate = rate
    }
}
