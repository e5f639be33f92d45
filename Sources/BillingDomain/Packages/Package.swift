/// An entry of the price list: staff choose it by name and cannot mistype its limits.
public struct Package: Hashable, Sendable {
    /// The identity of the package.
    public let id: Identifier<Package>

    /// The tenant that sells it.
    public let tenant: Identifier<Tenant>

    /// The name, unique among the tenant's packages that are not archived, whatever the case of a–z.
    public var name: String

    /// How it is sold.
    public var kind: PackageKind

    /// What customers are told about it; empty for nothing.
    public var description: String

    /// What one voucher of it gives and costs.
    public var terms: VoucherTerms

    /// The lower prices for larger quantities.
    public var priceRules: [PriceRule]

    /// Whether customers see it in a portal; staff always do.
    public var isVisible: Bool

    /// Whether it is no longer offered.
    ///
    /// Vouchers already generated are not affected.
    public var isArchived: Bool

    /// When it was created.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a package, or recreates a stored one; `cost` is short for that of the terms.
    public init(
        id: Identifier<Package>,
        tenant: Identifier<Tenant>,
        name: String,
        kind: PackageKind = .voucher,
        description: String = "",
        terms: VoucherTerms,
        cost: Money? = nil,
        priceRules: [PriceRule] = [],
        isVisible: Bool = true,
        isArchived: Bool = false,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.kind = kind
        self.description = description
        self.terms = cost == nil ? terms : terms.costing(cost)
        self.priceRules = priceRules
        self.isVisible = isVisible
        self.isArchived = isArchived
        self.createdAt = createdAt
        self.revision = revision
    }

    /// What one voucher costs the seller, if known: the cost of the terms.
    public var cost: Money? {
        get { terms.cost }
        set { terms = terms.costing(newValue) }
    }
}
