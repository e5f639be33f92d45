/// How long to wait before another attempt: a random part of a time that doubles with each failure ("full jitter").
///
/// A crowd that failed together comes back spread out, instead of together again.
package struct Backoff: Sendable, Hashable {
    /// The longest wait after the first failure.
    package let base: Duration
    /// The longest wait after any number of failures.
    package let cap: Duration

    /// Makes a rule; what is negative counts as zero.
    package init(base: Duration, cap: Duration) {
        self.base = max(base, .zero)
        self.cap = max(cap, .zero)
    }

    /// The longest wait after `failures` failures in a row, 1 or more.
    package func ceiling(afterFailures failures: Int) -> Duration {
        let (base, cap) = (base.wholeNanoseconds, cap.wholeNanoseconds)
        let doublings = max(0, failures - 1)
        guard doublings < 63, base <= cap >> Int64(doublings) else { return .nanoseconds(base == 0 ? 0 : cap) }
        return .nanoseconds(base << Int64(doublings))
    }

    /// A wait between nothing and ``ceiling(afterFailures:)``, every nanosecond as likely as any other.
    package func delay(afterFailures failures: Int, using random: inout some RandomNumberGenerator) -> Duration {
        .nanoseconds(Int64.random(in: 0...ceiling(afterFailures: failures).wholeNanoseconds, using: &random))
    }
}
