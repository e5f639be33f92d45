import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import Testing

#if SwiftLog
import Logging
#endif

/// Everything that can be known from outside, in success and in every failure that can be provoked.
@Suite("Passwords and other secrets, observed")
struct ObserverCanaryTests {
    private static let canary = "canary-7Q"

    /// What goes wrong on the way.
    enum Mishap: String, CaseIterable, CustomTestStringConvertible {
        case none, wrongPassword, echoingTrap, echoingFatal, loginEcho, deadline, lostConnection, malformedRow
        case tooManyRows, nonsense, refused, cancelled

        var testDescription: String { rawValue }
    }

    @Test("are in no event, log line, metric or error", .timeLimit(.minutes(1)), arguments: Mishap.allCases)
    func observed(mishap: Mishap) async throws {
        let recorder = EventRecorder()
        let metrics = ClientMetrics()
        let log = LogLines()
        #if SwiftLog
        let observer = ObserverGroup(recorder, metrics, SwiftLogObserver(log.logger))
        #else
        let observer = ObserverGroup(recorder, metrics)
        #endif
        let configuration = ConnectionConfiguration(
            requestTimeout: mishap == .deadline ? .milliseconds(1) : .seconds(10),
            maximumRows: mishap == .tooManyRows ? 1 : 100,
            observer: observer
        )
        var traces = await provoke(mishap, configuration)
        #expect(mishap == .none || !traces.isEmpty, "nothing went wrong")
        for event in recorder.events { traces.append(trace(event)) }
        traces += [metrics.prometheusText, trace(metrics), trace(metrics.figures), trace(configuration)] + log.lines
        #expect(!recorder.events.isEmpty)
        #if SwiftLog
        #expect(!log.lines.isEmpty)
        #endif
        for trace in traces { #expect(!trace.contains(Self.canary), "\(trace)") }
    }

    /// Runs commands full of secrets; what they leave behind as errors.
    private func provoke(_ mishap: Mishap, _ configuration: ConnectionConfiguration) async -> [String] {
        var traces: [String] = []
        do {
            if mishap == .wrongPassword {
                let simulator = RouterOSSimulator(credentials: .user("api", password: "another"))
                let port = try simulator.listen()
                defer { simulator.stop() }
                try await use(port, configuration, mishap)
            } else {
                let router = try router(mishap)
                defer { router.stop() }
                if mishap == .refused { router.stop() }
                let drop = Task {
                    guard mishap == .lostConnection else { return }
                    while !router.paths.contains("/ppp/secret/add") { await Task.yield() }
                    router.dropConnections()
                }
                defer { drop.cancel() }
                try await use(router.port, configuration, mishap)
            }
        } catch {
            traces.append(trace(error))
        }
        return traces
    }

    private func use(_ port: UInt16, _ configuration: ConnectionConfiguration, _ mishap: Mishap) async throws {
        let credentials = Credentials.user("api", password: Self.canary)
        try await RouterOSConnection.with("127.0.0.1", port: port, as: credentials, configuration: configuration) {
            router in
            var command = Command("/ppp/secret/add") {
                $0["name"] = "joe"
                $0["password"] = Self.canary
            }
            command.query = .equal("password", Self.canary)
            let task = Task { [command] in try await router.run(command) }
            if mishap == .cancelled { task.cancel() }
            _ = try await task.value
            _ = try await router.print(PPPSecret.self, where: RowQuery(.equal("password", Self.canary))).collect()
        }
    }

    private func router(_ mishap: Mishap) throws -> ScriptedRouter {
        var greeting = mishap == .nonsense ? Array("HTTP/1.1 400 \(Self.canary)\r\n".utf8) : []
        if mishap == .loginEcho {
            var encoder = SentenceEncoder()
            encoder.append(Reply(.trap, tag: Array("1".utf8)) { $0["message"] = "no user with \(Self.canary)" })
            encoder.append(Reply(.done, tag: Array("1".utf8)))
            greeting = encoder.take()
        }
        return try ScriptedRouter(greeting: greeting) { command in
            switch mishap {
            case .echoingTrap:
                return [Reply(.trap) { $0["message"] = "invalid value \(Self.canary) for password" }, Reply(.done)]
            case .echoingFatal: return [Reply(.fatal, reason: "no place for \(Self.canary) here")]
            case .deadline, .lostConnection: return []
            case .malformedRow where command.name == "/ppp/secret/print":
                // No name, which every row of the menu has; and secrets where none should be.
                let row = Reply(.row) {
                    $0["password"] = Self.canary
                    $0["disabled"] = "perhaps"
                }
                return [row, Reply(.done)]
            case .tooManyRows:
                return Array(repeating: Reply(.row) { $0["password"] = Self.canary }, count: 3) + [Reply(.done)]
            default:
                let row = Reply(.row) {
                    $0[".id"] = "*1"
                    $0["name"] = "joe"
                    $0["password"] = Self.canary
                }
                return command.name.hasSuffix("/print") ? [row, Reply(.done)] : [Reply(.done) { $0["ret"] = "*1" }]
            }
        }
    }

    /// Everything that a log, a debugger or a crash report might make of a value.
    private func trace(_ value: some Any) -> String {
        var dumped = ""
        dump(value, to: &dumped)
        return "\(value) \(String(reflecting: value)) \(dumped)"
    }
}
