import RouterOSClient
import RouterOSProtocol
import Synchronization

/// A connection that does not tell the truth.
final class SabotagedCommands: RouterOSCommands {
    private typealias Row = [(name: String, value: String)]

    private struct State {
        var sessions: [Sentence]?
        /// The rows as they would be if every write had worked.
        var believed: [Row] = []
        /// Whether something was written since the rows were read.
        var hasWritten = false
    }

    private let inner: SimulatedConnection
    private let sabotage: Sabotage
    private let state = Mutex(State())

    init(_ inner: SimulatedConnection, _ sabotage: Sabotage) {
        self.inner = inner
        self.sabotage = sabotage
    }

    var endpoint: String { inner.endpoint }

    func stream(_ command: Command, deadline: Duration?) -> AnswerStream {
        AnswerStream { CollectedRows(try await self.run(command, deadline: deadline).rows) }
    }

    func run(_ command: Command, deadline: Duration?) async throws -> Answer {
        switch (sabotage, command.path) {
        case (.trustWrites, let path) where path.hasPrefix(RouterHost.users + "/"):
            return try await believe(command, deadline)
        case (.keepSessions, "/ip/hotspot/active/remove"):
            return Answer(rows: [], returned: nil)
        case (.keepSessions, "/ip/hotspot/active/print") where command.query != nil:
            return Answer(rows: [], returned: nil)
        case (.staleSessions, "/ip/hotspot/active/print") where command.query == nil:
            if let known = state.withLock({ $0.sessions }) { return Answer(rows: known, returned: nil) }
            let answer = try await inner.run(command, deadline: deadline)
            state.withLock { $0.sessions = answer.rows }
            return answer
        case (.claimForeignRows, RouterHost.users + "/print"):
            let answer = try await inner.run(command, deadline: deadline)
            return Answer(rows: answer.rows.map(Self.claimed), returned: nil)
        default:
            return try await inner.run(command, deadline: deadline)
        }
    }

    private func believe(_ command: Command, _ deadline: Duration?) async throws -> Answer {
        guard command.path.hasSuffix("/print") else {
            state.withLock { Self.apply(command, to: &$0.believed) }
            state.withLock { $0.hasWritten = true }
            // Whether it was done is not asked.
            _ = try? await inner.run(command, deadline: deadline)
            return Answer(rows: [], returned: "*FFFF")
        }
        let imagined = state.withLock { state -> [Row]? in
            defer { state.hasWritten = false }
            return state.hasWritten ? state.believed : nil
        }
        if let imagined { return Answer(rows: imagined.compactMap(Self.sentence), returned: nil) }
        let answer = try await inner.run(command, deadline: deadline)
        let rows = answer.rows.map { $0.attributes.map { (name: $0.name, value: $0.value) } }
        state.withLock { $0.believed = rows }
        return answer
    }

    private static func apply(_ command: Command, to rows: inout [Row]) {
        let attributes = command.attributes.all.map { (name: $0.name, value: $0.value) }
        let id = attributes.first { $0.name == ".id" }?.value
        let place = rows.firstIndex { row in row.contains { $0.name == ".id" && $0.value == id } }
        switch command.path {
        case RouterHost.users + "/add": rows.append([(name: ".id", value: "*FFFF")] + attributes)
        case RouterHost.users + "/remove": if let place { rows.remove(at: place) }
        default:
            guard let place else { return }
            rows[place].removeAll { old in attributes.contains { $0.name == old.name } }
            rows[place] += attributes
        }
    }

    private static func claimed(_ row: Sentence) -> Sentence {
        let others = row.attributes.map { (name: $0.name, value: $0.value) }.filter { $0.name != "comment" }
        return sentence(others + [(name: "comment", value: "VOUCHER_SYSTEM|1.00||")]) ?? row
    }

    private static func sentence(_ row: Row) -> Sentence? {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row) { for (name, value) in row { $0[name] = value } })
        var decoder = SentenceDecoder()
        decoder.feed(encoder.bytes)
        return try? decoder.next()
    }
}
