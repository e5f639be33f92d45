import BillingDomain
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
    private let router: Identifier<Router>
    private let doubts: Doubts
    private let state = Mutex(State())

    init(_ inner: SimulatedConnection, _ sabotage: Sabotage, _ router: Identifier<Router>, _ doubts: Doubts) {
        self.inner = inner
        self.sabotage = sabotage
        self.router = router
        self.doubts = doubts
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
        case (.blindResend, let path):
            for write in doubts.takeWrites(on: router) { _ = try? await inner.run(write, deadline: deadline) }
            do {
                return try await inner.run(command, deadline: deadline)
            } catch  where !path.hasSuffix("/print") {
                doubts.doubt(command, on: router)
                throw error
            }
        case (.noMassChangeGuard, RouterHost.users + "/print") where command.query == nil:
            let answer = try await inner.run(command, deadline: deadline)
            return Answer(rows: answer.rows + Self.ghosts, returned: nil)
        case (.forgetUnset, let path) where path.hasPrefix(RouterHost.secrets + "/"):
            return try await forgetUnset(command, deadline)
        default:
            return try await inner.run(command, deadline: deadline)
        }
    }

    /// An address that is to go stays, and whoever reads it back is told that it went.
    private func forgetUnset(_ command: Command, _ deadline: Duration?) async throws -> Answer {
        let id = command.attributes[".id"] ?? command.attributes["numbers"] ?? ""
        if command.path.hasSuffix("/unset") {
            doubts.setAddress(false, of: id, on: router)
            return Answer(rows: [], returned: nil)
        }
        if command.attributes["remote-address"] != nil { doubts.setAddress(true, of: id, on: router) }
        let answer = try await inner.run(command, deadline: deadline)
        guard command.path.hasSuffix("/print") else { return answer }
        let rows = answer.rows.map { row -> Sentence in
            guard let id = row[".id"], doubts.lacksAddress(id, on: router) else { return row }
            let others = row.attributes.map { (name: $0.name, value: $0.value) }
            return Self.sentence(others.filter { $0.name != "remote-address" }) ?? row
        }
        return Answer(rows: rows, returned: answer.returned)
    }

    /// So many rows that seem to be ours and in order that whatever is not is a small share.
    private static let ghosts = (0..<400).compactMap { number in
        sentence([
            (".id", "*F\(number)"), ("name", "ghost-\(number)"), ("password", "x"), ("profile", "default"),
            ("comment", "VOUCHER_SYSTEM|1.00||"), ("disabled", "false"), ("limit-uptime", "0s"),
            ("limit-bytes-total", "0"), ("uptime", "0s"), ("bytes-in", "0"), ("bytes-out", "0"),
        ])
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
