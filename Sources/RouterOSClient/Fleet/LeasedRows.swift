import ConnectionPool
import RouterOSProtocol
import Synchronization

/// Rows that come over a leased connection, which is given back after the last one or when nobody reads on.
final class LeasedRows: AnswerSource {
    private struct State {
        var first: [Sentence]
        var source: (any AnswerSource)?
        var lease: PoolLease<RouterOSConnection>?
    }

    private let state: Mutex<State>

    init(_ first: [Sentence], _ source: any AnswerSource, _ lease: PoolLease<RouterOSConnection>) {
        state = Mutex(State(first: first, source: source, lease: lease))
        if first.isEmpty { finish(isClean: true) }
    }

    deinit { finish(isClean: true) }

    func next() async throws -> [Sentence] {
        let (first, source) = state.withLock { state in
            defer { state.first = [] }
            return (state.first, state.source)
        }
        guard first.isEmpty, let source else { return first }
        do {
            let rows = try await source.next()
            if rows.isEmpty { finish(isClean: true) }
            return rows
        } catch {
            finish(isClean: (error as? RouterOSError)?.leavesConnectionUsable ?? true)
            throw error
        }
    }

    /// Ends the command, and gives the connection back, once.
    private func finish(isClean: Bool) {
        let lease = state.withLock { state in
            defer { (state.source, state.lease) = (nil, nil) }
            return state.lease
        }
        lease?.release(isClean: isClean)
    }
}
