private import Synchronization

/// Lends readers out, one to each that asks; who finds none free waits in line.
final class ReaderPool: Sendable {
    private struct State {
        var free: [Database]
        var line: [CheckedContinuation<Database, Never>] = []
        /// Where the line begins; what stands before it has been served.
        var head = 0
    }

    let readers: [Database]
    private let state: Mutex<State>

    init(_ count: Int) {
        readers = (1...count).map { Database(label: "routeros-billing.sqlite.reader-\($0)") }
        state = Mutex(State(free: readers))
    }

    /// Lends a reader's connection.
    func run<Result: Sendable>(_ body: @Sendable (Connection) throws -> Result) async throws -> Result {
        let reader = await borrow()
        defer { giveBack(reader) }
        return try await reader.run(body)
    }

    /// Closes every reader behind what it is doing; who waits in line is told so by the one he gets.
    func close() async {
        for reader in readers { await reader.close() }
    }

    private func borrow() async -> Database {
        await withCheckedContinuation { continuation in
            let reader: Database? = state.withLock { state in
                if let reader = state.free.popLast() { return reader }
                state.line.append(continuation)
                return nil
            }
            if let reader { continuation.resume(returning: reader) }
        }
    }

    private func giveBack(_ reader: Database) {
        let next: CheckedContinuation<Database, Never>? = state.withLock { state in
            guard state.head < state.line.count else {
                state.line = []
                state.head = 0
                state.free.append(reader)
                return nil
            }
            defer { state.head += 1 }
            if state.head > 1_000 {
                state.line.removeFirst(state.head)
                state.head = 0
            }
            return state.line[state.head]
        }
        next?.resume(returning: reader)
    }
}
