public import BillingDomain

/// What a person enters about a package.
public struct PackageDraft: Hashable, Sendable {
    /// The name it is sold by, 1…100 characters, unique in the tenant; `CUSTOM` is reserved.
    public var name: String
    /// What a voucher of it gives, and its price.
    public var terms: VoucherTerms
    /// What it costs the seller, in the currency of the price and up to ``VoucherTerms/maximumPrice``, if known.
    public var cost: Money?

    /// A draft to create or to update a package with.
    public init(name: String, terms: VoucherTerms, cost: Money? = nil) {
        self.name = name
        self.terms = terms
        self.cost = cost
    }
}
