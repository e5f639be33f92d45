import Dispatch
import Glibc
import OpenSSLSupport
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@testable import RouterOSClient

@Suite("The way to a connection", .timeLimit(.minutes(1)), .everyPoller)
struct DiallingTests {
    private static let credentials = Credentials.user("api", password: "canary")

    /// A name service that knows one host, with these addresses in this order, the last one so often.
    private func names(_ addresses: String..., times: Int = 1) -> NameResolver {
        NameResolver { _, port in
            (addresses + Array(repeating: addresses.last ?? "", count: times - 1))
                .compactMap { SocketAddress.numeric($0, port: port) }
        }
    }

    private func dial(
        _ host: String,
        _ port: UInt16,
        security: ConnectionSecurity = .plaintext,
        timeout: Duration = .seconds(30),
        _ resolver: NameResolver = .shared
    ) async throws -> RouterOSConnection {
        try await .dial(
            host,
            port: port,
            security: security,
            as: Self.credentials,
            configuration: ConnectionConfiguration(connectTimeout: timeout),
            resolvingWith: resolver
        )
    }

    @Test("an address that refuses is passed over")
    func refusing() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        // Nothing listens on the same port of the next loopback address.
        let connection = try await dial("shop", router.port, names("127.0.0.2", "127.0.0.1"))
        _ = try await connection.run("/x")
        #expect(connection.endpoint == "shop:\(router.port)")
    }

    @Test("an address that swallows packets has its share of the time and no more")
    func swallowing() async throws {
        let hole = try DeafPort(address: "127.0.0.3")
        defer { withExtendedLifetime(hole) {} }
        // Where no other test listens: the port must be the same.
        let router = try ScriptedRouter(address: "127.0.0.25", port: hole.port) { _ in [Reply(.done)] }
        defer { router.stop() }
        // A hundredth of the time is its share; as many are left to a machine that is busy.
        let connection = try await dial("shop", hole.port, names("127.0.0.3", "127.0.0.25", times: 99))
        _ = try await connection.run("/x")
        await connection.close()
    }

    @Test("when all addresses swallow packets it is over at the time that was set for all of them together")
    func allSwallow() async throws {
        let hole = try DeafPort(address: "127.0.0.3")
        defer { withExtendedLifetime(hole) {} }
        let error = await #expect(throws: RouterOSError.self) {
            try await dial(
                "shop",
                hole.port,
                timeout: .milliseconds(90),
                names("127.0.0.3", "127.0.0.3", "127.0.0.3")
            )
        }
        #expect(error?.code == .connectTimeout && error?.message.contains("90ms") == true, "\(error as Any)")
    }

    @Test("when all addresses refuse the error says so")
    func allRefuse() async throws {
        let hole = try DeafPort(address: "127.0.0.3")
        defer { withExtendedLifetime(hole) {} }
        let error = await #expect(throws: RouterOSError.self) {
            try await dial("shop", hole.port, names("127.0.0.2", "127.0.0.4"))
        }
        #expect(error?.code == .connectionRefused)
    }

    @Test("the certificate of a host is found behind an address that refuses and one that swallows packets")
    func probe() async throws {
        let hole = try DeafPort(address: "127.0.0.3")
        defer { withExtendedLifetime(hole) {} }
        let simulator = RouterOSSimulator(.v7_18, credentials: Self.credentials)
        let tls = try SimulatorTLS.selfSigned()
        _ = try simulator.listen(port: hole.port, address: "127.0.0.26", tls: tls)
        defer { simulator.stop() }
        let shown = try await CertificateProbe(
            "shop",
            hole.port,
            .seconds(30),
            resolvingWith: names("127.0.0.2", "127.0.0.3", "127.0.0.26", times: 99)
        ).run()
        #expect(shown.pin == tls.pin)
    }

    @Test("IPv6 is spoken, with brackets where the port follows", .enabled(if: access("/proc/net/if_inet6", R_OK) == 0))
    func version6() async throws {
        let router = try ScriptedRouter(address: "::1") { _ in [Reply(.done)] }
        defer { router.stop() }
        let connection = try await dial("::1", router.port)
        _ = try await connection.run("/x")
        #expect(connection.endpoint == "[::1]:\(router.port)")
    }

    enum Stage: CaseIterable { case connect, handshake, login }

    @Test("a task that is cancelled on the way gives up at once and leaves no socket behind", arguments: Stage.allCases)
    func cancelled(stage: Stage) async throws {
        let hole = try DeafPort(address: "127.0.0.3")
        defer { withExtendedLifetime(hole) {} }
        let silent = try ScriptedRouter(letsIn: false)
        defer { silent.stop() }
        let port = stage == .connect ? hole.port : silent.port
        let before = stage == .connect ? hole.sockets : 1
        let task = Task {
            try await dial(
                stage == .connect ? "127.0.0.3" : "127.0.0.1",
                port,
                security: stage == .handshake ? .tls(.anonymous) : .plaintext,
                timeout: .seconds(3_600)
            )
        }
        switch stage {
        case .connect: while try SystemSockets.count(ofPort: port) <= before { await Task.yield() }
        case .handshake: while silent.openConnections == 0 { await Task.yield() }
        case .login: while silent.paths.isEmpty { await Task.yield() }
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        while try SystemSockets.count(ofPort: port) > before || silent.openConnections > 0 { await Task.yield() }
    }

    @Test(
        "a router of old is logged into by its challenge, over TLS too",
        arguments: [.plainWithLegacyFallback, .legacyOnly] as [LoginMode],
        [false, true]
    )
    func challenge(mode: LoginMode, isTLS: Bool) async throws {
        let certificate = try IssuedCertificate.make(names: ["127.0.0.1"])
        let server = try TLSServer(certificatePEM: certificate.certificatePEM, keyPEM: certificate.keyPEM)
        let router = try ScriptedRouter(tls: isTLS ? server : nil) { _ in
            [Reply(.done)]
        } logins: { login in
            switch login["response"] {
            case nil: [Reply(.done) { $0["ret"] = "098f6bcd4621d373cade4e832627b4f6" }]
            case "00119ce7e093e33497053e73f37a5d3e15": [Reply(.done)]
            default: [Reply(.trap) { $0["message"] = "cannot log in" }, Reply(.done)]
            }
        }
        defer { router.stop() }
        let pin = try #require(CertificatePin(sha256: certificate.sha256))
        let connection = try await RouterOSConnection.dial(
            "127.0.0.1",
            port: router.port,
            security: isTLS ? .tls(.pinned(pin)) : .plaintext,
            as: .user("api", password: "tset"),
            // An hour: what is not sent is not answered, and the suite's own limit ends that sooner.
            configuration: ConnectionConfiguration(connectTimeout: .seconds(3_600), loginMode: mode)
        )
        _ = try await connection.run("/x")
        #expect(router.paths == ["/login", "/login", "/x"])
        await connection.close()
    }

    @Test("other connections of the loop go on while a name is looked up")
    func slowNames() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (begun, end) = (Counter(), DispatchSemaphore(value: 0))
        let port = router.port
        let names = NameResolver { _, _ in
            begun.increment()
            end.wait()
            return SocketAddress.look(up: "127.0.0.1", port: port, numericOnly: true)
        }
        let healthy = try await dial("127.0.0.1", port)
        let slow = Task { try await dial("shop", port, timeout: .seconds(3_600), names) }
        while begun.value == 0 { await Task.yield() }
        for _ in 0..<10 { _ = try await healthy.run("/x") }
        #expect(router.paths.count { $0 == "/login" } == 1)
        end.signal()
        _ = try await slow.value.run("/x")
        #expect(router.paths.count { $0 == "/login" } == 2)
    }

    @Test("a task that was cancelled before connects to nothing")
    func cancelledBefore() async throws {
        // At an address of its own: others look for routers that they lost at ports that were given back.
        let router = try ScriptedRouter(address: "127.0.0.5")
        defer { router.stop() }
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return try await dial("127.0.0.5", router.port, timeout: .seconds(3_600))
        }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(router.paths.isEmpty)
    }

    /// What a connection fails with whose time is over once it is so far.
    private func failure(
        _ router: RouterEndpoint,
        atOnceWhen isSoFar: (RouterOSConnection) async -> Bool
    ) async throws -> RouterOSError {
        let configuration = ConnectionConfiguration(connectTimeout: .seconds(3_600))
        let connection = RouterOSConnection(router, EveryPoller.loop, configuration)
        let opening = Task { try await connection.open(.shared) }
        while await !isSoFar(connection) { await Task.yield() }
        await connection.diallingTimedOut()
        let error = await #expect(throws: RouterOSError.self) { try await opening.value }
        return try #require(error)
    }

    @Test("a peer that accepts and never answers the login is named with what to check")
    func silentLogin() async throws {
        let silent = try ScriptedRouter(letsIn: false)
        defer { silent.stop() }
        let error = try await failure(RouterEndpoint("127.0.0.1", port: silent.port, as: Self.credentials)) { _ in
            !silent.paths.isEmpty
        }
        #expect(error.code == .deadlineExceeded && error.isSafeToRetry)
        #expect(error.message.contains("/ip service print") && error.message.contains("RADIUS"))
        while silent.openConnections > 0 { await Task.yield() }
    }

    @Test("a router that TLS has shown to be one and that never answers the login is slow, not another service")
    func silentLoginWithTLS() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: Self.credentials)
        let tls = try SimulatorTLS.selfSigned()
        let port = try simulator.listen(tls: tls)
        defer { simulator.stop() }
        simulator.inject(.stall)
        let pin = try #require(tls.pin)
        let router = RouterEndpoint("127.0.0.1", port: port, security: .tls(.pinned(pin)), as: Self.credentials)
        let error = try await failure(router) { await $0.tls != nil }
        #expect(error.code == .loginTimeout && error.isSafeToRetry)
        #expect(error.message.contains("RADIUS"))
    }

    @Test(
        "no time is too absurd to be waited for",
        arguments: [
            Duration(secondsComponent: .max, attosecondsComponent: 0) * 18, .zero - .seconds(Int64.max) * 18,
            .nanoseconds(1),
        ]
    )
    func absurd(time: Duration) async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let patient = ConnectionConfiguration(connectTimeout: max(time, .seconds(30)), requestTimeout: time)
        let connection = try await RouterOSConnection.dial(
            "127.0.0.1",
            port: router.port,
            as: Self.credentials,
            configuration: patient
        )
        _ = try? await connection.run("/x")
        _ = try? await connection.run(Command("/x"), deadline: time)
        var rows = connection.stream(Command("/x"), deadline: time).makeAsyncIterator()
        _ = try? await rows.next()
        await connection.close(within: time)
        #expect(await !connection.isOpen)
    }
}
