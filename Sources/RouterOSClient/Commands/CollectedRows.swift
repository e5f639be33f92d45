package import RouterOSProtocol
import Synchronization

/// Rows that are all there already.
package final class CollectedRows: AnswerSource {
    private let rows: Mutex<[Sentence]>

    package init(_ rows: [Sentence]) { self.rows = Mutex(rows) }

    package func next() async throws -> [Sentence] {
        rows.withLock { rows in
            defer { rows = [] }
            return rows
        }
    }
}
