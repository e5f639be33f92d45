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

    /// The code, which is also the user name on the router; unique in its tenant whatever the case of a–z.
    public let code: String

    /// A password of its own; `nil` where the code is the password too.
    public let password: VoucherPassword?

    /// The router it is for.
    public internal(set) var router: Identifier<Router>

    /// The package it was generated from; `nil` where the terms were given inline.
    public let package: Identifier<Package>?

    /// The package's name when it was generated, or ``VoucherBatch/customPackageName``.
    public let packageName: String

    /// What it gives and costs.
    public let terms: VoucherTerms

    /// The name of the customer it was sold to, if known.
    public var customer: String?

    /// The customer it belongs to, if it has one.
    public internal(set) var customerID: Identifier<Customer>?

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

    /// The payment or order it is kept back for, while it is reserved.
    public internal(set) var reservedFor: String?

    /// Until when it is kept back.
    public internal(set) var reservedUntil: Timestamp?

    /// When it was sold.
    public internal(set) var soldAt: Timestamp?

    /// Who sold it.
    public internal(set) var soldBy: Actor?

    /// What was paid for it where that is not the price of its terms.
    public internal(set) var soldFor: Money?

    /// The tax in what was paid for it; `nil` for none.
    public internal(set) var soldTax: Money?

    /// The account that it was paid into or from; `nil` for a gift, and where that is not known.
    public internal(set) var paidInto: Account?

    /// How much of it was paid with credit that the customer had been granted; `nil` for nothing.
    public internal(set) var paidFromGrant: Money?

    /// Names its sale, and where anything was paid the entry in the books that it is in.
    public internal(set) var saleEntry: String?

    /// When it was refunded.
    public internal(set) var refundedAt: Timestamp?

    /// How much of what was paid was paid back.
    public internal(set) var refundedAmount: Money?

    /// When it was first logged in with.
    public internal(set) var activatedAt: Timestamp?

    /// What told us so.
    public internal(set) var activationEvidence: ActivationEvidence?

    /// The last time it was known to be unused before its first login: the earliest that the first login can have been.
    public internal(set) var activationNotBefore: Timestamp?

    /// When its validity began, where its terms start it before the first login: with the sale or the creation.
    public internal(set) var validBeforeLogin: Timestamp?

    /// When its use ends; known once the validity has begun, and only where the terms have an end.
    public internal(set) var expiresAt: Timestamp?

    /// A later time to begin it by, given by an extension.
    public internal(set) var activateByExtended: Timestamp?

    /// Bytes added to the data quota by extensions.
    public internal(set) var extraBytes: Int64

    /// Session time added to the allowance by extensions.
    public internal(set) var extraUptime: Duration

    /// How often it was extended.
    public internal(set) var extensionCount: Int

    /// The one device that may use it, where its terms lock it.
    public internal(set) var lockedDevice: DeviceAddress?

    /// When it expired, was depleted or was revoked.
    public internal(set) var endedAt: Timestamp?

    /// When its row was given up to the expiry rule, after the delay of that.
    public internal(set) var cleanedUpAt: Timestamp?

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
        password: VoucherPassword? = nil,
        router: Identifier<Router>,
        package: Identifier<Package>? = nil,
        packageName: String = VoucherBatch.customPackageName,
        terms: VoucherTerms,
        customer: String? = nil,
        customerID: Identifier<Customer>? = nil,
        commercial: CommercialState = .generated,
        access: AccessState = .unused,
        provisioning: ProvisioningState = .pending,
        provisioningDetail: String? = nil,
        createdAt: Timestamp,
        reservedFor: String? = nil,
        reservedUntil: Timestamp? = nil,
        soldAt: Timestamp? = nil,
        soldBy: Actor? = nil,
        soldFor: Money? = nil,
        soldTax: Money? = nil,
        paidInto: Account? = nil,
        paidFromGrant: Money? = nil,
        saleEntry: String? = nil,
        refundedAt: Timestamp? = nil,
        refundedAmount: Money? = nil,
        activatedAt: Timestamp? = nil,
        activationEvidence: ActivationEvidence? = nil,
        activationNotBefore: Timestamp? = nil,
        validBeforeLogin: Timestamp? = nil,
        expiresAt: Timestamp? = nil,
        activateByExtended: Timestamp? = nil,
        extraBytes: Int64 = 0,
        extraUptime: Duration = .zero,
        extensionCount: Int = 0,
        lockedDevice: DeviceAddress? = nil,
        endedAt: Timestamp? = nil,
        cleanedUpAt: Timestamp? = nil,
        usage: VoucherUsage = VoucherUsage(),
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.batch = batch
        self.code = code
        self.password = password
        self.router = router
        self.package = package
        self.packageName = packageName
        self.terms = terms
        self.customer = customer
        self.customerID = customerID
        self.commercial = commercial
        self.access = access
        self.provisioning = provisioning
        self.provisioningDetail = provisioningDetail
        self.createdAt = createdAt
        self.reservedFor = reservedFor
        self.reservedUntil = reservedUntil
        self.soldAt = soldAt
        self.soldBy = soldBy
        self.soldFor = soldFor
        self.soldTax = soldTax
        self.paidInto = paidInto
        self.paidFromGrant = paidFromGrant
        self.saleEntry = saleEntry
        self.refundedAt = refundedAt
        self.refundedAmount = refundedAmount
        self.activatedAt = activatedAt
        self.activationEvidence = activationEvidence
        self.activationNotBefore = activationNotBefore
        self.validBeforeLogin = validBeforeLogin
        self.expiresAt = expiresAt
        self.activateByExtended = activateByExtended
        self.extraBytes = extraBytes
        self.extraUptime = extraUptime
        self.extensionCount = extensionCount
        self.lockedDevice = lockedDevice
        self.endedAt = endedAt
        self.cleanedUpAt = cleanedUpAt
        self.usage = usage
        self.revision = revision
    }

    /// The form of a code that is unique in a tenant: a–z folded to upper case.
    public static func uniqueKey(of code: String) -> String { code.asciiUppercased }

    /// The end of the code alone, for trails and logs: whoever knows a code holds what it is worth.
    ///
    /// Four characters are shown at most, and no more than a third of the code.
    public var maskedCode: String { "…" + code.suffix(min(4, code.count / 3)) }

    /// When its validity began, with the first login or before; `nil` while it has not.
    public var validFrom: Timestamp? { validBeforeLogin ?? activatedAt }

    /// The status word for documents and the REST interface.
    public var documentStatus: DocumentStatus { DocumentStatus(access) }

    /// The status word of a document, an interface or a neighbouring program that has its own.
    public func status(in vocabulary: StatusVocabulary) -> String { vocabulary.word(for: access) }
}
