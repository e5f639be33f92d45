import RouterOSClient
import RouterOSProtocol
import RouterOSREST
import RouterOSTesting
import TestSupport
import Testing

private let canary = "canary-7Q"

/// Everything that can be known from outside, in success and in every failure that can be provoked.
@Suite("Passwords and other secrets over REST, observed", .timeLimit(.minutes(1)))
struct RESTCanaryTests {
    enum Mishap: String, CaseIterable, CustomTestStringConvertible {
        case none, unauthorised, echoingRefusal, echoingPage, redirect, cut, tooLong, tooManyRows, endedByRouter
        case refused, dropped, silent, noTLS, otherCertificate, noAuthority, rateLimited, leftAlone, endless, notText

        var testDescription: String { rawValue }

        /// What it must come to, so that it is known to have happened; nil when nothing goes wrong.
        var code: RouterOSError.Code? {
            switch self {
            case .none: nil
            case .unauthorised: .authentication
            case .echoingRefusal: .invalidValue
            case .echoingPage, .redirect: .notRouterOS
            case .cut, .dropped: .connectionClosed
            case .tooLong, .tooManyRows: .limitExceeded
            case .endedByRouter, .silent, .noTLS: .deadlineExceeded
            case .refused: .connectionRefused
            case .otherCertificate: .certificateChanged
            case .noAuthority: .certificateRejected
            case .rateLimited, .leftAlone: .unavailable
            case .endless, .notText: .invalidCommand
            }
        }

        var response: WebService.Response {
            switch self {
            case .unauthorised:
                .init(status: 401, body: Array(#"{"error":401,"message":"\#(canary)"}"#.utf8))
            case .echoingRefusal:
                .init(status: 400, body: Array(#"{"error":400,"detail":"invalid value \#(canary) for password"}"#.utf8))
            case .echoingPage: .init(body: Array("<html>\(canary)".utf8), headers: ["X-Echo: \(canary)"])
            case .redirect: .init(status: 302, headers: ["Location: http://api:\(canary)@127.0.0.1:1/\(canary)"])
            case .cut: .init(body: Array(#"[{"password":"\#(canary)"}]"#.utf8), isCut: true)
            case .tooLong: .init(body: Array("[".utf8) + [UInt8](repeating: 0x20, count: 2_000))
            case .tooManyRows: .init(body: Array(#"[{"password":"\#(canary)"},{}]"#.utf8))
            case .endedByRouter: .init(status: 400, body: Array(#"{"error":400,"detail":"Session closed"}"#.utf8))
            case .dropped: .init(isDropped: true)
            case .silent: .init(isSilent: true)
            default: .init(body: Array(#"[{"name":"joe","password":"\#(canary)"}]"#.utf8))
            }
        }
    }

    @Test("are in no event, metric or error", arguments: Mishap.allCases)
    func observed(mishap: Mishap) async throws {
        let events = EventRecorder()
        let metrics = ClientMetrics()
        var configuration = RESTConfiguration(
            maximumRows: mishap == .tooManyRows ? 1 : 100,
            maximumAnswerBytes: 1_000,
            retry: RetryPolicy(maximumAttempts: mishap == .leftAlone ? 1 : 2, baseDelay: .milliseconds(1)),
            rateLimit: mishap == .rateLimited ? .perMinute(1, burst: 1) : .unlimited,
            observer: ObserverGroup(events, metrics)
        )
        if mishap == .leftAlone {
            configuration.breaker = BreakerPolicy(failures: 1, span: .zero, pause: .seconds(3_600))
        }
        let router: RouterOSRESTClient
        let stop: () -> Void
        switch mishap {
        case .otherCertificate, .noAuthority:
            // What it says inside of TLS no longer matters.
            let simulator = RouterOSSimulator(credentials: .user("api", password: canary))
            stop = { simulator.stop() }
            let other = try #require(SimulatorTLS.selfSigned().pin)
            let trust = mishap == .noAuthority ? TLSTrust.systemRoots : .pinned(other)
            router = try client(simulator.listen(tls: .selfSigned()), .tls(trust), configuration)
        case .refused, .leftAlone:
            let nobody = try RefusingPort()
            stop = { withExtendedLifetime(nobody) {} }
            router = try client(nobody.port, .plaintext, configuration)
        default:
            let service = try WebService { _ in mishap.response }
            stop = { service.stop() }
            router = try client(service.port, mishap == .noTLS ? .tls(.systemRoots) : .plaintext, configuration)
        }
        defer { stop() }
        let failure = await failure(of: router, mishap)
        #expect((failure as? RouterOSError)?.code == mishap.code, "\(String(describing: failure))")
        if [.endless, .notText].contains(mishap) { #expect(events.commands.map(\.failure) == [.invalidCommand]) }
        var traces = events.events.map(trace) + [metrics.prometheusText, trace(metrics), trace(metrics.figures)]
        traces += [trace(failure), trace(router), trace(configuration)]
        for trace in traces { #expect(!trace.contains(canary), "\(trace)") }
    }

    private func client(
        _ port: UInt16,
        _ security: ConnectionSecurity,
        _ configuration: RESTConfiguration
    ) throws -> RouterOSRESTClient {
        try RouterOSRESTClient(
            "127.0.0.1",
            port: port,
            security: security,
            as: .user("api", password: canary),
            configuration: configuration
        )
    }

    private func failure(of router: RouterOSRESTClient, _ mishap: Mishap) async -> (any Error)? {
        do {
            var command = Command(mishap == .endless ? "/ppp/secret/listen" : "/ppp/secret/add") {
                $0["name"] = "joe"
                $0["password"] = canary
                if mishap == .notText { $0.set("comment", bytes: Array(canary.utf8) + [0xFF]) }
            }
            command.query = .equal("password", canary)
            if mishap == .leftAlone || mishap == .rateLimited { _ = try? await router.run(command) }
            _ = try await router.run(command, deadline: mishap == .silent || mishap == .noTLS ? .seconds(5) : nil)
            return nil
        } catch {
            return error
        }
    }
}
