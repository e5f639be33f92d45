import BillingDomain
public import RouterOSClient

/// How often a provisioner looks, and how it waits.
public struct ProvisionerConfiguration: Sendable {
    /// The time between two readings of a router's tables; nil for what the settings of its tenant say.
    public var syncInterval: Duration?
    /// The time between two looks whether a router answers; nil for what the settings of its tenant say.
    public var statusInterval: Duration?
    /// The time between two looks for work, when nothing gives a hint sooner.
    public var pollInterval: Duration
    /// The time between two looks for routers that are to be looked at, and for vouchers whose validity is over.
    public var watchInterval: Duration
    /// The longest wait before a router that could not be reached is tried again; the waits grow to it from one second.
    public var longestRetry: Duration
    /// How long after the death of a worker another may take over its router; a worker that lives prolongs that in time.
    public var leaseTime: Duration
    /// The most routers visited at the same time in each ``RouterGroup`` but ``RouterGroup/away``.
    public var concurrentRouters: Int
    /// The most routers tried at the same time that did not answer last time.
    ///
    /// Where nothing answers, not even with a refusal, each takes as long as `connection` waits for a connection: at 10 s a
    /// thousand of them come round every 80 s.
    public var concurrentAwayRouters: Int
    /// How many vouchers are brought to a router before it is read back and recorded: so few at first and over a slow link,
    /// up to so many to a router that takes them within a second.
    public var chunk: ClosedRange<Int>
    /// How long a visit brings stock to a router before other routers have their turn.
    public var longestVisit: Duration
    /// Whether a router is sent no more commands in a minute than the settings of its tenant say.
    public var heedsCommandRate: Bool
    /// How many commands a router is sent in a minute at most; nil for what the settings of its tenant say.
    public var commandsPerMinute: Int?
    /// How long the whole table of users, or of sessions, may take to arrive.
    public var tableTimeout: Duration
    /// How long what a router showed to somebody who looked is shown to whoever looks next; zero for never.
    public var liveReadingAge: Duration
    /// How long a machine's clock that was set by more than two minutes is doubted: nothing is activated or expired by it
    /// until it is set back or this has passed.
    public var clockHold: Duration
    /// Whether the machine's clock is acted upon also after it was set: for a machine whose clock was wrong and is right now.
    public var trustsClock: Bool
    /// How connections to routers wait.
    public var connection: ConnectionConfiguration
    /// How many event loops, each a thread, share the connections, 1...64; other numbers count as the nearest.
    ///
    /// One serves some 3 000 busy routers. A connector of your own brings its own.
    public var loops: Int
    /// Where what is done is counted.
    public var figures: ProvisionerFigures
    /// Hears of what went wrong on this side, a store that cannot write for one; routers' troubles are in their status.
    ///
    /// What failed is done again by the next pass.
    public var onFault: @Sendable (any Error) -> Void
    /// The time that has passed since some fixed moment, whatever the machine's clock is set to.
    public var elapsed: @Sendable () -> Duration
    /// Passes time; replace it to run on a clock of your own.
    public var sleep: @Sendable (Duration) async throws -> Void
    /// Where the name of the running worker and the spread of its retries come from; replace it to run from a seed.
    public var random: @Sendable () -> UInt64

    /// Makes a configuration; the defaults are the tenant's intervals, 100 ms and 1 s between looks, 10 s, 20 s, 32 routers
    /// and 128 that are away, 100 to 250 vouchers, 10 s for a visit, the tenant's command rate, 120 s for a table, 30 s for
    /// what somebody looked at, 10 min of doubt, the machine's clocks and the system's random numbers.
    public init(
        syncInterval: Duration? = nil,
        statusInterval: Duration? = nil,
        pollInterval: Duration = .milliseconds(100),
        watchInterval: Duration = .seconds(1),
        longestRetry: Duration = .seconds(10),
        leaseTime: Duration = .seconds(20),
        concurrentRouters: Int = 32,
        concurrentAwayRouters: Int = 128,
        chunk: ClosedRange<Int> = 100...250,
        longestVisit: Duration = .seconds(10),
        heedsCommandRate: Bool = true,
        commandsPerMinute: Int? = nil,
        tableTimeout: Duration = .seconds(120),
        liveReadingAge: Duration = .seconds(30),
        clockHold: Duration = .seconds(600),
        trustsClock: Bool = false,
        connection: ConnectionConfiguration = ConnectionConfiguration(),
        loops: Int = 1,
        figures: ProvisionerFigures = ProvisionerFigures(),
        onFault: @escaping @Sendable (any Error) -> Void = { _ in },
        elapsed: @escaping @Sendable () -> Duration = { ProvisionerConfiguration.sinceStart() },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.syncInterval = syncInterval
        self.statusInterval = statusInterval
        self.pollInterval = pollInterval
        self.watchInterval = watchInterval
        self.longestRetry = longestRetry
        self.leaseTime = leaseTime
        self.concurrentRouters = max(1, concurrentRouters)
        self.concurrentAwayRouters = max(1, concurrentAwayRouters)
        self.chunk = max(1, chunk.lowerBound)...max(1, chunk.upperBound)
        self.longestVisit = longestVisit
        self.heedsCommandRate = heedsCommandRate
        self.commandsPerMinute = commandsPerMinute
        self.tableTimeout = tableTimeout
        self.liveReadingAge = liveReadingAge
        self.clockHold = clockHold
        self.trustsClock = trustsClock
        self.connection = connection
        self.loops = loops
        self.figures = figures
        self.onFault = onFault
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }

    /// The time since this was asked for the first time, suspended time included.
    public static func sinceStart() -> Duration { start.duration(to: .now) }

    private static let start = ContinuousClock.now
}

extension ProvisionerConfiguration {
    /// How many commands a router of a tenant with some settings may be sent in a minute; nil for any number.
    func rate(_ settings: Settings) -> Int? {
        heedsCommandRate ? commandsPerMinute.map { max(1, $0) } ?? Int(clamping: settings[.routerRate]) : nil
    }
}
