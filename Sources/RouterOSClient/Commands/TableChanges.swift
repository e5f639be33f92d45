public import RouterOSProtocol

/// The changes of a table, typed, as they happen; ends only when the loop over it is left or the connection is lost.
///
/// No change is left out while the connection stands. After it was lost begin anew with ``RouterOSCommands/follow(_:)``,
/// which tells the whole table first: what changed meanwhile is told by nobody.
public struct TableChanges<Row: RouterOSRow>: AsyncSequence, Sendable {
    private let answer: AnswerStream

    init(_ answer: AnswerStream) { self.answer = answer }

    /// Begins to listen with the first call of ``Iterator/next(isolation:)``.
    public func makeAsyncIterator() -> Iterator { Iterator(answer.makeAsyncIterator()) }

    /// Steps through the changes.
    public struct Iterator: AsyncIteratorProtocol {
        private var answer: AnswerStream.Iterator

        init(_ answer: AnswerStream.Iterator) { self.answer = answer }

        /// The next change.
        ///
        /// - Throws: ``RouterOSError``; one with code `malformedRow` concerns that row only. `CancellationError` when the
        ///   task is cancelled.
        public mutating func next(
            isolation: isolated (any Actor)? = #isolation
        ) async throws -> TableChange<Row>? {
            while let sentence = try await answer.next(isolation: isolation) {
                switch RowChange(sentence) {
                case .set(let row): return .set(try Row(row))
                case .removed(let id): return .removed(id)
                // A removal that does not say of what tells nothing.
                case nil: continue
                }
            }
            return nil
        }

        /// As ``next(isolation:)``.
        public mutating func next() async throws -> TableChange<Row>? { try await next(isolation: nil) }
    }
}

extension RouterOSCommands {
    /// The changes of a menu's table from now on; the rows that are there already are not told.
    public nonisolated func listen<Row: RouterOSRow>(_ type: Row.Type = Row.self) -> TableChanges<Row> {
        TableChanges(
            stream(Command(Row.menu + "/listen") { $0[".proplist"] = Row.properties.joined(separator: ",") })
        )
    }

    /// The rows of a menu's table, each as `set`, and then its changes.
    public nonisolated func follow<Row: RouterOSRow>(_ type: Row.Type = Row.self) -> TableChanges<Row> {
        var command = Command.print(Row.menu, properties: Row.properties)
        command.attributes.flag("follow")
        return TableChanges(stream(command))
    }
}
