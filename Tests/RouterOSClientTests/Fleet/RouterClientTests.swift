import ConnectionPool
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@testable import RouterOSClient

@Suite("Router client", .timeLimit(.minutes(2)))
struct RouterClientTests {
    @Test("callers share one connection, and a lost one is made anew")
    func reconnects() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = testClient(router.port)
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
        let (client, events) = testClient(router.port) {
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

    @Test("a stream gives its connection back when it is read to the end, and when nobody reads on")
    func streams() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: testCredentials)
        let (client, _) = testClient(try simulator.listen())
        for number in 0..<5 { try await client.add(HotspotUser(name: "A\(number)")) }
        #expect(try await client.print(HotspotUser.self).collect().count == 5)
        for try await _ in client.print(HotspotUser.self) { break }
        #expect(client.isUnused(since: Moment(nanoseconds: .max)))
        await client.close()
        simulator.stop()
    }

    @Test("a connection that the router ends while nobody uses it is gone from the pool without anybody asking")
    func endedAtRest() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, events) = testClient(router.port)
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
            RouterEndpoint("10.0.0.1", as: testCredentials),
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

    @Test("limits below one count as one")
    func leastLimits() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = testClient(router.port) {
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
        let (client, _) = testClient(router.port)
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
        let (client, _) = testClient(router.port) {
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
        let (client, _) = testClient(1)
        await client.close()
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        #expect(error?.code == .unavailable)
    }
}
