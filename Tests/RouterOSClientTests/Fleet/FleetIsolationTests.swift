import RouterOSClient
import RouterOSProtocol
import TestSupport
import Testing

@Suite("Router fleet, some of it in trouble", .serialized, .timeLimit(.minutes(5)))
struct FleetIsolationTests {
    /// What becomes of a router in a crowd of which some are in trouble.
    private enum Health: Equatable {
        case well, flapping, mute, muteTLS, deaf

        init(_ number: Int) {
            // Of 20: 15 are well, 4 drop their connections all the time, and by turns one accepts and never says a word, to a
            // login or to TLS, or one is not even there to accept.
            let isHole = number % 20 == 19
            let holes: [Self] = [.mute, .deaf, .muteTLS]
            self = isHole ? holes[number / 20 % 3] : number % 20 < 15 ? .well : .flapping
        }
    }

    @Test("healthy routers are answered, all of them and without an error, whatever becomes of the others")
    func crowd() async throws {
        let health = (0..<Environment.count("FLEET_ROUTERS", usually: 100)).map(Health.init)
        let flapping = try ScriptedRouter { _ in [Reply(.done)] }
        let mute = try ScriptedRouter(greeting: [0])
        let muteTLS = try ScriptedRouter(letsIn: false)
        let deaf = try DeafPort()
        let well = try health.filter { $0 == .well }.map { _ in try ScriptedRouter { _ in [Reply(.done)] } }
        defer { for router in well + [flapping, mute, muteTLS] { router.stop() } }
        // Nothing ends by its time: black holes last until the healthy are done.
        var client = ClientConfiguration(
            connection: ConnectionConfiguration(
                connectTimeout: .seconds(3_600),
                requestTimeout: .seconds(3_600),
                keepAlive: nil
            ),
            rateLimit: .unlimited,
            breaker: .never
        )
        client.callTimeout = .seconds(3_600)
        let fleet = RouterFleet(FleetConfiguration(client: client))
        func clients(_ wanted: Health, _ port: UInt16, _ security: ConnectionSecurity = .plaintext) -> [RouterClient] {
            health.indices.filter { health[$0] == wanted }.map {
                let credentials = Credentials.user("router\($0)", password: "x")
                return fleet[RouterEndpoint("127.0.0.1", port: port, security: security, as: credentials)]
            }
        }
        let dropping = Task {
            while !Task.isCancelled {
                flapping.dropConnections()
                await Task.yield()
            }
        }
        let holeEnds = Recorder<any Error>()
        let silent =
            clients(.mute, mute.port) + clients(.deaf, deaf.port) + clients(.muteTLS, muteTLS.port, .tls(.anonymous))
        let holes = silent.map { client in
            Task {
                do { _ = try await client.run("/x/print") } catch { holeEnds.note(error) }
            }
        }
        let flappers = clients(.flapping, flapping.port).map { client in
            Task {
                while !Task.isCancelled {
                    do {
                        _ = try await client.run("/x/print")
                    } catch let error as RouterOSError {
                        // What a reset can be met as; nothing that blames the router for ours, or the other way round.
                        let codes: [RouterOSError.Code] = [.connectionClosed, .unreachable, .connectionRefused]
                        if !codes.contains(error.code) { Issue.record("\(error)") }
                    } catch {}
                }
            }
        }
        await withDiscardingTaskGroup { group in
            for router in well {
                let client = fleet[RouterEndpoint("127.0.0.1", port: router.port, as: testCredentials)]
                group.addTask {
                    for _ in 0..<10 { await #expect(throws: Never.self) { _ = try await client.run("/x/print") } }
                }
            }
        }
        // Every healthy router had each command once, over one connection, and no black hole has let anybody go.
        #expect(well.allSatisfy { $0.paths == ["/login"] + Array(repeating: "/x/print", count: 10) })
        #expect(holeEnds.all.isEmpty)
        for task in holes + flappers { task.cancel() }
        for task in holes + flappers { await task.value }
        #expect(holeEnds.all.count == holes.count && holeEnds.all.allSatisfy { $0 is CancellationError })
        dropping.cancel()
        await dropping.value
        await fleet.close()
    }

    @Test("a router that swallows every packet and one that never answers fail as what they are")
    func blackHoles() async throws {
        let deaf = try DeafPort()
        let mute = try ScriptedRouter(letsIn: false)
        defer { mute.stop() }
        let connection = ConnectionConfiguration(connectTimeout: .seconds(3))
        let fleet = RouterFleet(
            FleetConfiguration(client: ClientConfiguration(connection: connection, retry: .never, breaker: .never))
        )
        let rows: [(UInt16, ConnectionSecurity, RouterOSError.Code)] = [
            (deaf.port, .plaintext, .connectTimeout), (deaf.port, .tls(.anonymous), .connectTimeout),
            (mute.port, .plaintext, .deadlineExceeded), (mute.port, .tls(.anonymous), .deadlineExceeded),
        ]
        for (port, security, code) in rows {
            let endpoint = RouterEndpoint("127.0.0.1", port: port, security: security, as: testCredentials)
            let error = await #expect(throws: RouterOSError.self) { try await fleet[endpoint].run("/x/add") }
            #expect(error?.code == code, "\(String(describing: error))")
            #expect(error?.isSafeToRetry == true && error?.readBack == nil)
        }
        await fleet.close()
        // Neither keeps a turn from anybody.
        #expect(fleet.handshakes.figures == (0, 0))
    }

    @Test("routers in trouble use up the common retry budget, and one that was well is tried again all the same")
    func retryBudget() async throws {
        let failing = try ScriptedRouter { _ in [Reply(.fatal)] }
        let failures = Counter()
        // Fails once, and then no more.
        let healthy = try ScriptedRouter { _ in
            failures.increment()
            return failures.value == 1 ? [Reply(.fatal)] : [Reply(.done)]
        }
        defer { for router in [failing, healthy] { router.stop() } }
        let events = EventRecorder()
        var client = ClientConfiguration(
            connection: ConnectionConfiguration(observer: events),
            rateLimit: .unlimited,
            breaker: .never
        )
        client.retry.baseDelay = .zero
        // Time stands still: nothing is earned back. What is due at once is done at once.
        let time = ManualScheduler()
        let ticking = Task {
            while !Task.isCancelled {
                time.advance(by: .zero)
                await Task.yield()
            }
        }
        let fleet = RouterFleet(FleetConfiguration(client: client, retryBudget: 0), [.shared], time)
        await withDiscardingTaskGroup { group in
            for number in 0..<400 {
                let endpoint = RouterEndpoint(
                    "127.0.0.1",
                    port: failing.port,
                    as: .user("\(number % 40)", password: "")
                )
                group.addTask {
                    await #expect(throws: RouterOSError.self) { try await fleet[endpoint].run("/x/print") }
                }
            }
        }
        // Two for each router on its own account, and the hundred that are always free for all together; alone each of the
        // forty could have had eleven.
        #expect(events.retries == 40 * 2 + 100)
        let endpoint = RouterEndpoint("127.0.0.1", port: healthy.port, as: testCredentials)
        _ = try await fleet[endpoint].run("/x/print")
        #expect(events.retries == 40 * 2 + 101)
        ticking.cancel()
        await fleet.close()
    }
}
