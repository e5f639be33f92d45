public import RouterOSProtocol

/// The rows of one answer, typed, in the router's order, as they come.
///
/// Each iteration sends the command anew.
public struct RowSequence<Row: RouterOSReadable>: AsyncSequence, Sendable {
    private let answer: AnswerStream

    init(_ answer: AnswerStream) { self.answer = answer }

    /// Sends the command with the first call of ``Iterator/next(isolation:)``.
    public func makeAsyncIterator() -> Iterator { Iterator(answer.makeAsyncIterator()) }

    /// All rows at once.
    ///
    /// - Parameter limit: the most rows to take in.
    /// - Returns: the rows in the router's order.
    /// - Throws: ``RouterOSError``, `limitExceeded` when there are more than `limit`.
    public func collect(limit: Int = 1_000_000) async throws -> [Row] {
        var rows: [Row] = []
        for try await row in self {
            guard rows.count < limit else { throw RouterOSError.tooManyRows(limit) }
            rows.append(row)
        }
        return rows
    }

    /// Steps through the rows of one answer.
    public struct Iterator: AsyncIteratorProtocol {
        private var answer: AnswerStream.Iterator

        init(_ answer: AnswerStream.Iterator) { self.answer = answer }

        /// The next row, or nil after the last.
        ///
        /// - Throws: ``RouterOSError``; one with code `malformedRow` concerns that row only.
        public mutating func next(isolation: isolated (any Actor)? = #isolation) async throws -> Row? {
            guard let sentence = try await answer.next(isolation: isolation) else { return nil }
            return try Row(sentence)
        }

        /// As ``next(isolation:)``.
        public mutating func next() async throws -> Row? { try await next(isolation: nil) }
    }
}
