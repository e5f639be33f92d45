import BillingDomain
import Synchronization

/// How long to leave a router alone after it could not be reached: doubling from one second, half of it at random.
final class RetryWaits: Sendable {
    private let longest: Duration
    private let failures = Mutex<[Identifier<Router>: Int]>([:])

    init(longest: Duration) { self.longest = longest }

    /// Notes a failure and says how long to wait now.
    ///
    /// At least half of the present bound, so that a herd of routers that went away together comes back spread out and
    /// none is asked in a tight loop.
    ///
    /// - Parameters:
    ///   - router: the router that failed.
    ///   - chance: a random number: how much of the other half is waited.
    /// - Returns: the wait.
    func afterFailure(of router: Identifier<Router>, chance: UInt64) -> Duration {
        let count = failures.withLock { failures in
            let count = failures[router, default: 0]
            failures[router] = min(count + 1, 16)
            return count
        }
        let bound = min(longest, .seconds(1 << count))
        return bound / 2 + bound / 2 * (Double(chance) / Double(UInt64.max))
    }

    /// Forgets the failures of a router that answered.
    func succeeded(_ router: Identifier<Router>) {
        failures.withLock { $0[router] = nil }
    }
}
