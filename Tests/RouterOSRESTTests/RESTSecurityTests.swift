import Foundation
import RouterOSClient
import RouterOSProtocol
import RouterOSREST
import Testing

@Suite("HTTPS with a certificate of the router's own")
struct RESTSecurityTests {
    /// Serves one row over TLS, and says its port and the fingerprint of its certificate.
    private static let program = """
        import hashlib, http.server, ssl, subprocess, sys, tempfile, os
        folder = tempfile.mkdtemp()
        key, certificate = os.path.join(folder, "key"), os.path.join(folder, "certificate")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
            "-keyout", key, "-out", certificate, "-days", "1", "-subj", "/CN=router"], check=True, stderr=subprocess.DEVNULL)
        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            def do_POST(self):
                self.rfile.read(int(self.headers["Content-Length"]))
                print("asked", flush=True)
                body = b'[{"name":"Shop"}]'
                self.send_response(200)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            def log_message(self, *arguments):
                pass
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        der = ssl.PEM_cert_to_DER_cert(open(certificate).read())
        print(server.server_address[1], hashlib.sha256(der).hexdigest(), flush=True)
        import threading
        threading.Thread(target=server.serve_forever, daemon=True).start()
        sys.stdin.read()
        print("end", flush=True)
        """

    private struct Server {
        let process = Process()
        let input = Pipe()
        let output = Pipe()
        let port: UInt16
        let pin: CertificatePin

        init() throws {
            process.executableURL = URL(filePath: "/usr/bin/env")
            process.arguments = ["python3", "-c", RESTSecurityTests.program]
            process.standardInput = input
            process.standardOutput = output
            try process.run()
            var line = ""
            while !line.hasSuffix("\n"), let byte = try output.fileHandleForReading.read(upToCount: 1), !byte.isEmpty {
                line += String(decoding: byte, as: UTF8.self)
            }
            let words = line.split { $0 == " " || $0 == "\n" }.map(String.init)
            guard words.count == 2, let port = UInt16(words[0]), let pin = CertificatePin(words[1]) else {
                throw Unexpected()
            }
            self.port = port
            self.pin = pin
        }

        /// How many requests arrived.
        func stop() throws -> Int {
            try input.fileHandleForWriting.close()
            let rest = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            return String(decoding: rest, as: UTF8.self).split(separator: "\n").filter { $0 == "asked" }.count
        }
    }

    private func ask(_ server: Server, _ security: ConnectionSecurity) async throws -> [String] {
        let router = try RouterOSRESTClient(
            "127.0.0.1",
            port: server.port,
            security: security,
            as: .user("api", password: "x")
        )
        _ = try await router.get(SystemIdentity.self)
        return [try await router.get(SystemIdentity.self).name]
    }

    @Test("is taken by its pin alone; any other is refused before anything is sent", .timeLimit(.minutes(1)))
    func pinning() async throws {
        let server = try Server()
        #expect(try await ask(server, .tls(.pinned(server.pin))) == ["Shop"])
        let other = try #require(CertificatePin(sha256: [UInt8](repeating: 7, count: 32)))
        let changed = await #expect(throws: RouterOSError.self) { try await ask(server, .tls(.pinned(other))) }
        #expect(changed?.code == .certificateChanged && changed?.isSafeToRetry == true)
        let untrusted = await #expect(throws: RouterOSError.self) { try await ask(server, .tls(.systemRoots)) }
        #expect(untrusted?.code == .certificateRejected)
        #expect(try server.stop() == 2)
    }

    @Test("that does not come in time is no answer of a router, and safe to try again", .timeLimit(.minutes(1)))
    func silence() async throws {
        // What it hears is no HTTP, and it says nothing to it.
        let service = try WebService { _ in .init() }
        defer { service.stop() }
        var found: RouterOSError?
        // A busy machine may need all of a short time to connect.
        for milliseconds in [50, 1_000, 10_000] where found?.code != .deadlineExceeded {
            let router = try RouterOSRESTClient(
                "127.0.0.1",
                port: service.port,
                security: .tls(.systemRoots),
                as: .user("api", password: "x"),
                configuration: RESTConfiguration(connectTimeout: .milliseconds(milliseconds), retry: .never)
            )
            found = await #expect(throws: RouterOSError.self) { try await router.run("/x/add") }
        }
        #expect(found?.code == .deadlineExceeded && found?.isSafeToRetry == true && found?.readBack == nil)
        #expect(service.requests.isEmpty)
    }
}
