/// What a router showed of its open sessions at one moment.
public struct SessionReading: Hashable, Sendable {
    /// The router.
    public let router: Identifier<Router>

    /// A number that grows each time the router restarts, because nothing it shows survives that.
    public let routerEpoch: Int64

    /// When it was read, by our clock.
    public let at: Timestamp

    /// When the reading was begun: a session was shown as it was at some moment between then and ``at``.
    public let begunAt: Timestamp

    /// The kinds of session that were read in full: only of these does absence mean that a session has ended.
    public let completeKinds: Set<SessionKind>

    /// What told us.
    public let source: SessionSource

    /// The open sessions.
    public let sessions: [ObservedSession]

    /// Creates a reading.
    public init(
        router: Identifier<Router>,
        routerEpoch: Int64,
        at instant: Timestamp,
        begunAt: Timestamp? = nil,
        completeKinds: Set<SessionKind>,
        source: SessionSource = .poll,
        sessions: [ObservedSession]
    ) {
        self.router = router
        self.routerEpoch = routerEpoch
        at = instant
        self.begunAt = min(begunAt ?? instant, instant)
        self.completeKinds = completeKinds
        self.source = source
        self.sessions = sessions
    }
}
