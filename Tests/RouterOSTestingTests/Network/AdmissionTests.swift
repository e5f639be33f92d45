import OpenSSLSupport
import RouterOSClient
import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSTesting

/// Who is let in at which service.
@Suite(.timeLimit(.minutes(1)))
struct AdmissionTests {
    private static let credentials = Credentials.user("api", password: "secret")
    private static let patience = ConnectionConfiguration(connectTimeout: .seconds(50), requestTimeout: .seconds(50))

    private static func code(_ body: () async throws -> Void) async -> RouterOSError.Code? {
        await #expect(throws: RouterOSError.self) { try await body() }?.code
    }

    private static func dial(_ port: UInt16, _ pin: CertificatePin? = nil) async throws {
        try await RouterOSConnection.with(
            "127.0.0.1",
            port: port,
            security: pin.map { .tls(.pinned($0)) } ?? .plaintext,
            as: credentials,
            configuration: patience
        ) { _ = try await $0.get(SystemIdentity.self) }
    }

    @Test func aConnectionTooManyIsEndedAtOnceInMemory() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try router.run("/ip/service/set", [".id": "api", "max-sessions": "1"])
        try await router.connect { first in
            // It says nothing, and hears of its end all the same.
            let silent = RawClient()
            silent.adopt(try router.open(on: .shared, handler: silent))
            while silent.end == nil { await Task.yield() }
            #expect(silent.end == .endOfStream)
            let code = await Self.code { try await router.connect(configuration: Self.patience) { _ in } }
            #expect(code == .connectionClosed)
            _ = try await first.get(SystemIdentity.self)
        }
    }

    @Test func aConnectionTooManyIsEndedAtOnceOnAPort() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try router.run("/ip/service/set", [".id": "api", "max-sessions": "1"])
        let port = try router.listen()
        defer { router.stop() }
        let first = try RawClient(port)
        first.send(["/login", "=name=api", "=password=secret"])
        while first.received.isEmpty { await Task.yield() }
        // It says nothing, and hears of its end all the same.
        let second = try RawClient(port)
        while second.end == nil { await Task.yield() }
        #expect(second.end == .endOfStream)
        #expect(second.received.isEmpty)
        #expect(first.end == nil)
    }

    @Test func eachServiceCountsItsOwnSessions() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        try router.run("/ip/service/set", [".id": "api", "max-sessions": "1"])
        try router.run("/ip/service/set", [".id": "api-ssl", "max-sessions": "1"])
        let tls = try SimulatorTLS.selfSigned()
        let (port, securePort) = (try router.listen(), try router.listen(tls: tls))
        defer { router.stop() }
        try await RouterOSConnection.with("127.0.0.1", port: port, as: Self.credentials) { _ in
            try await Self.dial(securePort, tls.pin)
            #expect(await Self.code { try await Self.dial(port) } == .connectionClosed)
        }
    }

    @Test func eachServiceTakesItsOwnAddresses() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let tls = try SimulatorTLS.selfSigned()
        let (port, securePort) = (try router.listen(), try router.listen(tls: tls))
        defer { router.stop() }
        try router.run("/ip/service/set", [".id": "api-ssl", "address": "192.0.2.0/24"])
        try await Self.dial(port)
        let refused = try RawClient(securePort, pin: tls.server.certificateSHA256)
        while refused.end == nil { await Task.yield() }
        try router.run("/ip/service/set", [".id": "api-ssl", "address": "127.0.0.0/8"])
        try router.run("/ip/service/set", [".id": "api", "address": "192.0.2.0/24"])
        try await Self.dial(securePort, tls.pin)
        #expect(await Self.code { try await Self.dial(port) } == .connectionClosed)
    }

    @Test func aServiceThatIsOffHasNoPort() async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let tls = try SimulatorTLS.selfSigned()
        let (port, securePort) = (try router.listen(), try router.listen(tls: tls))
        defer { router.stop() }
        try router.run("/ip/service/disable", [".id": "api"])
        #expect(await Self.code { try await Self.dial(port) } == .connectionRefused)
        try await Self.dial(securePort, tls.pin)
        try router.run("/ip/service/enable", [".id": "api"])
        try await Self.dial(port)
    }

    @Test func thePeersAddressIsKnown() async throws {
        let simulator = RouterOSSimulator(credentials: Self.credentials)
        let port: UInt16
        do {
            port = try simulator.listen(address: "::1")
        } catch {
            // A machine without IPv6 has one loopback address that a connection can come from.
            port = try simulator.listen()
        }
        defer { simulator.stop() }
        let host = simulator.state.withLock { $0.ports.first?.address } ?? ""
        try await RouterOSConnection.with(host, port: port, as: Self.credentials) { connection in
            let rows = try await connection.run(Command("/user/active/print")).rows
            #expect(rows.first?["address"] == host)
        }
    }
}
