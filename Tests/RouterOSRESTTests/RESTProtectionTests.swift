import RouterOSClient
import RouterOSProtocol
import TestSupport
import Testing

@testable import RouterOSREST

@Suite("Rate limit, retries and breaker over REST", .timeLimit(.minutes(1)))
struct RESTProtectionTests {
    private let events = EventRecorder()

    private func client(
        _ service: WebService,
        _ change: (inout RESTConfiguration) -> Void = { _ in }
    ) throws -> RouterOSRESTClient {
        // A busy machine may need long for anything, which is no part of these tests.
        var configuration = RESTConfiguration(
            requestTimeout: .seconds(3_600),
            callTimeout: .seconds(3_600),
            retry: RetryPolicy(baseDelay: .milliseconds(1)),
            rateLimit: .unlimited,
            observer: events
        )
        change(&configuration)
        return try RouterOSRESTClient(
            "127.0.0.1",
            port: service.port,
            security: .plaintext,
            as: .user("api", password: "x"),
            configuration: configuration
        )
    }

    /// Hangs up without a word on the first so many requests.
    private func service(dropping count: Int) throws -> WebService {
        let drops = (0..<count).map { _ in Flag() }
        return try WebService { _ in
            .init(body: Array(#"[{"name":"A7K2"}]"#.utf8), isDropped: drops.contains { !$0.set() })
        }
    }

    @Test("a router is sent no more than its rate limit, and whose turn does not come in time is told at once")
    func rateLimit() async throws {
        let service = try service(dropping: 0)
        defer { service.stop() }
        let router = try client(service) {
            $0.rateLimit = .perMinute(1, burst: 2)
            $0.callTimeout = .seconds(30)
        }
        for _ in 0..<2 { _ = try await router.run("/x/print") }
        let error = await #expect(throws: RouterOSError.self) { try await router.run("/x/add", ["name": "A7K2"]) }
        #expect(error?.code == .unavailable && error?.isSafeToRetry == true && error?.endpoint == router.endpoint)
        #expect(service.requests.count == 2 && events.commands.count == 2)
    }

    @Test("every router has 100 commands a minute unless told otherwise")
    func usualRate() {
        #expect(RESTConfiguration().rateLimit == ClientConfiguration().rateLimit)
        #expect(RESTConfiguration().rateLimit == .perMinute(100))
    }

    @Test("no call takes longer than a day, whatever it is given")
    func longestCall() {
        #expect(RESTConfiguration(callTimeout: .seconds(86_401)).ofCalls.callTimeout == .seconds(86_400))
        #expect(RESTConfiguration(callTimeout: .seconds(86_399)).ofCalls.callTimeout == .seconds(86_399))
    }

    @Test("a command that only reads is sent again when its answer is lost")
    func read() async throws {
        let service = try service(dropping: 2)
        defer { service.stop() }
        let answer = try await client(service).run("/ip/hotspot/user/print")
        #expect(answer.rows.map { $0["name"] } == ["A7K2"])
        #expect(events.retries == 2 && service.requests.count == 3)
        #expect(events.commands.map(\.failure) == [.connectionClosed, .connectionClosed, nil])
    }

    @Test("a command that writes is not, and what shows its outcome is said as it is over the API")
    func write() async throws {
        let service = try service(dropping: 1)
        defer { service.stop() }
        let router = try client(service)
        let command = Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" }
        let error = await #expect(throws: RouterOSError.self) { try await router.run(command) }
        #expect(error?.code == .connectionClosed && error?.isSafeToRetry == false)
        #expect(error?.readBack == command.readBack && error?.readBack != nil)
        #expect(events.retries == 0 && service.requests.count == 1)
    }

    @Test("so many attempts are made and no more, of a write too when nothing of it was sent")
    func unsent() async throws {
        let service = try service(dropping: 0)
        service.stop()
        let router = try client(service)
        let error = await #expect(throws: RouterOSError.self) { try await router.run("/ip/hotspot/user/add") }
        #expect(error?.code == .connectionRefused && error?.isSafeToRetry == true && error?.readBack == nil)
        #expect(events.retries == 2 && events.commands.map(\.bytesSent) == [0, 0, 0])
    }

    @Test("a refused password is not tried again")
    func refusal() async throws {
        let service = try WebService { _ in .init(status: 401, body: Array(#"{"error":401}"#.utf8)) }
        defer { service.stop() }
        let router = try client(service)
        let error = await #expect(throws: RouterOSError.self) { try await router.run("/x/print") }
        #expect(error?.code == .authentication && service.requests.count == 1)
    }

    @Test("a router that does not answer is left alone")
    func breaker() async throws {
        let service = try service(dropping: 0)
        service.stop()
        let router = try client(service) {
            $0.retry = .never
            $0.breaker = BreakerPolicy(failures: 2, span: .zero, pause: .seconds(3_600), longestPause: .seconds(3_600))
        }
        for _ in 0..<2 {
            let error = await #expect(throws: RouterOSError.self) { try await router.run("/x/print") }
            #expect(error?.code == .connectionRefused)
        }
        let error = await #expect(throws: RouterOSError.self) { try await router.run("/x/print") }
        #expect(error?.code == .unavailable && error?.isSafeToRetry == true)
        #expect(events.breaker == [.open] && events.commands.count == 2)
    }

    @Test("what the router ends after its 60 s may have taken effect")
    func endedByRouter() async throws {
        let body = #"{"error":400,"message":"Bad Request","detail":"Session closed"}"#
        let service = try WebService { _ in .init(status: 400, body: Array(body.utf8)) }
        defer { service.stop() }
        let router = try client(service)
        let command = Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" }
        let error = await #expect(throws: RouterOSError.self) { try await router.run(command) }
        #expect(error?.code == .deadlineExceeded && error?.isSafeToRetry == false)
        #expect(error?.readBack == command.readBack && error?.routerMessage == "Session closed")
        #expect(service.requests.count == 1)
    }

    @Test("an attempt is told with its rows, and with the bytes of the bodies that went and came")
    func bytes() async throws {
        let service = try service(dropping: 0)
        defer { service.stop() }
        _ = try await client(service).run("/x/print", [".proplist": "name"])
        let record = try #require(events.commands.first)
        #expect(record.path == "/x/print" && record.rows == 1 && record.failure == nil && record.duration > .zero)
        #expect(record.bytesSent == service.requests.first?.body.count && record.bytesSent == 22)
        #expect(record.bytesReceived == #"[{"name":"A7K2"}]"#.utf8.count)
    }

    @Test("redirects are followed nowhere")
    func redirects() async throws {
        let other = try service(dropping: 0)
        defer { other.stop() }
        let target = "Location: http://127.0.0.1:\(other.port)/rest/x/print"
        for status in [301, 302, 303, 307, 308] {
            let service = try WebService { _ in .init(status: status, headers: [target]) }
            defer { service.stop() }
            let router = try client(service)
            let error = await #expect(throws: RouterOSError.self) { try await router.run("/x/print") }
            #expect(error?.code == .notRouterOS && service.requests.count == 1)
        }
        #expect(other.requests.isEmpty && other.connections == 0)
    }
}
