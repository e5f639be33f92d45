/// A code that gives access on one router, seen on three separate axes: money, use, and agreement with the router.
///
/// The axes change only through the moves below, each of which throws ``DomainError`` with
/// ``DomainError/Code/illegalMove`` and leaves the voucher as it was when its present state does not allow it.
public struct Voucher: Hashable, Sendable {
    /// The identity of the voucher.
    public let id: Identifier<Voucher>

    /// The tenant that owns it.
    public let tenant: Identifier<Tenant>

    /// The batch it was generated in.
    public let batch: Identifier<VoucherBatch>

    /// The code, which is also user name and password on the router; unique in its tenant whatever the case of a–z.
    public let code: String

    /// The router it is for.
    public let router: Identifier<Router>

    /// The package's name when it was generated, or ``VoucherBatch/customPackageName``.
    public let packageName: String

    /// What it gives and costs.
    public let terms: VoucherTerms

    /// The customer it was sold to, if known.
    public var customer: String?

    /// The money side.
    public internal(set) var commercial: CommercialState

    /// The use side.
    public internal(set) var access: AccessState

    /// Agreement with the router.
    public internal(set) var provisioning: ProvisioningState

    /// Why provisioning failed or drifted, for people.
    public internal(set) var provisioningDetail: String?

    /// When it was generated.
    public let createdAt: Timestamp

    /// When it was sold.
    public internal(set) var soldAt: Timestamp?

    /// When it was first logged in with.
    public internal(set) var activatedAt: Timestamp?

    /// What told us so.
    public internal(set) var activationEvidence: ActivationEvidence?

    /// When its validity ends; known from the first login on, and only where the terms have a validity.
    public internal(set) var expiresAt: Timestamp?

    /// When it expired, was depleted or was revoked.
    public internal(set) var endedAt: Timestamp?

    /// What it has used.
    public var usage: VoucherUsage

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a voucher in stock, not used, not yet on its router; or recreates a stored one.
    public init(
        id: Identifier<Voucher>,
        tenant: Identifier<Tenant>,
        batch: Identifier<VoucherBatch>,
        code: String,
        router: Identifier<Router>,
        packageName: String = VoucherBatch.customPackageName,
        terms: VoucherTerms,
        customer: String? = nil,
        commercial: CommercialState = .generated,
        access: AccessState = .unused,
        provisioning: ProvisioningState = .pending,
        provisioningDetail: String? = nil,
        createdAt: Timestamp,
        soldAt: Timestamp? = nil,
        activatedAt: Timestamp? = nil,
        activationEvidence: ActivationEvidence? = nil,
        expiresAt: Timestamp? = nil,
        endedAt: Timestamp? = nil,
        usage: VoucherUsage = VoucherUsage(),
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.batch = batch
        self.code = code
        self.router = router
        self.packageName = packageName
        self.terms = terms
        self.customer = customer
        self.commercial = commercial
        self.access = access
        self.provisioning = provisioning
        self.provisioningDetail = provisioningDetail
        self.createdAt = createdAt
        self.soldAt = soldAt
        self.activatedAt = activatedAt
        self.activationEvidence = activationEvidence
        self.expiresAt = expiresAt
        self.endedAt = endedAt
        self.usage = usage
        self.revision = revision
    }

    /// The form of a code that is unique in a tenant: a–z folded to upper case.
    public static func uniqueKey(of code: String) -> String { code.asciiUppercased }

    /// The status word for documents and the REST interface.
    public var documentStatus: DocumentStatus { DocumentStatus(access) }

    /// Whether the data quota or the uptime allowance is used up.
    public var isAllowanceUsedUp: Bool {
        if let quota = terms.dataQuota, usage.bytesTotal >= quota.bytes { return true }
        if let allowance = terms.uptimeAllowance, usage.uptime >= allowance { return true }
        return false
    }

    /// How its row should stand on the router: the intent that provisioning converges to.
    ///
    /// A disabled voucher keeps its row, because removing the row would lose the counters of what was used.
    public var desiredPresence: RouterPresence {
        switch access {
        case .unused, .active: .enabled
        case .disabled: .disabled
        case .expired, .depleted, .revoked: .absent
        }
    }
}
