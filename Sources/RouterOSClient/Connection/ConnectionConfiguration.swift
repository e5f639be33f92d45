public import RouterOSProtocol

/// How long a connection waits, and how much it takes in.
public struct ConnectionConfiguration: Sendable {
    /// The time for name look-up, TCP connection and login together.
    public var connectTimeout: Duration
    /// The time for a command from the call to its end, unless the call says otherwise.
    public var requestTimeout: Duration
    /// The most rows one answer may have when it is collected.
    public var maximumRows: Int
    /// How much the router may send at once.
    public var limits: CodecLimits

    /// Makes a configuration; the defaults are 10 s, 10 s, 1 000 000 rows and the limits of ``CodecLimits``.
    public init(
        connectTimeout: Duration = .seconds(10),
        requestTimeout: Duration = .seconds(10),
        maximumRows: Int = 1_000_000,
        limits: CodecLimits = CodecLimits()
    ) {
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.maximumRows = maximumRows
        self.limits = limits
    }
}
