public import RouterOSProtocol

/// How long a connection waits, how much it takes in, and who hears of it.
public struct ConnectionConfiguration: Sendable {
    /// The time for name look-up, TCP connection, TLS handshake and login together.
    public var connectTimeout: Duration
    /// The time for a command from the call to its end, and of a stream from one row to the next, unless the call says
    /// otherwise.
    public var requestTimeout: Duration
    /// After so much silence the router is asked for a sign of life; nil, or no time at all, never asks.
    ///
    /// A router that gives none within twice ``requestTimeout`` is gone: everything under way fails then instead of waiting.
    public var keepAlive: Duration?
    /// Which logins are allowed.
    public var loginMode: LoginMode
    /// The most commands that the router is given at a time; more wait here for their turn, first come, first sent.
    public var maximumInFlight: Int
    /// The most rows one answer may have when it is collected.
    public var maximumRows: Int
    /// The most bytes of rows, as they came over the wire, one answer may have when it is collected.
    public var maximumAnswerBytes: Int
    /// How many bytes of rows, as they came over the wire, a stream may be ahead of its reader.
    ///
    /// A connection whose streams are all further ahead than that, and which has nothing else under way, reads nothing more
    /// until a reader has caught up: TCP makes the router wait, and memory stays flat. While another command waits for its
    /// answer on the same connection reading goes on for its sake, and rows pile up to ``maximumBacklog``.
    public var streamBuffer: Int
    /// How many bytes of rows, as they came over the wire, a stream may be ahead of its reader while other commands keep the
    /// connection reading.
    ///
    /// Beyond that it ends, once its reader has had all rows that came, with an error of code `limitExceeded`; rows are never
    /// left out silently. A slow reader avoids this on a connection that it has for itself:
    /// ``RouterClient/with(exclusively:deadline:file:line:isolation:_:)``.
    public var maximumBacklog: Int
    /// How much the router may send at once.
    public var limits: CodecLimits
    /// Who hears of what happens; nobody by default.
    public var observer: (any ClientObserver)?

    /// Makes a configuration.
    ///
    /// The defaults: 10 s, 10 s, 30 s, the plain login, 1 024 commands, 1 000 000 rows, 1 GiB, 1 MiB, 64 MiB, the limits of
    /// ``CodecLimits``.
    public init(
        connectTimeout: Duration = .seconds(10),
        requestTimeout: Duration = .seconds(10),
        keepAlive: Duration? = .seconds(30),
        loginMode: LoginMode = .plain,
        maximumInFlight: Int = 1_024,
        maximumRows: Int = 1_000_000,
        maximumAnswerBytes: Int = 1 << 30,
        streamBuffer: Int = 1 << 20,
        maximumBacklog: Int = 64 << 20,
        limits: CodecLimits = CodecLimits(),
        observer: (any ClientObserver)? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.keepAlive = keepAlive
        self.loginMode = loginMode
        self.maximumInFlight = maximumInFlight
        self.maximumRows = maximumRows
        self.maximumAnswerBytes = maximumAnswerBytes
        self.streamBuffer = streamBuffer
        self.maximumBacklog = maximumBacklog
        self.limits = limits
        self.observer = observer
    }
}
