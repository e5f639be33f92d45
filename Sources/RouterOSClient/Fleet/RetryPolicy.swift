/// When a client tries a command again.
///
/// Only when that cannot do its work twice: nothing of it reached the router, the router refused it for a passing reason, or it
/// only reads. A refused password is never tried again.
public struct RetryPolicy: Sendable, Hashable {
    /// The most times that a command is sent, the first one included; 1 never tries again.
    public var maximumAttempts: Int
    /// The longest wait before the second attempt; it doubles for each further one.
    ///
    /// The wait is random, from nothing up to it.
    public var baseDelay: Duration
    /// The longest wait before any attempt.
    public var maximumDelay: Duration
    /// How many retries there may be for each command of the last ten seconds, for each router; 10 are always free.
    public var budget: Double

    /// Makes a policy; the defaults are 3 attempts, 100 ms, 5 s and 0.1.
    public init(
        maximumAttempts: Int = 3,
        baseDelay: Duration = .milliseconds(100),
        maximumDelay: Duration = .seconds(5),
        budget: Double = 0.1
    ) {
        self.maximumAttempts = maximumAttempts
        self.baseDelay = baseDelay
        self.maximumDelay = maximumDelay
        self.budget = budget
    }

    /// Every command is sent once.
    public static let never = RetryPolicy(maximumAttempts: 1)
}
