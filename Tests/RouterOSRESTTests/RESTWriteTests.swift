import RouterOSClient
import RouterOSProtocol
import RouterOSREST
import Testing

@Suite("Connections over REST that are closed as a command goes out")
struct RESTWriteTests {
    /// Answers what begins with `/first`, and hangs up once without a word on the rest.
    private func service() throws -> WebService {
        let isSpent = Flag()
        return try WebService { request in
            let drops = !request.head.contains("/first") && !isSpent.set()
            return .init(body: Array("[]".utf8), isDropped: drops)
        }
    }

    private func client(_ service: WebService) throws -> RouterOSRESTClient {
        try RouterOSRESTClient(
            "127.0.0.1",
            port: service.port,
            security: .plaintext,
            as: .user("api", password: "x"),
            configuration: RESTConfiguration(
                requestTimeout: .seconds(3_600),
                callTimeout: .seconds(3_600),
                maximumConnections: 1
            )
        )
    }

    @Test(
        "get a write once, and its outcome is unknown",
        .timeLimit(.minutes(1)),
        arguments: ["/ip/hotspot/user/add", "/ip/hotspot/user/set", "/system/reboot", "/execute"]
    )
    func write(path: String) async throws {
        let service = try service()
        defer { service.stop() }
        let router = try client(service)
        _ = try await router.run("/first/print")
        let command = Command(path) { $0["name"] = "A7K2" }
        let error = await #expect(throws: RouterOSError.self) { try await router.run(command) }
        #expect(error?.code == .connectionClosed && error?.isSafeToRetry == false)
        #expect(error?.readBack == command.readBack)
        #expect(service.requests.filter { $0.head.contains(path) }.count == 1)
    }

    @Test("get a command that only reads again", .timeLimit(.minutes(1)))
    func read() async throws {
        let service = try service()
        defer { service.stop() }
        let router = try client(service)
        _ = try await router.run("/first/print")
        #expect(try await router.run("/ip/hotspot/user/print").rows.isEmpty)
        #expect(service.requests.count == 3)
    }
}
