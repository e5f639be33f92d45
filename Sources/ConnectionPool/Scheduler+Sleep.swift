import Synchronization

extension Scheduler {
    /// Waits until `moment`.
    ///
    /// - Throws: `CancellationError` when the task is cancelled, at once.
    package func sleep(until moment: Moment) async throws {
        let sleeper = Sleeper()
        let cancel = schedule(at: moment) { sleeper.wake(.success(())) }
        defer { cancel() }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { sleeper.sleep($0) }
        } onCancel: {
            sleeper.wake(.failure(CancellationError()))
        }
    }
}

/// One who waits for the first of two events, which may come before it waits.
private final class Sleeper: Sendable {
    private enum State {
        case awake
        case asleep(CheckedContinuation<Void, any Error>)
        case woken(Result<Void, any Error>)
    }

    private let state = Mutex(State.awake)

    func sleep(_ continuation: CheckedContinuation<Void, any Error>) {
        let result = state.withLock { state -> Result<Void, any Error>? in
            if case .woken(let result) = state { return result }
            state = .asleep(continuation)
            return nil
        }
        if let result { continuation.resume(with: result) }
    }

    func wake(_ result: Result<Void, any Error>) {
        let continuation = state.withLock { state -> CheckedContinuation<Void, any Error>? in
            defer { if case .woken = state {} else { state = .woken(result) } }
            if case .asleep(let continuation) = state { return continuation }
            return nil
        }
        continuation?.resume(with: result)
    }
}
