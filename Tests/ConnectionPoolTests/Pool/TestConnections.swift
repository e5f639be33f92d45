import ConnectionPool
import Synchronization

/// Connections that are numbers, opened when the test says so, or at once.
final class TestConnections: Sendable {
    struct Failure: Error, Hashable {
        var isPermanent = false
    }

    private struct State {
        var last = 0
        var open: Set<Int> = []
        var everClosedTwice = false
        var most = 0
        var attempts: [CheckedContinuation<Void, any Error>] = []
        var awaiting: [CheckedContinuation<Void, Never>] = []
        var isHeld = false
        var watchers: [Int: @Sendable () -> Void] = [:]
        var ended: Set<Int> = []
        var watching: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    init(isHeld: Bool = false) { state.withLock { $0.isHeld = isHeld } }

    var open: Set<Int> { state.withLock { $0.open } }
    /// The most that were open at a time.
    var most: Int { state.withLock { $0.most } }
    /// How many were ever opened.
    var opened: Int { state.withLock { $0.last } }
    var everClosedTwice: Bool { state.withLock { $0.everClosedTwice } }

    func driver(_ change: (inout PoolDriver<Int>) -> Void = { _ in }) -> PoolDriver<Int> {
        var driver = PoolDriver(connect: { try await self.connect() }, close: { self.close($0) })
        driver.watch = { connection, ended in self.watch(connection, ended) }
        driver.isPermanent = { ($0 as? Failure)?.isPermanent ?? false }
        change(&driver)
        return driver
    }

    private func connect() async throws -> Int {
        if state.withLock({ $0.isHeld }) {
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    let awaiting = state.withLock { state in
                        state.attempts.append(continuation)
                        defer { state.awaiting = [] }
                        return state.awaiting
                    }
                    for waiter in awaiting { waiter.resume() }
                }
            } onCancel: {
                finishAttempts(.failure(CancellationError()))
            }
        }
        return state.withLock { state in
            state.last += 1
            state.open.insert(state.last)
            state.most = max(state.most, state.open.count)
            return state.last
        }
    }

    private func close(_ connection: Int) {
        state.withLock { state in
            if state.open.remove(connection) == nil, !state.ended.contains(connection) { state.everClosedTwice = true }
        }
    }

    private func watch(_ connection: Int, _ ended: @escaping @Sendable () -> Void) {
        let (isOver, watching) = state.withLock { state in
            if !state.ended.contains(connection) { state.watchers[connection] = ended }
            return (state.ended.contains(connection), state.watching.removeValue(forKey: connection))
        }
        watching?.resume()
        if isOver { ended() }
    }

    /// Waits until the pool watches a connection.
    func watched(_ connection: Int) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.watchers[connection] == nil { state.watching[connection] = continuation }
                return state.watchers[connection] != nil
            }
            if isThere { continuation.resume() }
        }
    }

    /// Lets a connection end by itself.
    func end(_ connection: Int) {
        let watcher = state.withLock { state in
            state.open.remove(connection)
            state.ended.insert(connection)
            return state.watchers.removeValue(forKey: connection)
        }
        watcher?()
    }

    /// Waits until somebody is connecting.
    func attempt() async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.attempts.isEmpty { state.awaiting.append(continuation) }
                return !state.attempts.isEmpty
            }
            if isThere { continuation.resume() }
        }
    }

    /// Ends every attempt that is under way.
    func finishAttempts(_ result: Result<Void, any Error>) {
        let attempts = state.withLock { state in
            defer { state.attempts = [] }
            return state.attempts
        }
        for attempt in attempts { attempt.resume(with: result) }
    }
}
