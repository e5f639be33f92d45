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

    /// When it was granted.
    public let claimedAt: Timestamp

    /// What was due on the router then.
    public let due: Set<RouterTask>

    /// How long it took from then until the router could have been sent a whole burst of commands again, for all that earlier
    /// holders sent it; no longer than ``longestRest``.
    public let rest: Duration

    /// No router is left alone for longer because of what it was sent: ten commands at one a minute.
    ///
    /// A rest that seems to be longer was written down while the clock was wrong.
    public static let longestRest = Duration.seconds(600)

    /// No lease lasts longer.
    ///
    /// One that seems to was granted while the clock was wrong, and holds nobody off.
    public static let longest = Duration.seconds(3600)

    /// Creates a lease as a store granted it.
    public init(
        router: Identifier<Router>,
        tenant: Identifier<Tenant>,
        owner: String,
        epoch: Int64,
        until: Timestamp,
        claimedAt: Timestamp,
        due: Set<RouterTask> = [.work],
        rest: Duration = .zero
    ) {
        self.router = router
        self.tenant = tenant
        self.owner = owner
        self.epoch = epoch
        self.until = until
        self.claimedAt = claimedAt
        self.due = due
        self.rest = rest
    }
}
