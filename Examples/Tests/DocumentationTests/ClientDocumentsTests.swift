import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Synchronization
import Testing

/// The snippets of `Docs/client.md` and `Docs/tls.md`, compiled and run as they stand there.
@Suite struct ClientDocumentsTests {
    @Test(arguments: [("client.md", 1), ("tls.md", 2)])
    func everySnippetIsInThisFile(document: String, count: Int) throws {
        let source = try Self.lines(String(contentsOf: URL(filePath: #filePath), encoding: .utf8))
        var root = URL(filePath: #filePath)
        for _ in 0..<4 { root.deleteLastPathComponent() }
        let text = try String(contentsOf: root.appending(path: "Docs/\(document)"), encoding: .utf8)
        let snippets = text.components(separatedBy: "```swift\n").dropFirst()
        #expect(snippets.count == count)
        for snippet in snippets {
            for line in Self.lines(snippet.components(separatedBy: "```")[0]) {
                let isCompiled = source.contains(line)
                #expect(isCompiled, "not in this file: \(line)")
            }
        }
    }

    @Test func oneRouterAPoolAFleet() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"), identity: "Lake View")
        let certificate = try SimulatorTLS.selfSigned()
        let (host, secret) = ("127.0.0.1", "secret")
        let port = try simulator.listen()
        let tlsPort = try simulator.listen(tls: certificate)
        defer { simulator.stop() }
        let pin = try #require(certificate.pin)

        let name = try await RouterOSConnection.with(host, port: port, as: .user("api", password: secret)) { router in
            try await router.get(SystemIdentity.self).name
        }
        let user = Credentials.user("api", password: secret)
        let endpoint = RouterEndpoint(host, port: tlsPort, security: .tls(.pinned(pin)), as: user)
        let router = RouterClient(endpoint)
        let uptime = try await router.get(SystemResource.self).uptime
        let fleet = RouterFleet(FleetConfiguration(loops: 2, commandsPerMinute: 100))
        let version = try await fleet[endpoint].get(SystemResource.self).version

        #expect(name == "Lake View" && uptime >= .zero && version.hasPrefix("7.18"))
        await router.close()
        await fleet.close()
    }

    @Test func aPinnedConnection() async throws {
        let simulator = RouterOSSimulator(credentials: .user("api", password: "secret"), identity: "Lake View")
        let certificate = try SimulatorTLS.selfSigned()
        let (host, secret) = ("127.0.0.1", "secret")
        let port = try simulator.listen(tls: certificate)
        defer { simulator.stop() }
        let fingerprint = try "\(#require(certificate.pin))"
        let lines = Mutex<[String]>([])
        let print: @Sendable (String) -> Void = { line in lines.withLock { $0.append(line) } }

        guard let pin = CertificatePin(fingerprint) else { return }  // 64 hexadecimal digits, from the router
        let user = Credentials.user("api", password: secret)
        let endpoint = RouterEndpoint(host, port: port, security: .tls(.pinned(pin)), as: user)
        try await RouterOSConnection.with(endpoint) { router in
            print(try await router.get(SystemIdentity.self).name)
            if let tls = await router.tls { print("\(tls)") }  // TLSv1.3 TLS_AES_256_GCM_SHA384
        }

        let said = lines.withLock { $0 }
        #expect(said.first == "Lake View" && said.last == "TLSv1.3 TLS_AES_256_GCM_SHA384")
    }

    @Test func thePinAtFirstUse() async throws {
        let simulator = RouterOSSimulator(credentials: .user("api", password: "secret"))
        let certificate = try SimulatorTLS.selfSigned()
        let host = "127.0.0.1"
        let port = try simulator.listen(tls: certificate)
        defer { simulator.stop() }
        let lines = Mutex<[String]>([])
        let print: @Sendable (String) -> Void = { line in lines.withLock { $0.append(line) } }

        let shown = try await CertificatePin.presented(by: host, port: port)
        print("\(shown.pin) \(shown.subject) \(shown.names) \(shown.notAfter)")

        #expect(shown.pin == certificate.pin)
        #expect(lines.withLock { $0.first }?.hasPrefix("\(shown.pin) ") == true)
    }

    private static func lines(_ text: String) -> Set<String> {
        Set(text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty })
    }
}
