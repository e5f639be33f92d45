/// The right to work on one router for a while.
///
/// The epoch fences: it grows with every claim, and a store refuses every effect under an epoch that has passed, so a
/// worker that slept through the end of its lease can change nothing.
public struct RouterLease: Hashable, Sendable {
    /// The router that may be worked on.
    public let router: Identifier<Router>

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// Who holds it: one name for each running worker, never reused.
    public let owner: String

    /// The number of the claim, growing.
    public let epoch: Int64

    /// When it may be claimed by another.
    public var until: Timestamp

    /// Creates a lease as a store granted it.
    public init(
        router: Identifier<Router>,
        tenant: Identifier<Tenant>,
        owner: String,
        epoch: Int64,
        until: Timestamp
    ) {
        self.router = router
        self.tenant = tenant
        self.owner = owner
        self.epoch = epoch
        self.until = until
    }
}
