import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@Suite("Router client, rate limit", .timeLimit(.minutes(2)))
struct RouterClientRateTests {
    @Test("no more commands reach the router than its rate allows, and what would come too late is told at once")
    func rateLimit() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: testCredentials)
        let port = try simulator.listen()
        let time = ManualScheduler()
        let events = EventRecorder()
        let configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            retry: .never,
            rateLimit: .perMinute(60, burst: 5)
        )
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: testCredentials),
            configuration,
            scheduler: time
        )
        for _ in 0..<5 { _ = try await client.get(SystemIdentity.self) }
        let late = await #expect(throws: RouterOSError.self) {
            try await client.run(Command("/system/identity/print"), deadline: .milliseconds(500))
        }
        #expect(late?.code == .unavailable && late?.isSafeToRetry == true)
        let waiting = Task { try await client.get(SystemIdentity.self) }
        await events.first { if case .rateLimited = $0 { true } else { false } }
        #expect(simulator.transcript.count { $0.path == "/system/identity/print" } == 5)
        time.advance(by: .seconds(1))
        _ = try await waiting.value
        #expect(simulator.transcript.count { $0.path == "/system/identity/print" } == 6)
        await client.close()
        simulator.stop()
    }

    @Test("what is sent over a leased connection takes its turn in the rate limit")
    func leasedRate() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: testCredentials)
        let port = try simulator.listen()
        let time = ManualScheduler()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: testCredentials),
            ClientConfiguration(rateLimit: .perMinute(60, burst: 3)),
            scheduler: time
        )
        try await client.with { router in
            _ = try await router.get(SystemIdentity.self)
            _ = try await router.run("/system/identity/print")
            for try await _ in router.stream(Command("/system/identity/print")) {}
            let late = await #expect(throws: RouterOSError.self) {
                try await router.run(Command("/system/identity/print"), deadline: .milliseconds(500))
            }
            #expect(late?.code == .unavailable && late?.isSafeToRetry == true)
        }
        let alsoLate = await #expect(throws: RouterOSError.self) {
            try await client.run(Command("/system/identity/print"), deadline: .milliseconds(500))
        }
        #expect(alsoLate?.code == .unavailable)
        #expect(simulator.transcript.count { $0.path == "/system/identity/print" } == 3)
        await client.close()
        simulator.stop()
    }

    @Test("commands that are sent together count one by one")
    func bulk() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let time = ManualScheduler()
        let events = EventRecorder()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: router.port, as: testCredentials),
            ClientConfiguration(
                connection: ConnectionConfiguration(observer: events),
                callTimeout: .seconds(3_600),
                rateLimit: .perMinute(60, burst: 16)
            ),
            scheduler: time
        )
        let commands = (0..<40).map { number in
            Task { try await client.run(Command("/ip/hotspot/user/add") { $0["name"] = "A\(number)" }) }
        }
        func limited() -> Int { events.events.count { if case .rateLimited = $0 { true } else { false } } }
        func sent() -> Int { router.paths.count { $0 == "/ip/hotspot/user/add" } }
        while limited() < 24 || sent() < 16 { await Task.yield() }
        #expect(sent() == 16)
        for number in 17...20 {
            time.advance(by: .seconds(1))
            while sent() < number { await Task.yield() }
            #expect(sent() == number)
        }
        time.advance(by: .seconds(20))
        for command in commands { _ = try await command.value }
        #expect(sent() == 40)
        await client.close()
    }

    @Test("a command that is cancelled while it waits for its turn is not sent, and costs nobody a turn")
    func cancelled() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let time = ManualScheduler()
        let events = EventRecorder()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: router.port, as: testCredentials),
            ClientConfiguration(
                connection: ConnectionConfiguration(observer: events),
                rateLimit: .perMinute(60, burst: 1)
            ),
            scheduler: time
        )
        _ = try await client.run("/a/print")
        let first = Task { try await client.run("/b/print") }
        await events.first { if case .rateLimited(_, "/b/print", _) = $0 { true } else { false } }
        let second = Task { try await client.run("/c/print") }
        await events.first { if case .rateLimited(_, "/c/print", _) = $0 { true } else { false } }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        time.advance(by: .seconds(1))
        _ = try await second.value
        #expect(router.paths == ["/login", "/a/print", "/c/print"])
        await client.close()
    }
}
