import RouterOSProtocol
import Synchronization

/// The rows of a stream between the connection that receives them and the task that reads them.
final class RowBuffer: Sendable {
    private struct State {
        var rows: [Sentence] = []
        var bytes = 0
        /// How it ended; what is in `rows` still comes first.
        var end: Result<Void, any Error>?
        var reader: CheckedContinuation<[Sentence], any Error>?
        /// Whether the connection waits to hear that the reader has caught up.
        var isFull = false
    }

    private let state = Mutex(State())
    /// Above so many bytes, as they came over the wire, the reader counts as slow.
    private let capacity: Int
    /// Called when a slow reader has caught up.
    private let caughtUp: @Sendable () -> Void

    init(capacity: Int, caughtUp: @escaping @Sendable () -> Void) {
        self.capacity = capacity
        self.caughtUp = caughtUp
    }

    /// The bytes, as they came over the wire, of rows nobody has read.
    var bytes: Int { state.withLock { $0.bytes } }

    /// Hands over rows; whether the reader is slow.
    func deliver(_ rows: [Sentence], bytes: Int) -> Bool {
        let (reader, isFull) = state.withLock { state -> (CheckedContinuation<[Sentence], any Error>?, Bool) in
            guard state.end == nil else { return (nil, false) }
            if let reader = state.reader {
                state.reader = nil
                return (reader, false)
            }
            if state.rows.isEmpty { state.rows = rows } else { state.rows += rows }
            state.bytes += bytes
            state.isFull = state.bytes > capacity
            return (nil, state.isFull)
        }
        reader?.resume(returning: rows)
        return isFull
    }

    /// Ends the stream, once.
    func finish(_ end: Result<Void, any Error>) {
        let reader = state.withLock { state -> CheckedContinuation<[Sentence], any Error>? in
            guard state.end == nil else { return nil }
            state.end = end
            defer { state.reader = nil }
            return state.reader
        }
        reader?.resume(with: end.map { [] })
    }

    /// All rows that have come, after waiting for one; none at the end.
    func take() async throws -> [Sentence] {
        try await withCheckedThrowingContinuation { continuation in
            let (result, wasFull) = state.withLock { state -> (Result<[Sentence], any Error>?, Bool) in
                guard state.rows.isEmpty else {
                    defer { (state.rows, state.bytes, state.isFull) = ([], 0, false) }
                    return (.success(state.rows), state.isFull)
                }
                if state.end == nil { state.reader = continuation }
                return (state.end?.map { [] }, false)
            }
            if wasFull { caughtUp() }
            if let result { continuation.resume(with: result) }
        }
    }
}
