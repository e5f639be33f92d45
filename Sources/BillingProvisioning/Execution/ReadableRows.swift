import RouterOSClient
import RouterOSProtocol

/// The rows of a router that could be read, and the names of those that could not.
///
/// A row of another shape than documented is somebody's, and must not stop the work for all others.
struct ReadableRows<Row: RouterOSRow & Sendable>: Sendable {
    let rows: [Row]
    /// The names of rows that cannot be read, with what is wrong about them; one without a name is nobody's.
    let unreadable: [String: String]

    /// Reads rows out of an answer.
    init(_ answer: [Sentence]) {
        var rows: [Row] = []
        var unreadable: [String: String] = [:]
        rows.reserveCapacity(answer.count)
        for sentence in answer {
            do {
                rows.append(try Row(sentence))
            } catch {
                guard let name = sentence["name"] else { continue }
                unreadable[name] = "Its row in \(Row.menu) cannot be read. Look at it there and put it right."
            }
        }
        self.rows = rows
        self.unreadable = unreadable
    }
}

extension RouterOSCommands {
    /// The rows of a menu that answer a query, in one piece.
    func readableRows<Row: RouterOSRow>(_: Row.Type, where query: Query?) async throws -> ReadableRows<Row> {
        ReadableRows(try await run(.print(Row.menu, properties: Row.properties, where: query)).rows)
    }
}
