/// Vouchers that were generated together: same terms, same router, one transaction.
public struct VoucherBatch: Hashable, Sendable {
    /// The name that stands for a package where the terms were given inline.
    public static let customPackageName = "CUSTOM"

    /// The identity of the batch.
    public let id: Identifier<VoucherBatch>

    /// The tenant that owns it.
    public let tenant: Identifier<Tenant>

    /// The package it was generated from; `nil` where the terms were given inline.
    public let package: Identifier<Package>?

    /// The package's name at that moment, or ``customPackageName``.
    public let packageName: String

    /// What each voucher gives and costs.
    public let terms: VoucherTerms

    /// How many vouchers were generated.
    public let quantity: Int

    /// The router they are for.
    public let router: Identifier<Router>

    /// What the codes look like; of vouchers that were taken over from elsewhere it says nothing.
    public let codeStyle: VoucherCodeStyle

    /// Until when its vouchers may be begun, as it is printed on them; `nil` for no such date.
    ///
    /// The deadlines of the terms follow from it.
    public let activateBy: Timestamp?

    /// Who generated it.
    public let createdBy: Actor

    /// When it was generated.
    public let createdAt: Timestamp

    /// Creates a batch, or recreates a stored one.
    public init(
        id: Identifier<VoucherBatch>,
        tenant: Identifier<Tenant>,
        package: Identifier<Package>?,
        packageName: String = VoucherBatch.customPackageName,
        terms: VoucherTerms,
        quantity: Int,
        router: Identifier<Router>,
        codeStyle: VoucherCodeStyle = .standard,
        activateBy: Timestamp? = nil,
        createdBy: Actor,
        createdAt: Timestamp
    ) {
        self.id = id
        self.tenant = tenant
        self.package = package
        self.packageName = packageName
        self.terms = terms
        self.quantity = quantity
        self.router = router
        self.codeStyle = codeStyle
        self.activateBy = activateBy
        self.createdBy = createdBy
        self.createdAt = createdAt
    }

    /// What every code begins with; empty for nothing.
    ///
    /// It adds no entropy.
    public var codePrefix: String { codeStyle.prefix }
}
