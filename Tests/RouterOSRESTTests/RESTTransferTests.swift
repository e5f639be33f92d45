import RouterOSClient
import RouterOSProtocol
import RouterOSREST
import Synchronization
import Testing

@Suite("Transfers over REST")
struct RESTTransferTests {
    private static let canary = "canary-7Q"

    private func client(
        _ port: UInt16,
        _ configuration: RESTConfiguration = RESTConfiguration()
    ) throws -> RouterOSRESTClient {
        try RouterOSRESTClient(
            "127.0.0.1",
            port: port,
            security: .plaintext,
            as: .user("api", password: Self.canary),
            configuration: configuration
        )
    }

    private func expect(
        _ code: RouterOSError.Code,
        _ response: WebService.Response,
        _ configuration: RESTConfiguration = RESTConfiguration()
    ) async throws -> RouterOSError {
        let service = try WebService { _ in response }
        defer { service.stop() }
        var configuration = configuration
        configuration.maximumAnswerBytes = 1_000
        let router = try client(service.port, configuration)
        let error = await #expect(throws: RouterOSError.self) {
            try await router.run("/ppp/secret/add", ["password": Self.canary])
        }
        let found = try #require(error)
        #expect(found.code == code)
        for trace in ["\(found)", String(reflecting: found), "\(router)", String(reflecting: router)] {
            #expect(!trace.contains(Self.canary))
        }
        return found
    }

    @Test("a command is one POST of a JSON object, the password in no part of the address")
    func request() async throws {
        let service = try WebService { _ in .init(body: Array("[]".utf8)) }
        defer { service.stop() }
        let router = try client(service.port)
        var command = Command.print(
            "/ip/hotspot/user",
            properties: [".id", "name"],
            where: .equal("name", "A") && .present("comment")
        )
        command.attributes.flag("detail")
        #expect(try await router.run(command).rows.isEmpty)
        let request = try #require(service.requests.first)
        #expect(request.head.hasPrefix("POST /rest/ip/hotspot/user/print HTTP/1.1\r\n"))
        #expect(request.head.contains("\r\nAuthorization: Basic ") && !request.head.contains(Self.canary))
        #expect(!request.head.contains("Expect"))
        let body = String(decoding: request.body, as: UTF8.self)
        for part in [#"".proplist":[".id","name"]"#, #"".query":["name=A","comment""#, #""detail":"""#] {
            #expect(body.contains(part), "\(body)")
        }
    }

    @Test(
        "what a router refuses has the code it has over the API",
        arguments: [
            (400, "failure: already have user with this name for this server", .duplicate),
            (404, "Not Found", .noSuchItem),
            (400, "unknown parameter foo", .unknownParameter), (403, "not enough permissions (9)", .permissionDenied),
            (500, "something else", .trap), (400, "invalid value \(canary) for password", .invalidValue),
            (400, "no such command or directory (health)", .noSuchCommand),
        ] as [(Int, String, RouterOSError.Code)]
    )
    func refusals(status: Int, detail: String, code: RouterOSError.Code) async throws {
        let body = #"{"error":\#(status),"message":"Bad Request","detail":"\#(detail)"}"#
        _ = try await expect(code, .init(status: status, body: Array(body.utf8)))
    }

    @Test(
        "a peer that is no REST interface is named",
        arguments: [
            .init(status: 404, body: Array("<html>404</html>".utf8)), .init(status: 200, body: Array("<html>".utf8)),
            .init(status: 302, headers: ["Location: http://127.0.0.1:1/"]), .init(status: 200, body: Array("[1]".utf8)),
            .init(status: 200, body: Array("\"x\"".utf8)), .init(status: 502),
        ] as [WebService.Response]
    )
    func noREST(response: WebService.Response) async throws {
        _ = try await expect(.notRouterOS, response)
    }

    @Test("an answer that is too long or cut is an error, and what that means for a write is said")
    func unfinished() async throws {
        _ = try await expect(.limitExceeded, .init(body: [UInt8](repeating: 0x20, count: 1_001)))
        let cut = try await expect(.connectionClosed, .init(body: Array("[".utf8), isCut: true))
        #expect(!cut.isSafeToRetry && cut.message.contains("/ppp/secret/add"))
        let many = Array(("[" + Array(repeating: "{}", count: 11).joined(separator: ",") + "]").utf8)
        _ = try await expect(.limitExceeded, .init(body: many), RESTConfiguration(maximumRows: 10))
    }

    @Test("a write that is not answered in time may have taken effect; what shows it is said", .timeLimit(.minutes(1)))
    func late() async throws {
        let service = try WebService { _ in .init(isSilent: true) }
        defer { service.stop() }
        let router = try client(service.port)
        var found: RouterOSError?
        // A busy machine may need all of a short time to send anything.
        for milliseconds in [50, 1_000, 10_000] where service.requests.isEmpty {
            found = await #expect(throws: RouterOSError.self) {
                let command = Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" }
                _ = try await router.run(command, deadline: .milliseconds(milliseconds))
            }
        }
        let error = try #require(found)
        #expect(error.code == .deadlineExceeded && !error.isSafeToRetry && error.endpoint == router.endpoint)
        #expect(error.readBack?.path == "/ip/hotspot/user/print" && error.readBack?.query == .equal("name", "A7K2"))
    }

    @Test("nothing listening is told apart, and safe to try again")
    func refused() async throws {
        let service = try WebService { _ in .init() }
        service.stop()
        let router = try client(service.port)
        let error = await #expect(throws: RouterOSError.self) { try await router.run("/x/print") }
        #expect(error?.code == .connectionRefused && error?.isSafeToRetry == true)
    }

    @Test("cancelling the task ends the transfer at once, and others go on", .timeLimit(.minutes(1)))
    func cancelling() async throws {
        let service = try WebService { request in
            .init(body: Array("[]".utf8), isSilent: request.head.contains("/slow"))
        }
        defer { service.stop() }
        let configuration = RESTConfiguration(requestTimeout: .seconds(3_600), callTimeout: .seconds(3_600))
        let router = try client(service.port, configuration)
        let task = Task { try await router.run("/slow") }
        while service.requests.isEmpty { await Task.yield() }
        #expect(try await router.run("/quick").rows.isEmpty)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await router.run("/quick").rows.isEmpty)
    }

    @Test("a client that is let go fails nothing it was not asked for", .timeLimit(.minutes(1)))
    func lettingGo() async throws {
        let service = try WebService { _ in .init(body: Array("[{\"name\":\"x\"}]".utf8)) }
        defer { service.stop() }
        for _ in 0..<20 { #expect(try await client(service.port).run("/x").rows.first?["name"] == "x") }
    }

    @Test(
        "a command without an end is refused before anything is sent",
        arguments: [
            ("/log/listen", []), ("/log/print", ["follow"]), ("/log/print", ["follow-only"]),
            ("/queue/simple/print", ["interval"]), ("/interface/monitor-traffic", ["interface"]),
            ("/tool/torch", ["interface"]), ("/ping", ["address"]), ("/interface/ethernet/monitor", [".id"]),
        ] as [(String, [String])]
    )
    func endless(path: String, names: [String]) async throws {
        let service = try WebService { _ in .init(body: Array("[]".utf8)) }
        defer { service.stop() }
        let router = try client(service.port)
        func run(_ names: [String]) async throws {
            _ = try await router.run(Command(path) { for name in names { $0[name] = "1" } })
        }
        let error = await #expect(throws: RouterOSError.self) { try await run(names) }
        #expect(error?.code == .invalidCommand && error?.isSafeToRetry == true && service.requests.isEmpty)
        guard !path.hasSuffix("print"), !path.hasSuffix("listen") else { return }
        try await run(names + ["once"])
        #expect(service.requests.count == 1)
    }

    @Test("what HTTP cannot carry is refused before anything is sent")
    func unsuited() async throws {
        let service = try WebService { _ in .init(body: Array("[]".utf8)) }
        defer { service.stop() }
        let router = try client(service.port)
        let error = await #expect(throws: RouterOSError.self) {
            try await router.run(Command("/x/add") { $0.set("comment", bytes: [0xFF]) })
        }
        #expect(error?.code == .invalidCommand && service.requests.isEmpty)
    }

    @Test("numbers and other kinds of JSON are read as their text, names that cannot be are left out")
    func kinds() async throws {
        let body = #"[{"a":1,"b":true,"c":null,"d":{"x":[1]},"e":"","=":"y","":"z","f":false,"g":1.5,"ret":"1"}]"#
        let service = try WebService { _ in .init(body: Array(body.utf8)) }
        defer { service.stop() }
        let row = try #require(try await client(service.port).run("/x").rows.first)
        #expect(row["a"] == "1" && row["b"] == "true" && row["f"] == "false" && row["g"] == "1.5")
        #expect(row["c"] == "" && row["d"] == #"{"x":[1]}"# && row["e"] == "")
        #expect(row.attributes.map(\.name) == ["a", "b", "c", "d", "e", "f", "g", "ret"])
    }
}
