/// One thing that was done on a router, or that happened to it.
///
/// Append-only. It never holds what was sent or answered, which may be secret.
public struct RouterEvent: Hashable, Sendable {
    /// How it ended.
    public enum Outcome: String, Hashable, Sendable, CaseIterable {
        /// Done.
        case succeeded
        /// Not done.
        case failed
        /// Sent, and no answer came: it may or may not have been done.
        case unknown
    }

    /// The identity of the event.
    public let id: Identifier<RouterEvent>

    /// The tenant of the router.
    public let tenant: Identifier<Tenant>

    /// The router.
    public let router: Identifier<Router>

    /// When.
    public let at: Timestamp

    /// Who asked for it.
    public let actor: Actor

    /// What was done, as a stable word such as `users.read` or `status.change`.
    public let operation: String

    /// How it ended.
    public let outcome: Outcome

    /// How long it took, if it took time.
    public let duration: Duration?

    /// The circumstances, for people; never a secret.
    public let detail: String

    /// The request that asked for it, to find it in the logs.
    public let requestID: String?

    /// Creates an event, or recreates a stored one.
    public init(
        id: Identifier<RouterEvent>,
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        at: Timestamp,
        actor: Actor,
        operation: String,
        outcome: Outcome,
        duration: Duration? = nil,
        detail: String = "",
        requestID: String? = nil
    ) {
        self.id = id
        self.tenant = tenant
        self.router = router
        self.at = at
        self.actor = actor
        self.operation = operation
        self.outcome = outcome
        self.duration = duration
        self.detail = detail
        self.requestID = requestID
    }
}
