package import ConnectionPool
import Synchronization

/// Time that moves only when told to, and the calls that are due as it passes.
package final class ManualScheduler: Scheduler {
    private struct State {
        var now = Moment(nanoseconds: 0)
        var timers: [Int: (due: Moment, work: @Sendable () -> Void)] = [:]
        var lastTimer = 0
    }

    private let state = Mutex(State())

    package init() {}

    package var now: Moment { state.withLock { $0.now } }

    /// The timers that have not fired.
    package var pending: Int { state.withLock { $0.timers.count } }

    package func schedule(at moment: Moment, _ work: @escaping @Sendable () -> Void) -> @Sendable () -> Void {
        let number = state.withLock { state in
            state.lastTimer += 1
            state.timers[state.lastTimer] = (moment, work)
            return state.lastTimer
        }
        return { [weak self] in self?.state.withLock { _ = $0.timers.removeValue(forKey: number) } }
    }

    /// Lets time pass, timer by timer.
    package func advance(by duration: Duration) {
        let end = now + duration
        while let work = state.withLock({ state -> (@Sendable () -> Void)? in
            guard let first = state.timers.min(by: { $0.value.due < $1.value.due }), first.value.due <= end else {
                state.now = end
                return nil
            }
            state.now = max(state.now, first.value.due)
            return state.timers.removeValue(forKey: first.key)?.work
        }) { work() }
    }
}
