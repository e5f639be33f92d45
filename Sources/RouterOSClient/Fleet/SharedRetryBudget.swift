import ConnectionPool
import Synchronization

/// The retry budget of all routers of a fleet together.
final class SharedRetryBudget: Sendable {
    private let budget: Mutex<RetryBudget>

    init(ratio: Double, floor: Int) { budget = Mutex(RetryBudget(ratio: ratio, floor: floor)) }

    func noteCall(at now: Moment) { budget.withLock { $0.noteCall(at: now) } }

    func takeRetry(at now: Moment) -> Bool { budget.withLock { $0.takeRetry(at: now) } }
}
