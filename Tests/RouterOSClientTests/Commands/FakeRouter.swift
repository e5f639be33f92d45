import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSClient

/// A router in memory that has tables and nothing else, for what typed verbs send and make of the answers.
final class FakeRouter: RouterOSCommands {
    typealias Row = [String: String]

    /// What becomes of one command.
    enum Fate {
        /// It is carried out and answered.
        case ordinary
        /// It is carried out, and the answer is lost.
        case unanswered
        /// It gets lost on the way.
        case lost
        /// It is answered with these rows and this result.
        case answered([Row], returning: String? = nil)
        /// It is refused.
        case refused(RouterOSError.Code)
        /// Somebody else adds a row first.
        case overtaken(by: Row)
        /// Somebody else removes the row with this id first.
        case preceded(byRemovalOf: String)
    }

    let endpoint = "router.test:8728"
    private let received = Recorder<Command>()
    private let tables: Mutex<[String: [Row]]>
    private let nextID = Mutex(0x100)
    private let fate: @Sendable (Command) -> Fate

    init(_ tables: [String: [Row]] = [:], fate: @escaping @Sendable (Command) -> Fate = { _ in .ordinary }) {
        self.tables = Mutex(tables)
        self.fate = fate
    }

    /// What was sent, each command on one line, without proplists.
    var commands: [String] {
        received.all.map { command in
            let attributes = command.attributes.all.filter { $0.name != ".proplist" }
            return ([command.path] + attributes.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
        }
    }

    /// What was sent and changes something.
    var changes: [String] { commands.filter { !$0.contains("/print") } }

    func rows(_ menu: String) -> [Row] { tables.withLock { $0[menu] ?? [] } }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        received.note(command)
        switch fate(command) {
        case .ordinary: return try carryOut(command)
        case .unanswered:
            _ = try carryOut(command)
            throw RouterOSError(.deadlineExceeded, "no answer")
        case .lost: throw RouterOSError(.deadlineExceeded, "no answer")
        case .refused(let code): throw RouterOSError(code, "refused", isSafeToRetry: true)
        case .answered(let rows, let result):
            return Answer(rows: try rows.map { try .row($0.map { ($0.key, $0.value) }) }, returned: result)
        case .overtaken(let row):
            let menu = String(command.path.dropLast("/add".count))
            tables.withLock { $0[menu, default: []].append(row) }
            throw RouterOSError(.duplicate, "already have such item", isSafeToRetry: true)
        case .preceded(let id):
            let menu = "/" + command.path.split(separator: "/").dropLast().joined(separator: "/")
            tables.withLock { $0[menu]?.removeAll { $0[".id"] == id } }
            return try carryOut(command)
        }
    }

    nonisolated func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { CollectedRows(try await self.run(command, deadline: deadline).rows) }
    }

    private func carryOut(_ command: Command) throws -> Answer {
        let parts = command.path.split(separator: "/")
        let menu = "/" + parts.dropLast().joined(separator: "/")
        guard let verb = parts.last, var table = tables.withLock({ $0[menu] }) else {
            throw RouterOSError(.noSuchCommand, "no such command", isSafeToRetry: true)
        }
        let ids = command.attributes[".id"]?.split(separator: ",").map(String.init) ?? []
        let changes = Row(command.attributes.all.filter { $0.name != ".id" }.map { ($0.name, $0.value) }) { $1 }
        guard ids.allSatisfy({ id in table.contains { $0[".id"] == id } }) else {
            throw RouterOSError(.noSuchItem, "no such item", isSafeToRetry: true)
        }
        var answer = Answer(rows: [], returned: nil)
        switch verb {
        case "print":
            let found = table.filter { row in command.query?.matches { Self.holds($0, row) } ?? true }
            if changes["count-only"] != nil { return Answer(rows: [], returned: "\(found.count)") }
            return Answer(rows: try found.map { try .row($0.map { ($0.key, $0.value) }) }, returned: nil)
        case "add":
            let id = nextID.withLock { next in
                next += 1
                return "*" + String(next, radix: 16, uppercase: true)
            }
            table.append(changes.merging([".id": id]) { $1 })
            answer = Answer(rows: [], returned: id)
        case "remove": table.removeAll { ids.contains($0[".id"] ?? "") }
        case "set", "enable", "disable":
            let changes = verb == "set" ? changes : ["disabled": verb == "disable" ? "true" : "false"]
            table = table.map { row in
                ids.isEmpty || ids.contains(row[".id"] ?? "") ? row.merging(changes) { $1 } : row
            }
        default: throw RouterOSError(.noSuchCommand, "no such command", isSafeToRetry: true)
        }
        tables.withLock { $0[menu] = table }
        return answer
    }

    private static func holds(_ condition: Query.Condition, _ row: Row) -> Bool {
        let value = row[condition.name]
        switch condition.comparison {
        case .present: return value != nil
        case .absent: return value == nil
        case .equal: return value.map { $0.utf8.elementsEqual(condition.value) } ?? false
        case .less, .greater: return false
        }
    }
}
