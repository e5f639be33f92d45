import RouterOSClient
import RouterOSProtocol
import RouterOSREST
import Testing

@Suite("What a REST client is told of a router")
struct RESTOriginTests {
    private func endpoint(
        _ host: String,
        _ security: ConnectionSecurity = .tls(.systemRoots),
        user: String = "a",
        password: String = "b"
    ) throws -> String {
        try RouterOSRESTClient(host, security: security, as: .user(user, password: password)).endpoint
    }

    @Test(
        "is a name or an address",
        arguments: [
            ("r", "r:443"), ("Router-1.my_shop.lan", "Router-1.my_shop.lan:443"), ("10.0.0.7", "10.0.0.7:443"),
            ("::1", "[::1]:443"), ("fe80::1%eth0", "[fe80::1%eth0]:443"), ("::ffff:10.0.0.7", "[::ffff:10.0.0.7]:443"),
        ]
    )
    func hosts(host: String, expected: String) throws {
        #expect(try endpoint(host) == expected)
    }

    @Test(
        "is refused when an address would read it as something else",
        arguments: [
            "", "internal/admin?", "a@b", "a:b@c", "r:80", "r#", "r?", "a b", "[::1]", "::1]", "::1/x", "1::2::3",
            "fe80::1%",
            "fe80::1%a/b", "fe80::1%25%", "r\0x", "::1\0x", "r\n", "münchen", "a\\b", "%61", "{a,b}",
        ]
    )
    func noHosts(host: String) {
        let error = #expect(throws: RouterOSError.self) { try endpoint(host) }
        #expect(error?.code == .invalidCommand && error?.isSafeToRetry == true)
        #expect(error?.message.hasPrefix("the host is neither") == true)
    }

    @Test(
        "is refused when HTTP cannot carry user or password, which it does not repeat",
        arguments: [("canary:a", "b"), ("canary\0", "b"), ("a", "canary\0b")]
    )
    func credentials(user: String, password: String) {
        let error = #expect(throws: RouterOSError.self) { try endpoint("r", user: user, password: password) }
        #expect(error?.code == .invalidCommand && error?.message.contains("canary") == false)
    }

    @Test("has no anonymous TLS")
    func anonymous() {
        let error = #expect(throws: RouterOSError.self) { try endpoint("r", .tls(.anonymous)) }
        #expect(error?.code == .invalidCommand)
    }

    @Test("has the port of its service unless told otherwise")
    func ports() throws {
        #expect(try endpoint("r", .plaintext) == "r:80")
    }
}
