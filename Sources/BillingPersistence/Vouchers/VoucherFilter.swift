public import BillingDomain

/// Which vouchers are wanted: those that meet every condition given.
public struct VoucherFilter: Hashable, Sendable {
    /// The status word.
    public var documentStatus: DocumentStatus?

    /// The batch they were generated in.
    public var batch: Identifier<VoucherBatch>?

    /// The router they are for.
    public var router: Identifier<Router>?

    /// Agreement with the router.
    public var provisioning: ProvisioningState?

    /// Text that the code or the customer contains, whatever the case of a–z.
    public var search: String?

    /// Creates a filter; without conditions it lets every voucher through.
    public init(
        documentStatus: DocumentStatus? = nil,
        batch: Identifier<VoucherBatch>? = nil,
        router: Identifier<Router>? = nil,
        provisioning: ProvisioningState? = nil,
        search: String? = nil
    ) {
        self.documentStatus = documentStatus
        self.batch = batch
        self.router = router
        self.provisioning = provisioning
        self.search = search
    }
}
