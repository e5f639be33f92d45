import BillingDomain
import Synchronization

/// A clock that goes only when it is told to.
final class PanelClock: Sendable {
    private let instant = Mutex(Timestamp(secondsSince1970: 1_768_000_000))

    var now: Timestamp { instant.withLock { $0 } }

    func advance(by duration: Duration) {
        instant.withLock { $0 = $0 + duration }
    }
}
