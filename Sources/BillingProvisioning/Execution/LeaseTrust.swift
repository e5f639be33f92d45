import BillingServices
import Synchronization

/// Until when a worker may believe that a router is still its own, by a clock that only counts the time that passes.
///
/// A router knows nothing of leases. A worker that stood still for a while, and whose router was given to another, must
/// not send it anything more: that is found out here, before each command, without asking the store.
final class LeaseTrust: Sendable {
    private let until: Mutex<Duration>
    private let length: Duration
    private let elapsed: @Sendable () -> Duration

    /// Trusts a lease that was asked for at `begun`; a tenth of its length is left for clocks that run unlike.
    init(_ length: Duration, begun: Duration, elapsed: @escaping @Sendable () -> Duration) {
        self.length = length * 9 / 10
        self.elapsed = elapsed
        until = Mutex(begun + self.length)
    }

    /// Trusts it longer, since it was prolonged by a request that was made at `begun`.
    func prolong(begun: Duration) { until.withLock { $0 = max($0, begun + length) } }

    /// Trusts it no more: another worker has the router.
    func end() { until.withLock { $0 = .zero } }

    /// - Throws: ``BillingError/Code/leaseLost`` when another may have the router.
    func require() throws {
        guard elapsed() < until.withLock({ $0 }) else {
            throw BillingError(
                .leaseLost,
                "The claim on the router was not prolonged in time; another worker may have it."
            )
        }
    }
}
