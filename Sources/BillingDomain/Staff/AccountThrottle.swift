/// How fast passwords may be tried for one account: a delay that doubles with every failure, and never a lock.
///
/// An attempt counts as failed from the moment it is admitted, so that a thousand attempts at once are no way around
/// it; a success forgives all. The value is small enough to be kept in shared storage, one for each account, and
/// updated under its revision: of two processes that admit at once, one must read again.
public struct AccountThrottle: Hashable, Sendable {
    /// The rule.
    public struct Policy: Hashable, Sendable {
        /// How many attempts are free of delay.
        public var freeAttempts: Int

        /// The delay after the first attempt that is not free.
        public var firstDelay: Duration

        /// The delay is never longer than this, so that nobody can keep another out for ever.
        public var longestDelay: Duration

        /// Failures are forgotten after this time without any.
        public var memory: Duration

        /// Three free attempts, then one second, doubling to five minutes; forgotten after a day.
        public init(
            freeAttempts: Int = 3,
            firstDelay: Duration = .seconds(1),
            longestDelay: Duration = .seconds(300),
            memory: Duration = .seconds(86_400)
        ) {
            self.freeAttempts = freeAttempts
            self.firstDelay = firstDelay
            self.longestDelay = longestDelay
            self.memory = memory
        }
    }

    /// Attempts since the last success that are not forgotten.
    public private(set) var failures: Int

    /// When the last attempt was admitted.
    public private(set) var lastAttemptAt: Timestamp?

    /// Before this instant no attempt is admitted.
    public private(set) var notBefore: Timestamp?

    /// Creates the state of an account nobody has tried yet, or recreates a stored one.
    public init(failures: Int = 0, lastAttemptAt: Timestamp? = nil, notBefore: Timestamp? = nil) {
        self.failures = max(0, failures)
        self.lastAttemptAt = lastAttemptAt
        self.notBefore = notBefore
    }

    /// Admits an attempt and counts it, or says when the next one is admitted.
    ///
    /// A wait longer than the policy's longest delay was written while a clock was wrong, and is cut to it.
    public mutating func admit(at now: Timestamp, _ policy: Policy = Policy()) -> ThrottleVerdict {
        if let lastAttemptAt, now - lastAttemptAt >= policy.memory { self = AccountThrottle() }
        if let notBefore {
            let end = min(notBefore, now + policy.longestDelay)
            if now < end { return .wait(until: end) }
        }
        if failures < .max { failures += 1 }
        lastAttemptAt = now
        notBefore = failures >= policy.freeAttempts ? now + delay(policy) : nil
        return .admitted
    }

    /// The password was right: earlier attempts no longer count.
    public mutating func succeed() { self = AccountThrottle() }

    private func delay(_ policy: Policy) -> Duration {
        var delay = policy.firstDelay
        for _ in 0..<min(max(0, failures - policy.freeAttempts), 62) where delay < policy.longestDelay { delay *= 2 }
        return min(delay, policy.longestDelay)
    }
}
