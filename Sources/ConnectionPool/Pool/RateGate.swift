import Synchronization

/// Where those wait whom a ``RateLimiter`` does not let through at once: first come, first through.
///
/// Safe to use from any task.
package final class RateGate: Sendable {
    /// Why somebody is not let through.
    package enum Refusal: Error, Sendable, Hashable {
        /// Its turn would come after its deadline; when.
        case tooLate(wait: Duration)
        /// It costs more than a burst.
        case impossible(burst: Int)
    }

    private struct Waiter: Sendable {
        let cost: Int
        let continuation: CheckedContinuation<Void, any Error>
    }

    private struct State: Sendable {
        var limiter: RateLimiter
        var waiting: [UInt64: Waiter] = [:]
        var order = LiveQueue()
        var costAwaited = 0
        var last: UInt64 = 0
        var timer: (due: Moment, cancel: @Sendable () -> Void)?

        /// Lets those through who may go; the rest is due at the moment returned.
        mutating func pump(_ now: Moment) -> (passed: [CheckedContinuation<Void, any Error>], next: Moment?) {
            var passed: [CheckedContinuation<Void, any Error>] = []
            while let number = order.first(of: waiting), let first = waiting[number] {
                if case .wait(let until) = limiter.request(first.cost, at: now) { return (passed, until) }
                if let waiter = remove(number) { passed.append(waiter.continuation) }
            }
            return (passed, nil)
        }

        mutating func remove(_ number: UInt64) -> Waiter? {
            guard let waiter = waiting.removeValue(forKey: number) else { return nil }
            costAwaited -= waiter.cost
            order.compact(to: waiting)
            return waiter
        }
    }

    private let scheduler: any Scheduler
    private let state: Mutex<State>

    package init(_ limiter: RateLimiter, on scheduler: any Scheduler) {
        self.scheduler = scheduler
        state = Mutex(State(limiter: limiter))
    }

    /// Waits for the turn of something that costs `cost`.
    ///
    /// - Parameters:
    ///   - cost: in the limiter's units, 0 or more.
    ///   - deadline: when it is too late; whose turn would come after that is told at once.
    ///   - onWait: hears how long it takes at most, when it does not go at once.
    /// - Throws: ``Refusal``, and `CancellationError` when the task is cancelled; nothing is counted then.
    package func pass(
        cost: Int = 1,
        deadline: Moment? = nil,
        onWait: @Sendable (Duration) -> Void = { _ in }
    ) async throws {
        let cost = max(0, cost)
        let number = state.withLock { state in
            state.last += 1
            return state.last
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                enter(number, Waiter(cost: cost, continuation: continuation), deadline, onWait)
            }
        } onCancel: {
            state.withLock { $0.remove(number) }?.continuation.resume(throwing: CancellationError())
            pump()
        }
    }

    private func enter(_ number: UInt64, _ waiter: Waiter, _ deadline: Moment?, _ onWait: (Duration) -> Void) {
        let (answer, wait) = state.withLock { state -> (Result<Void, any Error>?, Duration) in
            let now = scheduler.now
            let burst = state.limiter.burst
            if waiter.cost > burst { return (.failure(Refusal.impossible(burst: burst)), .zero) }
            // The handler of a cancellation that came before this has found nobody.
            if Task.isCancelled { return (.failure(CancellationError()), .zero) }
            if state.waiting.isEmpty, state.limiter.request(waiter.cost, at: now) == .granted {
                return (.success(()), .zero)
            }
            let turn = state.limiter.earliest(for: state.costAwaited + waiter.cost, at: now)
            if let deadline, turn > deadline { return (.failure(Refusal.tooLate(wait: turn - now)), .zero) }
            state.waiting[number] = waiter
            state.order.append(number)
            state.costAwaited += waiter.cost
            return (nil, turn - now)
        }
        if let answer { return waiter.continuation.resume(with: answer) }
        onWait(wait)
        pump()
    }

    private func pump(isTimer: Bool = false) {
        let passed = state.withLock { state in
            if isTimer { state.timer = nil }
            let (passed, next) = state.pump(scheduler.now)
            arm(&state, next)
            return passed
        }
        for continuation in passed { continuation.resume() }
    }

    /// Sets the timer, unless one fires before: whoever is first now may cost less than who was when it was set.
    private func arm(_ state: inout State, _ next: Moment?) {
        guard let next else { return }
        if let timer = state.timer {
            guard next < timer.due else { return }
            timer.cancel()
        }
        state.timer = (next, scheduler.schedule(at: next) { [weak self] in self?.pump(isTimer: true) })
    }
}
