public import BillingDomain

/// A router with what is needed to reach it.
///
/// Descriptions and dumps leave the password out.
public struct WatchedRouter: Hashable, Sendable {
    /// The router.
    public let router: Router
    /// The settings of its tenant: how often it is read, how many commands it is sent, what marks its users.
    public let settings: Settings
    /// The password of its API user.
    ///
    /// Keep it no longer than the connection needs it.
    public let password: String
}

extension WatchedRouter: CustomStringConvertible, CustomReflectable {
    /// The router's name, never the password.
    public var description: String { "WatchedRouter(\(router.name))" }
    /// The router, never the password.
    public var customMirror: Mirror { Mirror(self, children: ["router": router.name]) }
}
