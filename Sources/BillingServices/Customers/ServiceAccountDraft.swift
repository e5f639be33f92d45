public import BillingDomain

/// A user name and password that a customer is to get on a router.
public struct ServiceAccountDraft: Sendable {
    /// How the service is reached.
    public var kind: ServiceKind
    /// The router it is for.
    public var router: Identifier<Router>
    /// How the user name is made, such as `net{0000}`; a pattern without places is the name itself.
    public var username: NumberPattern
    /// How the password is made; 99 random bits where left out.
    public var password: NumberPattern?
    /// The package it comes from, if any.
    public var package: Identifier<Package>?
    /// The user profile on the router; that of the package, or `default`, where left out.
    public var routerProfile: String?
    /// The address it always gets, if any.
    public var staticAddress: String?
    /// The MAC address or caller id it may log in from; any where left out.
    public var callerID: String?

    /// A draft of the given parts.
    public init(
        kind: ServiceKind,
        router: Identifier<Router>,
        username: NumberPattern,
        password: NumberPattern? = nil,
        package: Identifier<Package>? = nil,
        routerProfile: String? = nil,
        staticAddress: String? = nil,
        callerID: String? = nil
    ) {
        self.kind = kind
        self.router = router
        self.username = username
        self.password = password
        self.package = package
        self.routerProfile = routerProfile
        self.staticAddress = staticAddress
        self.callerID = callerID
    }

    /// Everything but a password that is given word for word, whose digest could be guessed.
    var fingerprint: [String?] {
        [
            kind.rawValue, router.description, username.description, package?.description, routerProfile, staticAddress,
            callerID,
        ]
    }
}
