public import BillingDomain
import Synchronization

/// A clock that moves only when told to.
public final class ManualClock: Sendable {
    private let instant: Mutex<Timestamp>

    /// Starts at an instant in ISO 8601.
    public init(_ start: String = "2026-11-20T09:00:00Z") {
        instant = Mutex(Timestamp(start) ?? Timestamp(secondsSince1970: 0))
    }

    /// The present instant.
    public var now: Timestamp { instant.withLock { $0 } }

    /// Lets time pass, backwards for a negative duration.
    public func advance(by duration: Duration) {
        instant.withLock { $0 = $0 + duration }
    }
}
