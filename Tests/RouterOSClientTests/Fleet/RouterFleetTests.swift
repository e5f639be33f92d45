import RouterOSClient
import RouterOSProtocol
import TestSupport
import Testing

@Suite("Router fleet", .serialized, .timeLimit(.minutes(5)))
struct RouterFleetTests {
    private let credentials = Credentials.user("api", password: "x")

    @Test("equal endpoints have the same client, different ones different ones")
    func sameClient() {
        let fleet = RouterFleet()
        let endpoint = RouterEndpoint("10.0.0.1", as: credentials)
        #expect(fleet[endpoint] === fleet[endpoint])
        #expect(fleet[endpoint] !== fleet[RouterEndpoint("10.0.0.2", as: credentials)])
        #expect(fleet[endpoint] !== fleet[RouterEndpoint("10.0.0.1", as: .user("api", password: "y"))])
        #expect(fleet.count == 3)
    }

    @Test("a client that nobody uses and nobody holds is forgotten")
    func forgets() {
        let time = ManualScheduler()
        let fleet = RouterFleet(FleetConfiguration(forgetAfter: .seconds(60)), [.shared], time)
        let held = fleet[RouterEndpoint("10.0.0.1", as: credentials)]
        _ = fleet[RouterEndpoint("10.0.0.2", as: credentials)]
        fleet.forgetUnused()
        #expect(fleet.count == 2)
        time.advance(by: .seconds(61))
        fleet.forgetUnused()
        #expect(fleet.count == 1)
        #expect(fleet[RouterEndpoint("10.0.0.1", as: credentials)] === held)
    }

    @Test("a fleet that runs ends with its task, and every client with it")
    func runs() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let fleet = RouterFleet()
        let client = fleet[RouterEndpoint("127.0.0.1", port: router.port, as: credentials)]
        let running = Task { await fleet.run() }
        _ = try await client.run("/x/print")
        running.cancel()
        await running.value
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
        #expect(error?.code == .unavailable)
    }

    @Test("a closed fleet has closed clients, also for routers that it never had")
    func closed() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let fleet = RouterFleet()
        let endpoint = RouterEndpoint("127.0.0.1", port: router.port, as: credentials)
        _ = try await fleet[endpoint].run("/x/print")
        await fleet.close()
        for port in [router.port, 1] {
            let client = fleet[RouterEndpoint("127.0.0.1", port: port, as: credentials)]
            let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/print") }
            #expect(error?.code == .unavailable)
        }
        #expect(fleet[endpoint] === fleet[endpoint])
        #expect(router.paths.filter { $0 != "/quit" } == ["/login", "/x/print"])
    }

    @Test("a fleet has one loop at least and 64 at most", arguments: [Int.min, 0, 1, Int.max])
    func loops(count: Int) async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let fleet = RouterFleet(FleetConfiguration(loops: count))
        let endpoint = RouterEndpoint("127.0.0.1", port: router.port, as: credentials)
        _ = try await fleet[endpoint].with { router in try await router.run("/x/print") }
        await fleet.close()
    }
}
