import ConnectionPool
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Router client", .timeLimit(.minutes(2)))
struct RouterClientTests {
    private let credentials = Credentials.user("api", password: "secret")

    private func client(
        _ port: UInt16,
        _ change: (inout ClientConfiguration) -> Void = { _ in }
    ) -> (client: RouterClient, events: EventRecorder) {
        let events = EventRecorder()
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            rateLimit: .unlimited
        )
        configuration.retry.baseDelay = .milliseconds(1)
        change(&configuration)
        let endpoint = RouterEndpoint("127.0.0.1", port: port, as: credentials)
        return (RouterClient(endpoint, configuration: configuration), events)
    }

    @Test("callers share one connection, and a lost one is made anew")
    func reconnects() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = client(router.port)
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<200 {
                group.addTask { await #expect(throws: Never.self) { _ = try await client.run("/x/print") } }
            }
        }
        #expect(router.paths.filter { $0 == "/login" }.count == 1)
        router.dropConnections()
        // The loss may be met under way or at rest: a command that reads notices neither.
        for _ in 0..<3 { _ = try await client.run("/y/print") }
        #expect(router.paths.filter { $0 == "/login" }.count == 2)
        await client.close()
    }

    @Test("a connection beyond the commands that share one is opened, up to the limit")
    func severalConnections() async throws {
        let router = try ScriptedRouter { _ in [] }
        defer { router.stop() }
        let (client, events) = client(router.port) {
            $0.commandsPerConnection = 2
            $0.maximumConnections = 3
            $0.retry = .never
        }
        let callers = (0..<9).map { _ in Task { try await client.run("/x/print") } }
        await events.first {
            if case .poolChanged(_, let figures) = $0 { figures.leased == 3 && figures.waiting == 3 } else { false }
        }
        #expect(router.paths.filter { $0 == "/login" }.count == 3)
        for caller in callers { caller.cancel() }
        for caller in callers { await #expect(throws: (any Error).self) { try await caller.value } }
        await client.close()
    }

    @Test("a router that was away is tried again by the next use")
    func comesBack() async throws {
        let first = try ScriptedRouter()
        let port = first.port
        first.stop()
        let (client, events) = client(port)
        let error = await #expect(throws: RouterOSError.self) { _ = try await client.run("/x/print") }
        #expect(error?.code == .connectionRefused && error?.isSafeToRetry == true)
        #expect(events.retries == 2)
        let second = try ScriptedRouter(port: port) { _ in [Reply(.done)] }
        defer { second.stop() }
        _ = try await client.run("/x/print")
        #expect(second.paths == ["/login", "/x/print"])
        await client.close()
    }

    @Test("a read whose connection drops is sent again, and its caller notices nothing")
    func readIsRepeated() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: credentials, identity: "Shop")
        let (client, events) = client(try simulator.listen())
        simulator.inject(.dropConnection(afterCommand: 1))
        #expect(try await client.get(SystemIdentity.self).name == "Shop")
        #expect(events.retries == 1)
        #expect(simulator.transcript.count { $0.path == "/system/identity/print" } == 2)
        await client.close()
        simulator.stop()
    }

    @Test("a write whose answer is lost is sent once, and its error tells how to find out")
    func writeOfUnknownOutcome() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: credentials)
        let (client, events) = client(try simulator.listen())
        simulator.inject(.dropConnection(afterCommand: 1))
        let error = await #expect(throws: RouterOSError.self) {
            try await client.add(HotspotUser(name: "A7K2", password: "canary"))
        }
        #expect(error?.code == .connectionClosed && error?.isSafeToRetry == false)
        let readBack = try #require(error?.readBack)
        #expect(readBack.description == "/ip/hotspot/user/print ?=name=A7K2")
        #expect(try await client.run(readBack).rows.count == 1)
        #expect(simulator.transcript.count { $0.path == "/ip/hotspot/user/add" } == 1)
        #expect(events.retries == 0)
        #expect(error.map { !"\($0)".contains("canary") } == true)
        await client.close()
        simulator.stop()
    }

    @Test("a write that is not answered in time is sent once, and the deadline holds for all of it")
    func deadline() async throws {
        let router = try ScriptedRouter { $0.name == "/quick" ? [Reply(.done)] : [] }
        defer { router.stop() }
        let events = EventRecorder()
        // The client's own clock stands still: only the connection's ends the call, and not before it was sent.
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: router.port, as: credentials),
            ClientConfiguration(connection: ConnectionConfiguration(observer: events), rateLimit: .unlimited),
            scheduler: HandScheduler()
        )
        _ = try await client.run("/quick")
        let command = Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" }
        let error = await #expect(throws: RouterOSError.self) {
            try await client.run(command, deadline: .milliseconds(50))
        }
        #expect(error?.code == .deadlineExceeded && error?.readBack != nil)
        // What comes over the same connection comes after it.
        _ = try await client.run("/quick")
        #expect(router.paths.filter { $0 != "/cancel" } == ["/login", "/quick", "/ip/hotspot/user/add", "/quick"])
        #expect(events.retries == 0)
        await client.close()
    }

    @Test("a command whose time is up before it is sent is not sent", arguments: [Duration.seconds(-1), .zero])
    func timeUp(deadline: Duration) async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = client(router.port)
        _ = try await client.run("/quick")
        let error = await #expect(throws: RouterOSError.self) {
            try await client.run(Command("/ip/hotspot/user/add") { $0["name"] = "A" }, deadline: deadline)
        }
        #expect(error?.code == .unavailable && error?.isSafeToRetry == true && error?.readBack == nil)
        _ = try await client.run("/quick")
        #expect(router.paths == ["/login", "/quick", "/quick"])
        await client.close()
    }

    @Test("a write whose outcome an error leaves open is read back, whatever the error; a refused one is not")
    func openOutcomes() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            // More than is taken in: `limitExceeded`.
            case "/x/add": [Reply(.row), Reply(.row), Reply(.done)]
            case "/y/add": [Reply(.trap) { $0["message"] = "failure: already have such name" }, Reply(.done)]
            default: [Reply(.trap) { $0["message"] = "something went wrong inside" }, Reply(.done)]
            }
        }
        defer { router.stop() }
        let (client, _) = client(router.port) { $0.connection.maximumRows = 1 }
        for (path, isOpen) in [("/x/add", true), ("/y/add", false), ("/z/add", true)] {
            let error = await #expect(throws: RouterOSError.self) { try await client.run(path, ["name": "A"]) }
            #expect((error?.readBack != nil) == isOpen, "\(path): \(String(describing: error))")
            #expect(error?.isSafeToRetry == !isOpen)
        }
        await client.close()
    }

    @Test("a refused password is tried once, whoever asks")
    func authentication() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: credentials)
        simulator.inject(.refuseLogin)
        let (client, events) = client(try simulator.listen())
        for _ in 0..<5 {
            let error = await #expect(throws: RouterOSError.self) { try await client.get(SystemIdentity.self) }
            #expect(error?.code == .authentication)
        }
        #expect(simulator.transcript.count { $0.path == "/login" } == 1)
        #expect(events.retries == 0)
        await client.close()
        simulator.stop()
    }

    @Test("a router that does not answer is left alone, tried once after the pause, and trusted again when it answers")
    func breaker() async throws {
        let first = try ScriptedRouter()
        let port = first.port
        first.stop()
        let time = HandScheduler()
        let events = EventRecorder()
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            retry: .never,
            rateLimit: .unlimited,
            breaker: BreakerPolicy(failures: 2, span: .seconds(5), pause: .seconds(10))
        )
        configuration.callTimeout = .seconds(3_600)
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: credentials),
            configuration,
            scheduler: time
        )
        for code in [RouterOSError.Code.connectionRefused, .connectionRefused, .unavailable] {
            let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
            #expect(error?.code == code)
            time.advance(by: .seconds(6))
        }
        let second = try ScriptedRouter(port: port) { _ in [Reply(.done)] }
        defer { second.stop() }
        time.advance(by: .seconds(10))
        _ = try await client.run("/x/print")
        #expect(events.breaker == [.open, .halfOpen, .closed])
        await client.close()
    }

    @Test("no more commands reach the router than its rate allows, and what would come too late is told at once")
    func rateLimit() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: credentials)
        let port = try simulator.listen()
        let time = HandScheduler()
        let events = EventRecorder()
        let configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            retry: .never,
            rateLimit: .perMinute(60, burst: 5)
        )
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: credentials),
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

    @Test("a stream gives its connection back when it is read to the end, and when nobody reads on")
    func streams() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: credentials)
        let (client, events) = client(try simulator.listen())
        for number in 0..<5 { try await client.add(HotspotUser(name: "A\(number)")) }
        #expect(try await client.print(HotspotUser.self).collect().count == 5)
        for try await _ in client.print(HotspotUser.self) { break }
        #expect(events.isAtRest)
        await client.close()
        simulator.stop()
    }

    @Test("a stream that has no row yet ends the pause of a router that is there again")
    func silentStream() async throws {
        let first = try ScriptedRouter()
        let port = first.port
        first.stop()
        let time = HandScheduler()
        let events = EventRecorder()
        var configuration = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            retry: .never,
            rateLimit: .unlimited,
            breaker: BreakerPolicy(failures: 1, span: .zero, pause: .seconds(10))
        )
        configuration.callTimeout = .seconds(3_600)
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: credentials),
            configuration,
            scheduler: time
        )
        await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        let second = try ScriptedRouter(port: port) { $0.name == "/log/listen" ? [] : [Reply(.done)] }
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

    @Test("what is sent over a leased connection takes its turn in the rate limit")
    func leasedRate() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: credentials)
        let port = try simulator.listen()
        let time = HandScheduler()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: credentials),
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

    @Test("a connection that the router ends while nobody uses it is gone from the pool without anybody asking")
    func endedAtRest() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, events) = client(router.port)
        _ = try await client.run("/x/print")
        await events.first { if case .poolChanged(_, let figures) = $0 { figures.idle == 1 } else { false } }
        router.dropConnections()
        await events.first { if case .disconnected = $0 { true } else { false } }
        await events.first {
            guard case .poolChanged(_, let figures) = $0 else { return false }
            return figures == .init(leased: 0, idle: 0, connecting: 0, waiting: 0)
        }
        await client.close()
    }

    @Test("a connection that is dropped, or given back twice, is told to the observer")
    func misuse() throws {
        let events = EventRecorder()
        let driver = PoolDriver<RouterOSConnection>(
            RouterEndpoint("10.0.0.1", as: credentials),
            ConnectionConfiguration(observer: events),
            on: .shared
        )
        let report = try #require(driver.report)
        report(.dropped(site: CallSite(file: "Sync.swift", line: 7)))
        report(.misuse)
        let sites = events.events.map { event -> String in
            if case .leaseMisused("10.0.0.1:8728", let site) = event { site ?? "twice" } else { "another event" }
        }
        #expect(sites == ["Sync.swift:7", "twice"])
    }

    @Test("a router that answers some commands is not left alone for one that it does not answer")
    func oneMuteCommand() async throws {
        let router = try ScriptedRouter { $0.name == "/x/print" ? [Reply(.done)] : [] }
        defer { router.stop() }
        let time = HandScheduler()
        let events = EventRecorder()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: router.port, as: credentials),
            ClientConfiguration(
                connection: ConnectionConfiguration(observer: events),
                retry: .never,
                rateLimit: .unlimited,
                breaker: BreakerPolicy(failures: 1, span: .zero)
            ),
            scheduler: time
        )
        let mute = Task { try await client.run(Command("/mute"), deadline: .milliseconds(200)) }
        // Whatever comes while it waits shows that the router is there.
        while await !isOver(mute, events) { _ = try await client.run("/x/print") }
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
        let first = try ScriptedRouter()
        let port = first.port
        first.stop()
        let time = HandScheduler()
        let events = EventRecorder()
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: port, as: credentials),
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
        let second = try ScriptedRouter(port: port) { _ in
            [Reply(.trap) { $0["message"] = "expected end of command (line 1 column 5)" }, Reply(.done)]
        }
        defer { second.stop() }
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        #expect(error?.code == .invalidCommand)
        #expect(events.breaker == [.open, .halfOpen, .closed])
        await client.close()
    }

    @Test("the code of a voucher that is its password is in no text of an error, and in the command that reads it back")
    func voucherCode() async throws {
        let router = try ScriptedRouter { command in
            [Reply(.trap) { $0["message"] = "something went wrong with A7K2XQ" }, Reply(.done)]
        }
        defer { router.stop() }
        let (client, _) = client(router.port)
        let error = try #require(
            await #expect(throws: RouterOSError.self) {
                try await client.add(HotspotUser(name: "A7K2XQ", password: "A7K2XQ"))
            }
        )
        #expect(!"\(error) \(error.message) \(error.routerMessage ?? "")".contains("A7K2XQ"))
        #expect(error.message.contains("/ip/hotspot/user/print ?=name=‹hidden›"))
        #expect(error.readBack?.query == .equal("name", "A7K2XQ"))
        await client.close()
    }

    @Test("limits below one count as one")
    func leastLimits() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = client(router.port) {
            $0.maximumConnections = .min
            $0.commandsPerConnection = .min
            $0.streamsPerConnection = .min
        }
        _ = try await client.run("/x/print")
        router.dropConnections()
        _ = try await client.run("/x/print")
        for try await _ in client.stream(Command("/x/print")) {}
        await client.close()
    }

    @Test("an exclusive connection is shared with nobody")
    func exclusive() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = client(router.port)
        try await client.with(exclusively: true) { connection in
            _ = try await client.run("/x/print")
            _ = try await connection.run("/y/print")
        }
        #expect(router.paths.filter { $0 == "/login" }.count == 2)
        await client.close()
    }

    @Test("a caller that is cancelled leaves at once")
    func cancelledCaller() async throws {
        // It accepts and never answers: only the cancellation can end the wait before the hour is over.
        let router = try ScriptedRouter(greeting: [0])
        defer { router.stop() }
        let (client, _) = client(router.port) {
            $0.connection.connectTimeout = .seconds(3_600)
            $0.callTimeout = .seconds(3_600)
        }
        let callers = (0..<3).map { _ in Task { try await client.with { _ = try await $0.run("/x") } } }
        for caller in callers { caller.cancel() }
        for caller in callers { await #expect(throws: (any Error).self) { try await caller.value } }
        await client.close()
    }

    @Test("a closed client says so")
    func closed() async throws {
        let (client, _) = client(1)
        await client.close()
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        #expect(error?.code == .unavailable)
    }
}
