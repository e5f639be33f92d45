import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

/// Everything that can be known from outside, in success and in every failure that can be provoked.
@Suite("Passwords and other secrets, observed", .timeLimit(.minutes(1)))
struct ObserverCanaryTests {
    private static let canary = CanaryTraces.canary

    /// What goes wrong on the way.
    enum Mishap: String, CaseIterable, CustomTestStringConvertible {
        case none, noSuchHost, refused, silentPort, nonsense
        case noTLS, otherCertificate, noAuthority
        case wrongPassword, loginEcho, loginFatal, loginChallenge, malformedChallenge, loginTimeout
        case invalidCommand, echoingTrap, echoingFatal, deadline, lostConnection, cancelled
        case malformedRow, tooManyRows, tooManyBytes

        var testDescription: String { rawValue }

        /// What it must come to, so that it is known to have happened.
        var code: RouterOSError.Code? {
            switch self {
            case .none, .cancelled: nil
            // On a busy machine the time may be up before.
            case .silentPort, .loginTimeout: nil
            case .noSuchHost: .nameResolution
            case .refused: .connectionRefused
            case .nonsense: .notRouterOS
            case .noTLS: .tlsFailed
            case .otherCertificate: .certificateChanged
            case .noAuthority: .certificateRejected
            case .wrongPassword, .loginEcho, .loginChallenge: .authentication
            case .malformedChallenge: .protocolViolation
            case .loginFatal, .echoingFatal: .fatal
            case .invalidCommand: .invalidCommand
            case .echoingTrap: .invalidValue
            case .deadline: .deadlineExceeded
            case .lostConnection: .connectionClosed
            case .malformedRow: .malformedRow
            case .tooManyRows, .tooManyBytes: .limitExceeded
            }
        }
    }

    @Test("are in no event, log line, metric or error", arguments: Mishap.allCases)
    func observed(mishap: Mishap) async throws {
        let traces = CanaryTraces()
        let isShort = mishap == .silentPort || mishap == .loginTimeout
        let configuration = ConnectionConfiguration(
            connectTimeout: isShort ? .milliseconds(200) : .seconds(10),
            requestTimeout: mishap == .deadline ? .milliseconds(1) : .seconds(10),
            loginMode: mishap == .malformedChallenge ? .plainWithLegacyFallback : .plain,
            maximumRows: mishap == .tooManyRows ? 1 : 100,
            maximumAnswerBytes: mishap == .tooManyBytes ? 8 : 1 << 20,
            observer: traces.observer
        )
        let failure = await provoke(mishap, configuration)
        #expect((mishap == .none) == (failure == nil), "\(String(describing: failure))")
        #expect((mishap == .cancelled) == (failure is CancellationError), "\(String(describing: failure))")
        if let code = mishap.code {
            #expect((failure as? RouterOSError)?.code == code, "\(String(describing: failure))")
        }
        #expect(traces.areComplete)
        for trace in traces.all + [trace(failure), trace(configuration)] {
            #expect(!trace.contains(Self.canary), "\(trace)")
        }
    }

    /// Runs commands full of secrets; what they fail with.
    private func provoke(_ mishap: Mishap, _ configuration: ConnectionConfiguration) async -> (any Error)? {
        do {
            switch mishap {
            case .noSuchHost:
                try await use("no such host", 8_728, .plaintext, configuration, mishap)
            case .wrongPassword:
                let simulator = RouterOSSimulator(credentials: .user("api", password: "another"))
                defer { simulator.stop() }
                try await use("127.0.0.1", simulator.listen(), .plaintext, configuration, mishap)
            case .otherCertificate, .noAuthority:
                let simulator = RouterOSSimulator(credentials: .user("api", password: Self.canary))
                defer { simulator.stop() }
                let port = try simulator.listen(tls: .selfSigned())
                let other = try SimulatorTLS.selfSigned().pin
                let trust = mishap == .noAuthority ? TLSTrust.systemRoots : other.map { .pinned($0) } ?? .systemRoots
                try await use("127.0.0.1", port, .tls(trust), configuration, mishap)
            default:
                let router = try router(mishap)
                defer { router.stop() }
                if mishap == .refused { router.stop() }
                let security = mishap == .noTLS ? ConnectionSecurity.tls(.systemRoots) : .plaintext
                let work = Task { try await use("127.0.0.1", router.port, security, configuration, mishap) }
                let disturbance = Task {
                    guard mishap == .lostConnection || mishap == .cancelled else { return }
                    // Not before the router has the command, nor after its answer: it gives none.
                    while !router.paths.contains("/ppp/secret/add") { try await Task.sleep(for: .milliseconds(1)) }
                    if mishap == .cancelled { work.cancel() } else { router.dropConnections() }
                }
                defer { disturbance.cancel() }
                try await work.value
            }
            return nil
        } catch {
            return error
        }
    }

    private func use(
        _ host: String,
        _ port: UInt16,
        _ security: ConnectionSecurity,
        _ configuration: ConnectionConfiguration,
        _ mishap: Mishap
    ) async throws {
        let credentials = Credentials.user("api", password: Self.canary)
        let endpoint = RouterEndpoint(host, port: port, security: security, as: credentials)
        try await RouterOSConnection.with(endpoint, configuration: configuration) { router in
            var command = Command(mishap == .invalidCommand ? "ppp/secret/add" : "/ppp/secret/add") {
                $0["name"] = "joe"
                $0["password"] = Self.canary
            }
            command.query = .equal("password", Self.canary)
            _ = try await router.run(command)
            _ = try await router.print(PPPSecret.self, where: RowQuery(.equal("password", Self.canary))).collect()
        }
    }

    /// What the router says to everything, in place of its answers.
    private func greeting(_ mishap: Mishap) -> [UInt8] {
        let tag = Array("1".utf8)
        var encoder = SentenceEncoder()
        switch mishap {
        case .nonsense, .noTLS: return Array("HTTP/1.1 400 \(Self.canary)\r\n".utf8)
        case .silentPort: return [0]
        // Of a router, and no answer to a login.
        case .loginTimeout: encoder.append(Reply(.row, tag: Array("9".utf8)) { $0["x"] = Self.canary })
        case .loginFatal: encoder.append(Reply(.fatal, reason: "no place for \(Self.canary) here"))
        case .loginChallenge, .malformedChallenge: encoder.append(Reply(.done, tag: tag) { $0["ret"] = Self.canary })
        case .loginEcho:
            encoder.append(Reply(.trap, tag: tag) { $0["message"] = "cannot log in with \(Self.canary)" })
            encoder.append(Reply(.done, tag: tag))
        default: break
        }
        return encoder.take()
    }

    private func router(_ mishap: Mishap) throws -> ScriptedRouter {
        try ScriptedRouter(greeting: greeting(mishap)) { command in
            switch mishap {
            case .echoingTrap:
                return [Reply(.trap) { $0["message"] = "invalid value \(Self.canary) for password" }, Reply(.done)]
            case .echoingFatal: return [Reply(.fatal, reason: "no place for \(Self.canary) here")]
            case .deadline, .lostConnection, .cancelled: return []
            case .malformedRow where command.name == "/ppp/secret/print":
                // No name, which every row of the menu has; and secrets where none should be.
                let row = Reply(.row) {
                    $0["password"] = Self.canary
                    $0["disabled"] = "perhaps"
                }
                return [row, Reply(.done)]
            case .tooManyRows, .tooManyBytes:
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
}
