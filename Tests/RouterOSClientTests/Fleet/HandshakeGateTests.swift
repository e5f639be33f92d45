import ConnectionPool
import Dispatch
import OpenSSLSupport
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import TestSupport
import Testing

@testable import RouterOSClient

@Suite("Handshakes of a fleet", .timeLimit(.minutes(2)))
struct HandshakeGateTests {
    private func fleet(
        _ limit: Int,
        _ time: ManualScheduler,
        connectTimeout: Duration = .seconds(3_600),
        observer: EventRecorder? = nil
    ) -> RouterFleet {
        var client = ClientConfiguration(
            connection: ConnectionConfiguration(connectTimeout: connectTimeout, observer: observer),
            retry: .never,
            rateLimit: .unlimited,
            breaker: BreakerPolicy(failures: 1, span: .zero)
        )
        client.callTimeout = .seconds(7_200)
        return RouterFleet(FleetConfiguration(client: client, maximumHandshakes: limit), [.shared], time)
    }

    private func endpoint(_ port: UInt16, _ number: Int, _ security: ConnectionSecurity = .plaintext) -> RouterEndpoint
    {
        RouterEndpoint("127.0.0.1", port: port, security: security, as: .user("router\(number)", password: "x"))
    }

    /// Waits until so many handshakes wait for their turn.
    private func waiting(_ count: Int, in fleet: RouterFleet) async {
        while fleet.handshakes.figures.waiting != count { await Task.yield() }
    }

