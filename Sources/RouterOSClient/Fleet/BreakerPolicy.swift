/// When a client leaves a router alone that does not answer.
///
/// After `failures` in a row, with `span` or more from the first to the last, calls fail at once with code `unavailable`
/// for a while; then one call tries. An answer ends the pause, whatever it says; a failure doubles it.
public struct BreakerPolicy: Sendable, Hashable {
    /// Failures in a row, 1 or more.
    public var failures: Int
    /// The least time from the first to the last of them: what fails together at one moment is one event.
    public var span: Duration
    /// How long the router is left alone the first time.
    public var pause: Duration
    /// How long at the most.
    public var longestPause: Duration

    /// How long the one call may take that tries, before another one may try beside it.
    public var probeLimit: Duration

    /// Makes a policy; the defaults are 3 failures, 5 s, 2 s, 60 s and 30 s.
    public init(
        failures: Int = 3,
        span: Duration = .seconds(5),
        pause: Duration = .seconds(2),
        longestPause: Duration = .seconds(60),
        probeLimit: Duration = .seconds(30)
    ) {
        self.failures = failures
        self.span = span
        self.pause = pause
        self.longestPause = longestPause
        self.probeLimit = probeLimit
    }

    /// Routers are always asked.
    public static let never = BreakerPolicy(failures: .max)
}
