/// One user name and password of a customer on one router, for a hotspot or for PPPoE.
///
/// Two axes, each with its moves: whether it may log in, and how far the router agrees. What should stand on the router
/// changes only through moves, so that every change is written again and read back.
///
/// | access | `enable` | `disable` | `delete` | `setPassword` `assign` `setStaticAddress` `bind` | `erase` |
/// |---|---|---|---|---|---|
/// | enabled | – | disabled | deleted | stays | – |
/// | disabled | enabled | – | deleted | stays | – |
/// | deleted | – | – | – | – | stays |
///
/// What may change the row makes present pending; `delete` makes anything but removed removing.
///
/// | provisioning | `requestProvisioning` | `markPresent` | `markDrifted` | `markRemoved` | `markFailed` |
/// |---|---|---|---|---|---|
/// | pending | stays | present | drifted | – | failed |
/// | present | stays | stays | drifted | – | failed |
/// | drifted | pending | present | stays | – | failed |
/// | failed | pending | present | drifted | removed | stays |
/// | removing | pending | – | – | removed | failed |
/// | removed | pending | – | – | stays | – |
///
/// A deleted one is never provisioned again. Other moves throw ``DomainError`` with ``DomainError/Code/illegalMove`` and
/// change nothing.
public struct ServiceAccount: Hashable, Sendable {
    /// The identity of the account.
    public let id: Identifier<ServiceAccount>

    /// The tenant that owns it.
    public let tenant: Identifier<Tenant>

    /// The customer who uses it.
    public let customer: Identifier<Customer>

    /// How the service is reached.
    public let kind: ServiceKind

    /// The router it is for.
    public let router: Identifier<Router>

    /// The user name on the router; unique there whatever the case of a–z.
    public let username: String

    /// The password, sealed; only the services can open it.
    public internal(set) var sealedPassword: [UInt8]

    /// The package it was sold, if it came from one.
    public internal(set) var package: Identifier<Package>?

    /// The user profile on the router.
    public internal(set) var routerProfile: String

    /// The user profile it is in while its time is not paid; `nil` while it is served as usual.
    public internal(set) var unpaidProfile: String?

    /// The address it always gets, if any.
    public internal(set) var staticAddress: String?

    /// The MAC address or caller id it may log in from; `nil` for any.
    public internal(set) var callerID: String?

    /// Whether it may log in.
    public internal(set) var access: ServiceAccess

    /// Agreement with the router.
    public internal(set) var provisioning: ProvisioningState

    /// Why provisioning failed or drifted, for people.
    public internal(set) var provisioningDetail: String?

    /// When it was created.
    public let createdAt: Timestamp

    /// When it was deleted.
    public internal(set) var deletedAt: Timestamp?

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates an account that is enabled and not yet on its router, or recreates a stored one.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` and the field for a user name or a profile that
    ///   is not 1 to 100 printable bytes, or an address or caller id that is not 1 to 64.
    public init(
        id: Identifier<ServiceAccount>,
        tenant: Identifier<Tenant>,
        customer: Identifier<Customer>,
        kind: ServiceKind,
        router: Identifier<Router>,
        username: String,
        sealedPassword: [UInt8],
        package: Identifier<Package>? = nil,
        routerProfile: String = "default",
        unpaidProfile: String? = nil,
        staticAddress: String? = nil,
        callerID: String? = nil,
        access: ServiceAccess = .enabled,
        provisioning: ProvisioningState = .pending,
        provisioningDetail: String? = nil,
        createdAt: Timestamp,
        deletedAt: Timestamp? = nil,
        revision: Int64 = 1
    ) throws(DomainError) {
        try Self.check(username, field: "username", atMost: 100)
        try Self.check(routerProfile, field: "routerProfile", atMost: 100)
        if let unpaidProfile { try Self.check(unpaidProfile, field: "unpaidProfile", atMost: 100) }
        if let staticAddress { try Self.check(staticAddress, field: "staticAddress", atMost: 64) }
        if let callerID { try Self.check(callerID, field: "callerID", atMost: 64) }
        self.id = id
        self.tenant = tenant
        self.customer = customer
        self.kind = kind
        self.router = router
        self.username = username
        self.sealedPassword = sealedPassword
        self.package = package
        self.routerProfile = routerProfile
        self.unpaidProfile = unpaidProfile
        self.staticAddress = staticAddress
        self.callerID = callerID
        self.access = access
        self.provisioning = provisioning
        self.provisioningDetail = provisioningDetail
        self.createdAt = createdAt
        self.deletedAt = deletedAt
        self.revision = revision
    }

    /// How its row should stand on the router.
    public var desiredPresence: RouterPresence {
        switch access {
        case .enabled: .enabled
        case .disabled: .disabled
        case .deleted: .absent
        }
    }

    /// The user profile that its row should have.
    public var desiredProfile: String { unpaidProfile ?? routerProfile }

    /// The address that its row should have.
    ///
    /// None while it is not paid: an address of its own would keep it out of the one that the profile gives.
    public var desiredAddress: String? { unpaidProfile == nil ? staticAddress : nil }

    static func check(_ text: String, field: String, atMost limit: Int) throws(DomainError) {
        guard (1...limit).contains(text.utf8.count), !text.utf8.contains(where: { $0 < 32 || $0 == 127 }) else {
            throw DomainError(.invalidValue, field: field, "It has 1 to \(limit) printable bytes.")
        }
    }

    func illegal(_ move: String, _ reason: String) -> DomainError {
        DomainError(
            .illegalMove,
            "Cannot \(move) service account \(username) (\(access.rawValue), \(provisioning.rawValue)): \(reason)."
        )
    }
}
