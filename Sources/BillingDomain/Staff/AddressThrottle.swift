/// How fast one network address may try to sign in, whatever the account: the generic cell rate algorithm.
///
/// One instant is the whole state, so it can be kept in shared storage.
public struct AddressThrottle: Hashable, Sendable {
    /// The rule.
    public struct Policy: Hashable, Sendable {
        /// The time that one attempt costs in the long run.
        public var interval: Duration

        /// How many attempts may be made at once, 1 or more.
        public var burst: Int

        /// One attempt in six seconds, 20 at once: an office behind one address signs in unhindered.
        public init(interval: Duration = .seconds(6), burst: Int = 20) {
            self.interval = interval
            self.burst = max(1, burst)
        }
    }

    /// When the attempts made so far would have been due, had they been evenly spaced.
    public private(set) var theoreticalArrival: Timestamp?

    /// Creates the state of an address that has tried nothing yet, or recreates a stored one.
    public init(theoreticalArrival: Timestamp? = nil) { self.theoreticalArrival = theoreticalArrival }

    /// Admits an attempt and counts it, or says when the next one is admitted.
    public mutating func admit(at now: Timestamp, _ policy: Policy = Policy()) -> ThrottleVerdict {
        let most = policy.interval * policy.burst
        let arrival = min(max(theoreticalArrival ?? now, now), now + most)
        let earliest = arrival + policy.interval - most
        guard now >= earliest else { return .wait(until: earliest) }
        theoreticalArrival = arrival + policy.interval
        return .admitted
    }
}
