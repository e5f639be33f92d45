public import RouterOSProtocol

/// The rows of one command's answer, as they come.
///
/// Each iteration sends the command anew. Leaving the loop ends the command on the router.
///
/// No row is ever dropped, and rows do not pile up behind a reader that is slow: see
/// ``ConnectionConfiguration/streamBuffer`` for the rule.
public struct AnswerStream: AsyncSequence, Sendable {
    private let open: @Sendable () async throws -> any AnswerSource

    package init(_ open: @escaping @Sendable () async throws -> any AnswerSource) { self.open = open }

    /// Begins the command, and where its rows come from.
    package func source() async throws -> any AnswerSource { try await open() }

    /// Begins an iteration; the command is sent with the first call of ``Iterator/next(isolation:)``.
    public func makeAsyncIterator() -> Iterator { Iterator(open) }

    /// Steps through the rows.
    public struct Iterator: AsyncIteratorProtocol {
        private let open: @Sendable () async throws -> any AnswerSource
        private var source: (any AnswerSource)?
        private var rows: [Sentence] = []
        private var position = 0
        private var isOver = false

        init(_ open: @escaping @Sendable () async throws -> any AnswerSource) { self.open = open }

        /// The next row, or nil after the last.
        ///
        /// - Throws: ``RouterOSError``, or `CancellationError` when the task is cancelled. Nothing comes after an error.
        public mutating func next(isolation: isolated (any Actor)? = #isolation) async throws -> Sentence? {
            if position == rows.count {
                guard try await refill(isolation) else { return nil }
            }
            defer { position += 1 }
            return rows[position]
        }

        /// As ``next(isolation:)``.
        public mutating func next() async throws -> Sentence? { try await next(isolation: nil) }

        /// Takes the rows that have come; false when there are no more.
        private mutating func refill(_ isolation: isolated (any Actor)?) async throws -> Bool {
            guard !isOver else { return false }
            // Let go of before waiting: the rows that were read need not stay in memory meanwhile.
            (rows, position) = ([], 0)
            // Over until told otherwise: after an error nothing comes.
            isOver = true
            let source: any AnswerSource
            // Taken out, so that after an error or the end nothing holds it any more.
            if let opened = self.source.take() { source = opened } else { source = try await open() }
            rows = try await source.next()
            isOver = rows.isEmpty
            if !isOver { self.source = source }
            return !isOver
        }
    }
}
