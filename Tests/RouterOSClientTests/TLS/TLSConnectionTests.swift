import Glibc
import OpenSSLSupport
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Connections with TLS", .everyPoller)
struct TLSConnectionTests {
    private static let credentials = Credentials.user("api", password: "canary")

    private func router() -> RouterOSSimulator { RouterOSSimulator(.v7_18, credentials: Self.credentials) }

    /// What connecting to `port` fails with; nothing may have been sent.
    private func failure(_ port: UInt16, _ security: ConnectionSecurity) async throws -> RouterOSError {
        let error = await #expect(throws: RouterOSError.self) {
            try await RouterOSConnection.dial("127.0.0.1", port: port, security: security, as: Self.credentials)
        }
        let found = try #require(error)
        #expect(found.isSafeToRetry && !found.isTransient)
        #expect(found.endpoint == "127.0.0.1:\(port)")
        #expect(!"\(found)".contains("canary"))
        return found
    }

    private func use(
        _ port: UInt16,
        _ security: ConnectionSecurity,
        _ body: (RouterOSConnection) async throws -> Void
    ) async throws {
        let router = try await RouterOSConnection.dial(
            "127.0.0.1",
            port: port,
            security: security,
            as: Self.credentials
        )
        try await body(router)
        await router.close()
    }

    enum Mode: CaseIterable { case pinned, pinnedTLS12, anonymous }

    @Test("commands and rows go through, and the connection says how it is protected", arguments: Mode.allCases)
    func works(mode: Mode) async throws {
        let simulator = router()
        let tls =
            mode == .anonymous
            ? try SimulatorTLS.anonymous : try SimulatorTLS.selfSigned(onlyTLS12: mode == .pinnedTLS12)
        let port = try simulator.listen(tls: tls)
        defer { simulator.stop() }
        let security = ConnectionSecurity.tls(tls.pin.map { .pinned($0) } ?? .anonymous)
        try await use(port, security) { router in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    group.addTask { try await router.add(HotspotUser(name: "u\(number)", password: "p")) }
                }
                try await group.waitForAll()
            }
            #expect(try await router.print(HotspotUser.self).collect().count == 200)
            let found = try #require(await router.tls)
            #expect(found.pin == tls.pin)
            #expect(found.version == (mode == .pinned ? "TLSv1.3" : "TLSv1.2"))
            #expect(!found.isResumed)
        }
        // Every later connection resumes the session of the one before.
        for _ in 0..<3 {
            try await use(port, security) { router in
                let found = try #require(await router.tls)
                #expect(found.isResumed)
                #expect(found.pin == tls.pin)
                #expect(try await router.count(HotspotUser.self) == 200)
            }
        }
    }

    @Test("the connection test uses the security of the endpoint, and says what to do where it cannot")
    func connectionTest() async throws {
        let simulator = router()
        let tls = try SimulatorTLS.selfSigned()
        let port = try simulator.listen(tls: tls)
        defer { simulator.stop() }
        let pin = try #require(tls.pin)
        var endpoint = RouterEndpoint("127.0.0.1", port: port, security: .tls(.pinned(pin)), as: Self.credentials)
        #expect(await ConnectionTest.run(endpoint).failure == nil)
        endpoint.security = .tls(.systemRoots)
        let untrusted = await ConnectionTest.run(endpoint)
        #expect(untrusted.failure?.step == .handshake && untrusted.failure?.error.code == .certificateRejected)
        #expect(untrusted.remedy?.contains("/certificate") == true)
        endpoint.security = .plaintext
        #expect(await ConnectionTest.run(endpoint).failure?.step == .handshake)
    }

    @Test("another certificate than the pinned one is never spoken to")
    func pinMismatch() async throws {
        let simulator = router()
        let tls = try SimulatorTLS.selfSigned()
        let port = try simulator.listen(tls: tls)
        defer { simulator.stop() }
        let shown = try #require(tls.pin)
        let other = try #require(SimulatorTLS.selfSigned().pin)
        let error = try await failure(port, .tls(.pinned(other)))
        #expect(error.code == .certificateChanged)
        #expect(error.message.contains("\(other)") && error.message.contains("\(shown)"))
        #expect(error.message.contains("/certificate print"))
        #expect(simulator.transcript.isEmpty)
    }

    @Test("a certificate that nobody vouches for is refused with what to do")
    func selfSigned() async throws {
        let simulator = router()
        let port = try simulator.listen(tls: .selfSigned())
        defer { simulator.stop() }
        let error = try await failure(port, .tls(.systemRoots))
        #expect(error.code == .certificateRejected)
        #expect(error.message.contains(".pinned"))
        #expect(simulator.transcript.isEmpty)
    }

    @Test("no mode turns into another by itself")
    func modes() async throws {
        let simulator = router()
        let certified = try SimulatorTLS.selfSigned()
        let withCertificate = try simulator.listen(tls: certified)
        let without = try simulator.listen(tls: .anonymous)
        defer { simulator.stop() }
        let anonymous = try await failure(withCertificate, .tls(.anonymous))
        #expect(anonymous.code == .tlsFailed && anonymous.message.contains("has a certificate"))
        for trust in [.systemRoots, .pinned(try #require(certified.pin))] as [TLSTrust] {
            let error = try await failure(without, .tls(trust))
            #expect(error.code == .tlsFailed)
            #expect(error.message.contains("api-ssl certificate=") && error.message.contains(".anonymous"))
        }
        #expect(simulator.transcript.isEmpty)
    }

    @Test("a port without TLS is told apart, whatever it answers", arguments: ["HTTP/1.1 400 Bad\r\n", "\u{5}!done\0"])
    func plain(greeting: String) async throws {
        let router = try ScriptedRouter(greeting: Array(greeting.utf8))
        defer { router.stop() }
        let error = try await failure(router.port, .tls(.anonymous))
        #expect(error.code == .tlsFailed)
        #expect(error.message.contains("8729"))
    }

    @Test("a port that hangs up on the first bytes of TLS is told apart from one that nobody reaches")
    func hangsUp() async throws {
        let socket = try ListeningSocket(port: 0, on: .shared) { descriptor in
            // What was not read makes the system answer with a reset.
            var piece: UInt8 = 0
            _ = recv(descriptor, &piece, 1, 0)
            close(descriptor)
        }
        defer { socket.close() }
        let error = try await failure(socket.port, .tls(.anonymous))
        #expect(error.code == .connectionClosed && error.message.contains("handshake"))
    }

    @Test("a port that accepts and stays silent is no reason to wait for ever")
    func silent() async throws {
        let router = try ScriptedRouter()
        defer { router.stop() }
        var error: RouterOSError?
        // A busy machine may need all of a short time to connect.
        for seconds in [1, 10] where error?.code != .deadlineExceeded {
            error = await #expect(throws: RouterOSError.self) {
                try await RouterOSConnection.dial(
                    "127.0.0.1",
                    port: router.port,
                    security: .tls(.anonymous),
                    as: Self.credentials,
                    configuration: ConnectionConfiguration(connectTimeout: .seconds(seconds))
                )
            }
        }
        #expect(error?.code == .deadlineExceeded, "\(String(describing: error))")
        #expect(error?.message.contains("handshake") == true)
    }

    @Test("the certificate of a router is shown before anybody logs in")
    func presented() async throws {
        let simulator = router()
        let tls = try SimulatorTLS.selfSigned(names: ["router.lan", "127.0.0.1"])
        let port = try simulator.listen(tls: tls)
        let anonymous = try simulator.listen(tls: .anonymous)
        defer { simulator.stop() }
        let shown = try await CertificatePin.presented(by: "127.0.0.1", port: port)
        #expect(shown.pin == tls.pin)
        #expect(shown.subject == "CN = router.lan")
        #expect(shown.names == ["DNS:router.lan", "IP Address:127.0.0.1"])
        let none = await #expect(throws: RouterOSError.self) {
            try await CertificatePin.presented(by: "127.0.0.1", port: anonymous)
        }
        #expect(none?.code == .tlsFailed && none?.message.contains("no certificate") == true)
        let nobody = await #expect(throws: RouterOSError.self) {
            try await CertificatePin.presented(by: "127.0.0.1", port: 1)
        }
        #expect(nobody?.code == .connectionRefused)
        #expect(simulator.transcript.isEmpty)
    }

    @Test("the simulator refuses keys it cannot use")
    func simulatorKeys() throws {
        let made = try IssuedCertificate.make(names: ["a"])
        let other = try IssuedCertificate.make(names: ["b"])
        let error = #expect(throws: SimulatorError.self) {
            try SimulatorTLS.certificate(pem: made.certificatePEM, key: other.keyPEM)
        }
        #expect(error?.code == .certificate)
        #expect(try SimulatorTLS.certificate(pem: made.certificatePEM, key: made.keyPEM).pin?.sha256 == made.sha256)
    }
}
