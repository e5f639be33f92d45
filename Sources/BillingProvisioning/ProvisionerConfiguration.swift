public import RouterOSClient

/// How often a provisioner looks, and how it waits.
public struct ProvisionerConfiguration: Sendable {
    /// The time between two readings of a router's tables.
    public var syncInterval: Duration
    /// The time between two looks for work and for vouchers whose validity is over, when nothing gives a hint sooner.
    public var pollInterval: Duration
    /// The longest wait before a router that could not be reached is tried again; the waits grow to it from one second.
    public var longestRetry: Duration
    /// How long after the death of a worker another may take over its router; a worker that lives prolongs that in time.
    public var leaseTime: Duration
    /// The most routers worked on at the same time.
    public var concurrentRouters: Int
    /// The most vouchers brought to a router before it is read back and recorded.
    public var chunk: Int
    /// How long the whole table of users, or of sessions, may take to arrive.
    public var tableTimeout: Duration
    /// How long a machine's clock that was set by more than two minutes is doubted: nothing is activated or expired by it
    /// until it is set back or this has passed.
    public var clockHold: Duration
    /// How connections to routers wait.
    public var connection: ConnectionConfiguration
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

    /// Makes a configuration; the defaults are 5 min, 1 s, 10 s, 20 s, 32 routers, 100 vouchers, 120 s for a table,
    /// 10 min of doubt, the machine's clocks and the system's random numbers.
    public init(
        syncInterval: Duration = .seconds(300),
        pollInterval: Duration = .seconds(1),
        longestRetry: Duration = .seconds(10),
        leaseTime: Duration = .seconds(20),
        concurrentRouters: Int = 32,
        chunk: Int = 100,
        tableTimeout: Duration = .seconds(120),
        clockHold: Duration = .seconds(600),
        connection: ConnectionConfiguration = ConnectionConfiguration(),
        onFault: @escaping @Sendable (any Error) -> Void = { _ in },
        elapsed: @escaping @Sendable () -> Duration = { ProvisionerConfiguration.sinceStart() },
        sleep: @escaping @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) },
        random: @escaping @Sendable () -> UInt64 = { .random(in: .min ... .max) }
    ) {
        self.syncInterval = syncInterval
        self.pollInterval = pollInterval
        self.longestRetry = longestRetry
        self.leaseTime = leaseTime
        self.concurrentRouters = max(1, concurrentRouters)
        self.chunk = max(1, chunk)
        self.tableTimeout = tableTimeout
        self.clockHold = clockHold
        self.connection = connection
        self.onFault = onFault
        self.elapsed = elapsed
        self.sleep = sleep
        self.random = random
    }

    /// The time since this was asked for the first time, suspended time included.
    public static func sinceStart() -> Duration { start.duration(to: .now) }

    private static let start = ContinuousClock.now
}
