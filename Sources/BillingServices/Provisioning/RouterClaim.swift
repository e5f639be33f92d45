public import BillingDomain

/// The exclusive right to visit one router for a while.
///
/// Descriptions and dumps leave the password out.
public struct RouterClaim: Hashable, Sendable {
    /// The lease; its epoch is checked whenever an outcome is written.
    public let lease: RouterLease
    /// The router.
    public let router: Router
    /// The settings of its tenant: how often it is read, how many commands it is sent, what marks its users.
    public let settings: Settings
    /// The password of its API user.
    ///
    /// Keep it no longer than the connection needs it.
    public let password: String

    /// What was due on the router when it was claimed.
    public var due: Set<RouterTask> { lease.due }
}

extension RouterClaim: CustomStringConvertible, CustomReflectable {
    /// The router's name, never the password.
    public var description: String { "RouterClaim(\(router.name))" }
    /// The router, never the password.
    public var customMirror: Mirror { Mirror(self, children: ["router": router.name]) }
}
