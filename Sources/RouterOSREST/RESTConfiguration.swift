public import RouterOSClient
public import RouterOSProtocol

/// How a REST client waits, tries again, limits itself, and who hears of it.
///
/// What a ``RouterClient`` has as well has the same name and means the same.
public struct RESTConfiguration: Sendable {
    /// The time for name look-up, TCP connection and TLS handshake together.
    public var connectTimeout: Duration
    /// The time for one attempt at a command that was given no deadline of its own; a router ends every command after 60 s.
    public var requestTimeout: Duration
    /// The time for a command with all its waits and attempts, unless the call says otherwise; a day at most.
    public var callTimeout: Duration
    /// The most connections to the router at a time, 1 or more; each carries one command, more wait for their turn, first
    /// come, first sent, within their time.
    ///
    /// A router allows 20 sessions for each of its services unless told otherwise, for everybody together.
    public var maximumConnections: Int
    /// How long connections are kept without a command, a day at most.
    public var idleTimeout: Duration
    /// The most rows of an answer.
    public var maximumRows: Int
    /// The most bytes of an answer; it is held whole, as JSON and as rows.
    public var maximumAnswerBytes: Int
    /// What of the values of a row is accepted.
    public var limits: CodecLimits
    /// When to try again.
    public var retry: RetryPolicy
    /// How many commands the router is sent.
    public var rateLimit: CommandRate
    /// When to leave a router alone that does not answer.
    public var breaker: BreakerPolicy
    /// Who hears of what happens; nobody by default.
    public var observer: (any ClientObserver)?

    /// Makes a configuration.
    ///
    /// The defaults: 10 s, 10 s, 30 s, 4 connections that are kept for 30 s, 1 000 000 rows, 64 MiB, the limits of
    /// ``CodecLimits``, and those of ``RetryPolicy``, ``CommandRate`` (100 commands a minute) and ``BreakerPolicy``.
    public init(
        connectTimeout: Duration = .seconds(10),
        requestTimeout: Duration = .seconds(10),
        callTimeout: Duration = .seconds(30),
        maximumConnections: Int = 4,
        idleTimeout: Duration = .seconds(30),
        maximumRows: Int = 1_000_000,
        maximumAnswerBytes: Int = 64 << 20,
        limits: CodecLimits = CodecLimits(),
        retry: RetryPolicy = RetryPolicy(),
        rateLimit: CommandRate = .perMinute(100),
        breaker: BreakerPolicy = BreakerPolicy(),
        observer: (any ClientObserver)? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.callTimeout = callTimeout
        self.maximumConnections = maximumConnections
        self.idleTimeout = idleTimeout
        self.maximumRows = maximumRows
        self.maximumAnswerBytes = maximumAnswerBytes
        self.limits = limits
        self.retry = retry
        self.rateLimit = rateLimit
        self.breaker = breaker
        self.observer = observer
    }

    /// What of it the calls of every client have.
    var ofCalls: ClientConfiguration {
        ClientConfiguration(
            connection: ConnectionConfiguration(requestTimeout: requestTimeout, observer: observer),
            callTimeout: min(callTimeout, Self.longest),
            retry: retry,
            rateLimit: rateLimit,
            breaker: breaker
        )
    }

    /// The longest time that anything may take.
    static let longest = Duration.seconds(86_400)
}
