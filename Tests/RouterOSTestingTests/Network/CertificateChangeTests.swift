import OpenSSLSupport
import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// What stays the same when a router shows another certificate.
@Suite(.timeLimit(.minutes(1)))
struct CertificateChangeTests {
    private static let credentials = Credentials.user("api", password: "secret")

    @Test(arguments: [(false, "TLSv1.3"), (true, "TLSv1.2")])
    func theVersionOfTLSStays(onlyTLS12: Bool, version: String) async throws {
        let router = RouterOSSimulator(credentials: Self.credentials)
        let port = try router.listen(tls: .selfSigned(onlyTLS12: onlyTLS12))
        defer { router.stop() }
        router.inject(.certificateChange)
        router.inject(.certificateChange)
        let pin = try #require(router.certificatePin)
        try await RouterOSConnection.with(
            "127.0.0.1",
            port: port,
            security: .tls(.pinned(pin)),
            as: Self.credentials
        ) { connection in
            let tls = try #require(await connection.tls)
            #expect(tls.version == version)
        }
    }

    @Test(arguments: [true, false])
    func theNamesOfACertificateOfOnesOwnStay(hasAlternativeNames: Bool) throws {
        let names = ["router.example", "192.0.2.7", "::1"]
        let own = try IssuedCertificate.make(names: names, hasAlternativeNames: hasAlternativeNames)
        let tls = try SimulatorTLS.certificate(pem: own.certificatePEM, key: own.keyPEM)
        let renewed = try tls.renewed()
        #expect(renewed.pin != tls.pin)
        let expected = hasAlternativeNames ? ["router.example", "192.0.2.7", "0:0:0:0:0:0:0:1"] : ["router.example"]
        #expect(renewed.server.certificateNames == expected)
        #expect(try renewed.renewed().server.certificateNames == expected)
    }

    @Test func anAnonymousServiceGetsACertificateForThisMachine() throws {
        let renewed = try SimulatorTLS.anonymous.renewed()
        #expect(renewed.pin != nil)
        #expect(renewed.server.certificateNames == ["127.0.0.1", "localhost"])
    }
}
