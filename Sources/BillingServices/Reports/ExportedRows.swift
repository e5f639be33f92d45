import BillingDomain
import BillingPersistence

/// The rows of an export, read some at a time as they are asked for: memory does not grow with their number, and no
/// transaction is held open for a slow reader.
///
/// Rows that come into being meanwhile may be among them or not; none is left out or told twice. Errors are
/// ``BillingError``.
public struct ExportedRows: AsyncSequence, Sendable {
    /// What is exported.
    public let list: ExportedList
    let session: BillingSession

    /// Begins at the first row.
    public func makeAsyncIterator() -> Iterator { Iterator(list: list, session: session) }

    /// Goes from row to row.
    public struct Iterator: AsyncIteratorProtocol {
        private let list: ExportedList
        private let session: BillingSession
        private var rows: ArraySlice<[ExportedCell]> = []
        private var place: PageCursor?
        private var isOver = false

        init(list: ExportedList, session: BillingSession) {
            self.list = list
            self.session = session
        }

        /// The next row, a cell for every header; `nil` after the last.
        public mutating func next() async throws -> [ExportedCell]? {
            try await next(isolation: nil)
        }

        /// The next row, a cell for every header; `nil` after the last.
        public mutating func next(isolation: isolated (any Swift.Actor)?) async throws -> [ExportedCell]? {
            while rows.isEmpty, !isOver {
                let (list, request) = (list, PageRequest(after: place, size: 500))
                let page = try await session.read(.exportData) { [session] in
                    try list.export.rows(request, session, $0)
                }
                rows = page.items[...]
                place = page.next
                isOver = page.next == nil
            }
            return rows.popFirst()
        }
    }
}
