public import BillingDomain

/// Which vouchers are wanted: those that meet every condition given.
public struct VoucherFilter: Hashable, Sendable {
    /// The status word.
    public var documentStatus: DocumentStatus?

    /// The states of use, such as those that a ``BillingDomain/StatusVocabulary`` has a word for.
    public var access: Set<AccessState>?

    /// The batch they were generated in.
    public var batch: Identifier<VoucherBatch>?

    /// The router they are for.
    public var router: Identifier<Router>?

    /// The routers that theirs is one of.
    public var routers: Set<Identifier<Router>>?

    /// Agreement with the router.
    public var provisioning: ProvisioningState?

    /// Text that the code begins with, whatever the case of a–z; the vouchers come in the order of their codes.
    public var codeBeginning: String?

    /// Text that the customer's name begins with, whatever the case of a–z; the vouchers come in the order of the names.
    public var customerBeginning: String?

    /// Whether they are in stock, sold and so on.
    public var commercial: CommercialState?

    /// The package they were generated from.
    public var package: Identifier<Package>?

    /// Who sold them.
    public var seller: BillingDomain.Actor?

    /// The agent on whose account they were sold: what is unused of it is the agent's stock.
    public var agent: Identifier<Agent>?

    /// The customer they belong to.
    public var customer: Identifier<Customer>?

    /// The first instant at which they were generated.
    public var createdFrom: Timestamp?

    /// The instant after the last at which they were generated.
    public var createdUntil: Timestamp?

    /// The first instant at which they were sold.
    public var soldFrom: Timestamp?

    /// The instant after the last at which they were sold.
    public var soldUntil: Timestamp?

    /// Creates a filter; without conditions it lets every voucher through.
    public init(
        documentStatus: DocumentStatus? = nil,
        access: Set<AccessState>? = nil,
        batch: Identifier<VoucherBatch>? = nil,
        router: Identifier<Router>? = nil,
        routers: Set<Identifier<Router>>? = nil,
        provisioning: ProvisioningState? = nil,
        codeBeginning: String? = nil,
        customerBeginning: String? = nil,
        commercial: CommercialState? = nil,
        package: Identifier<Package>? = nil,
        seller: BillingDomain.Actor? = nil,
        agent: Identifier<Agent>? = nil,
        customer: Identifier<Customer>? = nil,
        createdFrom: Timestamp? = nil,
        createdUntil: Timestamp? = nil,
        soldFrom: Timestamp? = nil,
        soldUntil: Timestamp? = nil
    ) {
        self.documentStatus = documentStatus
        self.access = access
        self.batch = batch
        self.router = router
        self.routers = routers
        self.provisioning = provisioning
        self.codeBeginning = codeBeginning
        self.customerBeginning = customerBeginning
        self.commercial = commercial
        self.package = package
        self.seller = seller
        self.agent = agent
        self.customer = customer
        self.createdFrom = createdFrom
        self.createdUntil = createdUntil
        self.soldFrom = soldFrom
        self.soldUntil = soldUntil
    }
}
