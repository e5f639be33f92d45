public import BillingDomain

/// What a person enters about a package.
public struct PackageDraft: Hashable, Sendable {
    /// The name it is sold by, 1…100 characters, unique in the tenant; `CUSTOM` is reserved.
    public var name: String
    /// How it is sold.
    public var kind: PackageKind
    /// What customers are told about it, up to 1 000 bytes; empty for nothing.
    public var summary: String
    /// What a voucher of it gives, and its price.
    public var terms: VoucherTerms
    /// What it costs the seller, in the currency of the price and up to ``VoucherTerms/maximumPrice``, if known.
    public var cost: Money?
    /// The lower prices for larger quantities, 20 at most and one for each quantity.
    public var priceRules: [PriceRule]
    /// Whether customers see it in a portal.
    public var isVisible: Bool

    /// A draft to create or to update a package with.
    public init(
        name: String,
        kind: PackageKind = .voucher,
        summary: String = "",
        terms: VoucherTerms,
        cost: Money? = nil,
        priceRules: [PriceRule] = [],
        isVisible: Bool = true
    ) {
        self.name = name
        self.kind = kind
        self.summary = summary
        self.terms = terms
        self.cost = cost
        self.priceRules = priceRules
        self.isVisible = isVisible
    }
}
