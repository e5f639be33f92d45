/// An entry of the price list: staff choose it by name and cannot mistype its limits.
public struct Package: Hashable, Sendable {
    /// The identity of the package.
    public let id: Identifier<Package>

    /// The tenant that sells it.
    public let tenant: Identifier<Tenant>

    /// The name, unique among the tenant's packages that are not archived, whatever the case of a–z.
    public var name: String

    /// What one voucher of it gives and costs.
    public var terms: VoucherTerms

    /// What one voucher costs the seller, if known.
    public var cost: Money?

    /// Whether it is no longer offered.
    ///
    /// Vouchers already generated are not affected.
    public var isArchived: Bool

    /// When it was created.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a package, or recreates a stored one.
    public init(
        id: Identifier<Package>,
        tenant: Identifier<Tenant>,
        name: String,
        terms: VoucherTerms,
        cost: Money? = nil,
        isArchived: Bool = false,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.name = name
        self.terms = terms
        self.cost = cost
        self.isArchived = isArchived
        self.createdAt = createdAt
        self.revision = revision
    }
}
