/// How a fleet treats its routers.
public struct FleetConfiguration: Sendable {
    /// How each router is treated.
    public var client: ClientConfiguration
    /// How many event loops, each a thread, share the connections, 1...64; other numbers count as the nearest.
    ///
    /// One serves some 3 000 busy routers.
    public var loops: Int
    /// How many retries there may be for each command of the last ten seconds, for all routers together; 100 are always free.
    public var retryBudget: Double
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
    ///   - forgetAfter: 3 600 s unless given.
    public init(
        loops: Int = 1,
        commandsPerMinute: Int? = nil,
        client: ClientConfiguration = ClientConfiguration(),
        retryBudget: Double = 0.1,
        forgetAfter: Duration = .seconds(3_600)
    ) {
        self.client = client
        self.loops = loops
        self.retryBudget = retryBudget
        self.forgetAfter = forgetAfter
        if let commandsPerMinute { self.client.rateLimit = .perMinute(commandsPerMinute) }
    }
}