    @Test("routers that accept and never answer keep others waiting for a second, and wait on themselves")
    func blackHoles() async throws {
        let mute = try ScriptedRouter(greeting: [0])
        let healthy = try ScriptedRouter { _ in [Reply(.done)] }
        defer { for router in [mute, healthy] { router.stop() } }
        let time = ManualScheduler()
        let fleet = fleet(4, time)
        let holes = (0..<3).map { number in
            Task { try await fleet[endpoint(mute.port, number)].run("/x/print") }
        }
        while fleet.handshakes.figures.taken < 3 { await Task.yield() }
        let late = (0..<9).map { number in
            Task { try await fleet[endpoint(healthy.port, number)].run("/x/print") }
        }
        // A quarter of the turns is kept for routers in trouble, and nobody is yet.
        await waiting(9, in: fleet)
        #expect(healthy.paths.isEmpty)
        time.advance(by: .milliseconds(999))
        #expect(fleet.handshakes.figures.waiting == 9)
        time.advance(by: .milliseconds(1))
        for task in late { _ = try await task.value }
        #expect(healthy.paths.count { $0 == "/login" } == 9)
        // The holes are still being waited for.
        #expect(mute.paths.isEmpty)
        for task in holes { task.cancel() }
        for task in holes { await #expect(throws: CancellationError.self) { try await task.value } }
        await fleet.close()
        #expect(fleet.handshakes.figures == (0, 0))
    }

    @Test("the login is not sent, and TLS not begun, before it is the router's turn", arguments: [false, true])
    func turn(isTLS: Bool) async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("router1", password: "x"))
        defer { simulator.stop() }
        let tls = try SimulatorTLS.selfSigned()
        let port = try isTLS ? simulator.listen(tls: tls) : simulator.listen()
        let security = isTLS ? ConnectionSecurity.tls(tls.pin.map { .pinned($0) } ?? .anonymous) : .plaintext
        let fleet = fleet(1, ManualScheduler())
        let other = fleet.handshakes.newTicket()
        fleet.handshakes.enter(other, .good) {}
        let task = Task { try await fleet[endpoint(port, 1, security)].get(SystemIdentity.self) }
        await waiting(1, in: fleet)
        #expect(simulator.transcript.isEmpty)
        fleet.handshakes.leave(other)
        _ = try await task.value
        #expect(fleet.handshakes.figures == (0, 0))
        await fleet.close()
    }

    @Test("whose turn does not come in time is told so; that is not held against the router")
    func noTurn() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let events = EventRecorder()
        let fleet = fleet(1, ManualScheduler(), connectTimeout: .seconds(5), observer: events)
        let other = fleet.handshakes.newTicket()
        fleet.handshakes.enter(other, .good) {}
        let client = fleet[endpoint(router.port, 1)]
        let error = await #expect(throws: RouterOSError.self) { try await client.run("/x/add") }
        #expect(error?.code == .unavailable && error?.isSafeToRetry == true)
        #expect(error?.message.contains("FleetConfiguration.maximumHandshakes") == true)
        #expect(events.breaker.isEmpty && router.paths.isEmpty)
        #expect(fleet.handshakes.figures == (0, 1))
        await fleet.close()
    }

    @Test("a router that fails while it waits for its turn, and a caller that gives up, leave their place")
    func leaving() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        let fleet = fleet(1, ManualScheduler())
        let other = fleet.handshakes.newTicket()
        fleet.handshakes.enter(other, .good) {}
        let task = Task { try await fleet[endpoint(router.port, 1)].run("/x/print") }
        await waiting(1, in: fleet)
        router.stop()
        let error = await #expect(throws: RouterOSError.self) { try await task.value }
        #expect(error?.code == .connectionClosed)
        await waiting(0, in: fleet)
        await fleet.close()
    }

    @Test("each address that is tried takes its place at the end of the line")
    func nextAddress() {
        let gate = HandshakeGate(HandshakeLimiter(limit: 1), on: ManualScheduler())
        let other = gate.newTicket()
        gate.enter(other, .good) {}
        let begun = Recorder<String>()
        let (first, second) = (HandshakeTurn(gate, .good), HandshakeTurn(gate, .good))
        first.take { begun.note("first") }
        second.take { begun.note("second") }
        #expect(first.isAwaited && second.isAwaited)
        first.end()
        #expect(!first.isAwaited)
        first.take { begun.note("first again") }
        #expect(gate.figures == (2, 1))
        gate.leave(other)
        #expect(begun.all == ["second"])
        second.end()
        second.end()
        #expect(begun.all == ["second", "first again"])
        first.end()
        #expect(gate.figures == (0, 0))
    }

    /// A connection to a router whose second address refuses, and its router.
    private func twoAddresses(
        _ simulator: RouterOSSimulator,
        _ turn: HandshakeTurn?,
        _ threads: HandshakeThreads = .shared
    ) throws -> (connection: RouterOSConnection, opening: Task<Void, any Error>) {
        let tls = try SimulatorTLS.selfSigned()
        let port = try simulator.listen(tls: tls)
        let pin = try #require(tls.pin)
        let connection = RouterOSConnection(
            RouterEndpoint("shop", port: port, security: .tls(.pinned(pin)), as: .user("router1", password: "x")),
            .shared,
            ConnectionConfiguration(connectTimeout: .seconds(3_600)),
            turn,
            computingOn: threads
        )
        // Nothing listens on the same port of the other address.
        let names = NameResolver { _, port in
            ["127.0.0.1", "127.0.0.31"].compactMap { SocketAddress.numeric($0, port: port) }
        }
        return (connection, Task { try await connection.open(names) })
    }

    @Test("an address is not given up while it waits for its turn")
    func shareAwaitsTurn() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("router1", password: "x"))
        defer { simulator.stop() }
        let gate = HandshakeGate(HandshakeLimiter(limit: 1), on: ManualScheduler())
        let other = gate.newTicket()
        gate.enter(other, .good) {}
        let (connection, opening) = try twoAddresses(simulator, HandshakeTurn(gate, .good))
        while gate.figures.waiting == 0 { await Task.yield() }
        await connection.giveUpAddress()
        #expect(gate.figures == (1, 1))
        gate.leave(other)
        try await opening.value
        await connection.close()
    }

    @Test("an address is not given up while its handshake waits for a thread")
    func shareAwaitsThread() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("router1", password: "x"))
        defer { simulator.stop() }
        let threads = HandshakeThreads(maximum: 1)
        let (isBusy, end) = (Counter(), DispatchSemaphore(value: 0))
        // First, so that it is the handshake that waits.
        threads.run {
            isBusy.increment()
            end.wait()
        }
        while isBusy.value == 0 { await Task.yield() }
        let (connection, opening) = try twoAddresses(simulator, nil, threads)
        while threads.waiting == 0 { await Task.yield() }
        await connection.giveUpAddress()
        end.signal()
        try await opening.value
        await connection.close()
    }

    @Test("a crowd over TLS is logged into a few at a time, as the router sees it, and everybody gets in")
    func crowd() async throws {
        let certificate = try IssuedCertificate.make(names: ["127.0.0.1"])
        let server = try TLSServer(certificatePEM: certificate.certificatePEM, keyPEM: certificate.keyPEM)
        let gate = HandshakeGate(HandshakeLimiter(limit: 4), on: ManualScheduler())
        let router = try ScriptedRouter(letsIn: false, tls: server)
        defer { router.stop() }
        let pin = try #require(CertificatePin(sha256: certificate.sha256))
        let driver = PoolDriver<RouterOSConnection>(
            endpoint(router.port, 1, .tls(.pinned(pin))),
            ConnectionConfiguration(connectTimeout: .seconds(3_600)),
            on: .shared,
            gate
        )
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<39 {
                group.addTask { await driver.close(try await driver.connect()) }
            }
            for round in 1...13 {
                // Three have come, and all the others stand in line; or one has come that should.
                while router.waitingLogins <= 3,
                    router.waitingLogins < 3 || gate.figures.waiting < 39 - 3 * round
                { await Task.yield() }
                try #require(router.letIn() == 3)
            }
        }
        #expect(gate.figures == (0, 0))
    }
}
