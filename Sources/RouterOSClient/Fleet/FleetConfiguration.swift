/// How a fleet treats its routers.
public struct FleetConfiguration: Sendable {
    /// How each router is treated.
    public var client: ClientConfiguration
    /// How many event loops, each a thread, share the connections, 1...64; other numbers count as the nearest.
    ///
    /// One serves some 3 000 busy routers.
    public var loops: Int
    /// How many retries there may be for each command of the last ten seconds, for all routers together; 100 are always free.
    ///
    /// This keeps a fault of many routers from multiplying the load. It is not asked for the first retries of a router since its
    /// last success, as many as one command may have by ``RetryPolicy/maximumAttempts``: routers that are dead have none of
    /// those left and can use up the common budget, and one that was well is tried again all the same.
    public var retryBudget: Double
    /// How many routers are shaken hands with and logged into at a time, for all routers together; 1 or more.
    ///
    /// After a power cut everybody comes back at once; this spreads the work. What counts is the part that costs something,
    /// TLS and login: looking up a name and waiting for a router to accept the connection cost nothing but a descriptor, and are
    /// not limited. The rules:
    /// - A router has its turn until it has let us in or refused, and for a second at the most: one that takes longer goes on and
    ///   no longer counts. So what accepts connections and never answers keeps others waiting for a second, and not for its
    ///   `connectTimeout`.
    /// - Routers whose last attempt failed are told from the others, and a quarter of the turns is kept for either kind,
    ///   whether there are any or not: no number of routers that are in trouble takes all of them, and of one kind alone
    ///   three quarters are logged into at a time, 48 of 64.
    /// - Of the same kind it is first come, first served.
    ///
    /// The wait counts in `connectTimeout`; whose turn does not come in time fails with code `unavailable`, which its breaker
    /// does not hold against it.
    public var maximumHandshakes: Int
    /// A client that nobody has used for so long, and nobody holds, is forgotten.
    public var forgetAfter: Duration

    static let maximumLoops = 64

    /// Makes a configuration.
    ///
    /// - Parameters:
    ///   - loops: event loops, 1...64; 1 unless given.
    ///   - commandsPerMinute: the rate limit of each router, in the place of the one in `client`.
    ///   - client: how each router is treated.
    ///   - retryBudget: retries for each command; 0.1 unless given.
    ///   - maximumHandshakes: routers that are logged into at a time; 64 unless given.
    ///   - forgetAfter: 3 600 s unless given.
    public init(
        loops: Int = 1,
        commandsPerMinute: Int? = nil,
        client: ClientConfiguration = ClientConfiguration(),
        retryBudget: Double = 0.1,
        maximumHandshakes: Int = 64,
        forgetAfter: Duration = .seconds(3_600)
    ) {
        self.client = client
        self.loops = loops
        self.retryBudget = retryBudget
        self.maximumHandshakes = maximumHandshakes
        self.forgetAfter = forgetAfter
        if let commandsPerMinute { self.client.rateLimit = .perMinute(commandsPerMinute) }
    }
}
