import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// What faults do to TCP and TLS ports.
@Suite(.timeLimit(.minutes(1)))
struct PortTests {
    private static let credentials = Credentials.user("api", password: "secret")

    @Test func aClosedPortRefusesAndOpensAgain() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let port = try router.listen()
        defer { router.stop() }
        router.inject(.refuseConnections)
        let error = await #expect(throws: RouterOSError.self) {
            try await RouterOSConnection.with("127.0.0.1", port: port, as: Self.credentials) { _ in }
        }
        #expect(error?.code == .connectionRefused)
        router.clear(.refuseConnections)
        try await RouterOSConnection.with("127.0.0.1", port: port, as: Self.credentials) { _ in }
    }

    @Test func aResetIsSeenOverTCP() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let port = try router.listen()
        defer { router.stop() }
        let error = await #expect(throws: RouterOSError.self) {
            try await RouterOSConnection.with("127.0.0.1", port: port, as: Self.credentials) { connection in
                router.inject(.resetConnection(afterBytes: 5))
                _ = try await connection.get(SystemIdentity.self)
            }
        }
        #expect(error?.code == .connectionClosed)
    }

    @Test func anotherCertificateIsNoticed() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        #expect(router.certificatePin == nil)
        let port = try router.listen(tls: .selfSigned())
        defer { router.stop() }
        let old = try #require(router.certificatePin)
        let connect = { (pin: CertificatePin) in
            try await RouterOSConnection.with(
                "127.0.0.1",
                port: port,
                security: .tls(.pinned(pin)),
                as: Self.credentials
            ) { _ in }
        }
        try await connect(old)
        router.inject(.certificateChange)
        let new = try #require(router.certificatePin)
        #expect(new != old)
        let error = await #expect(throws: RouterOSError.self) { try await connect(old) }
        #expect(error?.code == .certificateChanged)
        try await connect(new)
    }
}
