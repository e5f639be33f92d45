/// How a client of a router connects, shares, waits and tries again.
public struct ClientConfiguration: Sendable {
    /// The connections themselves.
    public var connection: ConnectionConfiguration
    /// The most connections to the router at a time, 1 or more.
    ///
    /// A router allows 20 sessions for each of its services unless told otherwise, for everybody together.
    public var maximumConnections: Int
    /// How many commands share a connection before another one is opened, 1 or more.
    ///
    /// Commands on one connection do not wait for each other, so a connection is enough for most; more of them help where one
    /// is full of rows.
    public var commandsPerConnection: Int
    /// How many streams share a connection before another one is opened, 1 or more; each takes the place of several commands.
    ///
    /// A stream whose reader is slow holds up the connection, or is ended, so few share one.
    public var streamsPerConnection: Int
    /// How long a connection stays open that nobody uses.
    public var idleTimeout: Duration
    /// How long a connection is used at all, less up to a tenth of that at random; nil for as long as it works.
    public var maximumLifetime: Duration?
    /// The time for a command with all its waits, connections and attempts, unless the call says otherwise.
    public var callTimeout: Duration
    /// When to try again.
    public var retry: RetryPolicy
    /// How many commands the router is sent.
    public var rateLimit: CommandRate
    /// When to leave a router alone that does not answer.
    public var breaker: BreakerPolicy
    /// A connection that is held for longer is reported to the observer, once; nil for never.
    public var leakThreshold: Duration?

    /// Makes a configuration.
    ///
    /// The defaults: 10 connections of 256 commands or 8 streams each, closed after 300 s without use; 30 s for a call; the
    /// defaults of ``RetryPolicy``, ``CommandRate`` and ``BreakerPolicy``; nothing is reported as held too long.
    public init(
        connection: ConnectionConfiguration = ConnectionConfiguration(),
        maximumConnections: Int = 10,
        commandsPerConnection: Int = 256,
        streamsPerConnection: Int = 8,
        idleTimeout: Duration = .seconds(300),
        maximumLifetime: Duration? = nil,
        callTimeout: Duration = .seconds(30),
        retry: RetryPolicy = RetryPolicy(),
        rateLimit: CommandRate = .perMinute(100),
        breaker: BreakerPolicy = BreakerPolicy(),
        leakThreshold: Duration? = nil
    ) {
        self.connection = connection
        self.maximumConnections = maximumConnections
        self.commandsPerConnection = commandsPerConnection
        self.streamsPerConnection = streamsPerConnection
        self.idleTimeout = idleTimeout
        self.maximumLifetime = maximumLifetime
        self.callTimeout = callTimeout
        self.retry = retry
        self.rateLimit = rateLimit
        self.breaker = breaker
        self.leakThreshold = leakThreshold
    }
}
