import Synchronization

/// The answer of somebody who may never give one, such as a database that hangs: who asks for it while it is under way waits
/// for the same.
package final class SharedAnswer<Value: Sendable>: Sendable {
    private struct State {
        var isUnderWay = false
        var comers = 0
        var waiting: [Int: CheckedContinuation<Value?, Never>] = [:]
    }

    private let patience: @Sendable () async -> Void
    private let state = Mutex(State())

    /// An answer that nobody waits for any longer than `patience` takes to return.
    package init(patience: @escaping @Sendable () async -> Void) { self.patience = patience }

    /// What `ask` returns, or what the question under way does; `nil` also where that takes too long.
    package func value(_ ask: @escaping @Sendable () async -> Value?) async -> Value? {
        await withCheckedContinuation { waiting in
            let (number, isFirst) = state.withLock { state in
                defer { state.isUnderWay = true }
                state.comers += 1
                state.waiting[state.comers] = waiting
                return (state.comers, !state.isUnderWay)
            }
            // Not parts of this task: a question that hangs cannot be taken back, and whoever asks would hang with it.
            if isFirst { Task { answer(await ask()) } }
            Task {
                await patience()
                giveUp(number)
            }
        }
    }

    private func answer(_ value: Value?) {
        let waiting = state.withLock { state in
            defer { (state.isUnderWay, state.waiting) = (false, [:]) }
            return state.waiting.values
        }
        for one in waiting { one.resume(returning: value) }
    }

    private func giveUp(_ number: Int) {
        state.withLock { $0.waiting.removeValue(forKey: number) }?.resume(returning: nil)
    }
}
