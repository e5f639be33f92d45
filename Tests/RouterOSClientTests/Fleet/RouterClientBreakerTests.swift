import Glibc
import RouterOSClient
import RouterOSProtocol
import TestSupport
import Testing

@Suite("Router client, routers that are left alone", .timeLimit(.minutes(2)))
struct RouterClientBreakerTests {
    @Test("a router that does not answer is left alone, tried once after the pause, and trusted again when it answers")
    func breaker() async throws {
        let first = try ScriptedRouter(address: "127.0.0.22")
        let port = first.port
        first.stop()
        let time = ManualScheduler()
        let events = EventRecorder()
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            retry: .never,
            rateLimit: .unlimited,
            breaker: BreakerPolicy(failures: 2, span: .seconds(5), pause: .seconds(10))
        )
        configuration.callTimeout = .seconds(3_600)
        let client = RouterClient(
            RouterEndpoint("127.0.0.22", port: port, as: testCredentials),
            configuration,
            scheduler: time
        )
        for code in [RouterOSError.Code.connectionRefused, .connectionRefused, .unavailable] {
            let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
            #expect(error?.code == code)
            time.advance(by: .seconds(6))
        }
        let second = try ScriptedRouter(address: "127.0.0.22", port: port) { _ in [Reply(.done)] }
        defer { second.stop() }
        time.advance(by: .seconds(10))
        _ = try await client.run("/x/print")
        #expect(events.breaker == [.open, .halfOpen, .closed])
        await client.close()
    }

    /// Where peers may wait without keeping the clients waiting.
    private static let peers = EventLoop()

    /// Peers that take a connection and come to nothing, and what that is called.
    enum Trouble: CaseIterable {
        case neverAnswers, hangsUp, neverFinishesTLS, resetsTLS

        var code: RouterOSError.Code {
            self == .neverAnswers || self == .neverFinishesTLS ? .deadlineExceeded : .connectionClosed
        }

        var security: ConnectionSecurity { self == .neverAnswers || self == .hangsUp ? .plaintext : .tls(.anonymous) }
    }

    @Test(
        "a router that takes connections and comes to nothing is tried again, and then left alone",
        arguments: Trouble.allCases
    )
    func trouble(trouble: Trouble) async throws {
        let mute = try ScriptedRouter(letsIn: false)
        let hangingUp = try ListeningSocket(port: 0, on: Self.peers) { descriptor in
            // What was not read makes the system answer with a reset.
            var piece: UInt8 = 0
            var watched = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
            _ = poll(&watched, 1, 10_000)
            _ = recv(descriptor, &piece, 1, 0)
            close(descriptor)
        }
        defer {
            mute.stop()
            hangingUp.close()
        }
        let events = EventRecorder()
        let isMute = trouble == .neverAnswers || trouble == .neverFinishesTLS
        let endpoint = RouterEndpoint(
            "127.0.0.1",
            port: isMute ? mute.port : hangingUp.port,
            security: trouble.security,
            as: testCredentials
        )
        let client = RouterClient(
            endpoint,
            configuration: ClientConfiguration(
                // What hangs up does so long before.
                connection: ConnectionConfiguration(
                    connectTimeout: isMute ? .seconds(3) : .seconds(60),
                    observer: events
                ),
                retry: RetryPolicy(maximumAttempts: 2, baseDelay: .zero),
                rateLimit: .unlimited,
                breaker: BreakerPolicy(failures: 2, span: .zero, pause: .seconds(3_600), longestPause: .seconds(3_600))
            )
        )
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/add") }
        #expect(error?.code == trouble.code && error?.isSafeToRetry == true, "\(String(describing: error))")
        #expect(events.retries == 1 && events.breaker == [.open])
        let next = await #expect(throws: RouterOSError.self) { try await client.run("/x/add") }
        #expect(next?.code == .unavailable)
        await client.close()
        // The connection test, which asks the same once, tells where to look.
        var test = await ConnectionTest.run(endpoint, within: isMute ? .milliseconds(100) : .seconds(60))
        // A busy machine may need all of a short time to connect.
        for seconds in [1, 10] where test.failure?.step == .reach {
            test = await ConnectionTest.run(endpoint, within: .seconds(seconds))
        }
        #expect(test.failure?.step == .handshake && test.failure?.error.code == trouble.code)
        #expect(test.remedy?.contains("/ip service print") == true)
        #expect(test.remedy?.contains("certificate") == (trouble.security != .plaintext))
    }

    @Test("a stream that has no row yet ends the pause of a router that is there again")
    func silentStream() async throws {
        let first = try ScriptedRouter(address: "127.0.0.23")
        let port = first.port
        first.stop()
        let time = ManualScheduler()
        let events = EventRecorder()
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            retry: .never,
            rateLimit: .unlimited,
            breaker: BreakerPolicy(failures: 1, span: .zero, pause: .seconds(10))
        )
        configuration.callTimeout = .seconds(3_600)
        let client = RouterClient(
            RouterEndpoint("127.0.0.23", port: port, as: testCredentials),
            configuration,
            scheduler: time
        )
        await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        let second = try ScriptedRouter(address: "127.0.0.23", port: port) {
            $0.name == "/log/listen" ? [] : [Reply(.done)]
        }
        defer { second.stop() }
        time.advance(by: .seconds(11))
        let stream = client.stream(Command("/log/listen"))
        let listener = Task { for try await _ in stream {} }
        await events.first { if case .breakerChanged(_, .closed) = $0 { true } else { false } }
        _ = try await client.run("/x/print")
        #expect(events.breaker == [.open, .halfOpen, .closed])
        listener.cancel()
        _ = await listener.result
        await client.close()
    }

    @Test("a router that answers some commands is not left alone for one that it does not answer")
    func oneMuteCommand() async throws {
        let router = try ScriptedRouter { $0.name == "/x/print" ? [Reply(.done)] : [] }
        defer { router.stop() }
        let time = ManualScheduler()
        let events = EventRecorder()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: router.port, as: testCredentials),
            ClientConfiguration(
                connection: ConnectionConfiguration(observer: events),
                retry: .never,
                rateLimit: .unlimited,
                breaker: BreakerPolicy(failures: 1, span: .zero)
            ),
            scheduler: time
        )
        let mute = Task { try await client.run(Command("/mute"), deadline: .seconds(3)) }
        // Whatever comes while it waits shows that the router is there.
        while await !isOver(mute, events) {
            _ = try await client.run("/x/print")
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(events.breaker.isEmpty)
        // Alone it is silence.
        let error = await #expect(throws: RouterOSError.self) {
            try await client.run(Command("/mute"), deadline: .milliseconds(20))
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(events.breaker == [.open])
        await client.close()
    }

    /// Whether a call to `/mute` has come to its end.
    private func isOver(_ call: Task<Answer, any Error>, _ events: EventRecorder) async -> Bool {
        guard events.commands.contains(where: { $0.path == "/mute" }) else { return false }
        _ = await call.result
        return true
    }

    @Test("a refusal to parse a command is an answer")
    func parseErrorIsAnAnswer() async throws {
        let first = try ScriptedRouter(address: "127.0.0.24")
        let port = first.port
        first.stop()
        let time = ManualScheduler()
        let events = EventRecorder()
        let client = RouterClient(
            RouterEndpoint("127.0.0.24", port: port, as: testCredentials),
            ClientConfiguration(
                connection: ConnectionConfiguration(observer: events),
                retry: .never,
                rateLimit: .unlimited,
                breaker: BreakerPolicy(failures: 1, span: .zero, pause: .seconds(10))
            ),
            scheduler: time
        )
        await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        time.advance(by: .seconds(11))
        let second = try ScriptedRouter(address: "127.0.0.24", port: port) { _ in
            [Reply(.trap) { $0["message"] = "expected end of command (line 1 column 5)" }, Reply(.done)]
        }
        defer { second.stop() }
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        #expect(error?.code == .invalidCommand)
        #expect(events.breaker == [.open, .halfOpen, .closed])
        await client.close()
    }
}
