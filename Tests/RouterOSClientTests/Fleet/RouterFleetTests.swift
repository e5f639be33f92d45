import ConnectionPool
import Glibc
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
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
        let time = HandScheduler()
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

    /// How many routers the crowd has: 100, or what the environment says.
    static let routers = getenv("FLEET_ROUTERS").flatMap { Int(String(cString: $0)) } ?? 100

    /// What becomes of a router in a crowd of which some are in trouble.
    private enum Health {
        case well, flapping, mute

        init(_ number: Int, isTroubled: Bool) {
            // Of 20: 15 are well, 4 drop their connections all the time, 1 accepts and never says a word.
            self = !isTroubled || number % 20 < 15 ? .well : number % 20 < 19 ? .flapping : .mute
        }
    }

    @Test(
        "healthy routers do not notice that others come and go, and that some swallow everything",
        arguments: [false, true]
    )
    func crowd(isTroubled: Bool) async throws {
        let health = (0..<Self.routers).map { Health($0, isTroubled: isTroubled) }
        let routers = try health.map { health in
            try ScriptedRouter(greeting: health == .mute ? [0] : []) { _ in [Reply(.done)] }
        }
        defer { for router in routers { router.stop() } }
        let events = EventRecorder()
        var client = ClientConfiguration(
            connection: ConnectionConfiguration(connectTimeout: .seconds(3_600), observer: events),
            rateLimit: .unlimited
        )
        client.callTimeout = .seconds(3_600)
        client.connection.requestTimeout = .seconds(3_600)
        let fleet = RouterFleet(FleetConfiguration(client: client))
        let times = Recorder<Duration>()
        let muteEnds = Recorder<Int>()
        let flapping = Task {
            while !Task.isCancelled {
                for number in routers.indices where health[number] == .flapping { routers[number].dropConnections() }
                await Task.yield()
            }
        }
        // Whoever asks a mute router waits until the others are done.
        let mute = routers.indices.filter { health[$0] == .mute }.map { number in
            let client = fleet[RouterEndpoint("127.0.0.1", port: routers[number].port, as: credentials)]
            return Task {
                defer { muteEnds.note(number) }
                _ = try await client.run("/x/print")
            }
        }
        await withTaskGroup(of: Void.self) { group in
            for (number, router) in routers.enumerated() where health[number] != .mute {
                let client = fleet[RouterEndpoint("127.0.0.1", port: router.port, as: credentials)]
                let health = health[number]
                group.addTask {
                    for _ in 0..<10 {
                        let start = ContinuousClock.now
                        do {
                            _ = try await client.run("/x/print")
                        } catch {
                            if health == .well { Issue.record("router \(number): \(error)") }
                        }
                        if health == .well { times.note(.now - start) }
                    }
                }
            }
        }
        // Every healthy router is done, and nobody whom a mute one keeps waiting is.
        #expect(times.all.count == health.count { $0 == .well } * 10)
        #expect(muteEnds.all.isEmpty)
        for caller in mute { caller.cancel() }
        for caller in mute { _ = await caller.result }
        #expect(muteEnds.all.count == mute.count)
        flapping.cancel()
        await flapping.value
        let sorted = times.all.sorted()
        #expect(sorted.count == health.count { $0 == .well } * 10)
        // Figures to read, not to judge by: what they are depends on the machine.
        let (middle, late) = (sorted[sorted.count / 2], sorted[sorted.count * 99 / 100])
        print("\(routers.count) routers, trouble \(isTroubled): healthy p50 \(middle), p99 \(late)")
        await fleet.close()
    }
}
