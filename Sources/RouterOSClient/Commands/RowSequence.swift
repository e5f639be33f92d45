public import RouterOSProtocol

/// The rows of one print, typed, in the router's order.
///
/// Each iteration sends the command anew. The answer is held as the bytes that came; a row becomes a Swift value when it
/// is reached.
public struct RowSequence<Row: RouterOSRow>: AsyncSequence, Sendable {
    let connection: RouterOSConnection
    let command: Command

    /// Starts a print.
    public func makeAsyncIterator() -> Iterator { Iterator(connection: connection, command: command) }

    /// All rows at once.
    public func collect() async throws -> [Row] {
        try await connection.run(command).rows.map { try Row($0) }
    }

    /// Steps through the rows of one print.
    public struct Iterator: AsyncIteratorProtocol {
        let connection: RouterOSConnection
        let command: Command
        private var rows: [Sentence]?
        private var position = 0

        init(connection: RouterOSConnection, command: Command) {
            self.connection = connection
            self.command = command
        }

        /// The next row, or nil after the last.
        ///
        /// - Throws: ``RouterOSError``; one with code `malformedRow` concerns that row only.
        public mutating func next() async throws -> Row? {
            let rows = try await fetched()
            guard position < rows.count else { return nil }
            defer { position += 1 }
            return try Row(rows[position])
        }

        private mutating func fetched() async throws -> [Sentence] {
            if let rows { return rows }
            let fetched = try await connection.run(command).rows
            rows = fetched
            return fetched
        }
    }
}
