public import BillingDomain

/// How many sessions of one kind last on one router.
public struct OnlineCount: Hashable, Sendable {
    /// The router.
    public let router: Identifier<Router>
    /// How the customers are connected.
    public let kind: SessionKind
    /// How many sessions.
    public let sessions: Int
}
