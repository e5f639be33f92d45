import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSREST

@Suite("The thread for transfers", .timeLimit(.minutes(1)))
struct TransferThreadTests {
    private func settings(
        _ service: WebService,
        maximumConnections: Int = 1,
        idleTimeout: Duration = .seconds(3_600)
    ) -> TransferSettings {
        TransferSettings(
            origin: "http://127.0.0.1:\(service.port)",
            security: .plaintext,
            credentials: .user("api", password: "x"),
            connectTimeout: .seconds(60),
            maximumResponseBytes: 1_000,
            maximumConnections: maximumConnections,
            idleTimeout: idleTimeout
        )
    }

    private func service() throws -> WebService {
        try WebService { request in .init(body: Array("[]".utf8), isSilent: request.head.contains("/slow")) }
    }

    private func request(_ path: String) throws -> RESTRequest { try RESTRequest(Command(path)) }

    /// The failure; nil when there was a response.
    private func failure(_ outcome: Transfer.Outcome) -> TransferFailure? {
        guard case .failure(let failure) = outcome else { return nil }
        return failure
    }

    enum Lack: CaseIterable {
        case bell, multi, thread
    }

    @Test("may not be had, which fails what was ordered and not what comes later", arguments: Lack.allCases)
    func lack(_ lack: Lack) async throws {
        let service = try service()
        defer { service.stop() }
        let isOver = Flag()
        var resources = TransferResources.system
        let system = resources
        switch lack {
        case .bell: resources.bell = { isOver.set() ? system.bell() : nil }
        case .multi: resources.multi = { isOver.set() ? system.multi() : nil }
        case .thread: resources.start = { run in isOver.set() ? system.start(run) : false }
        }
        let thread = TransferThread(settings(service), resources)
        defer { thread.stop() }
        let outcome = try await thread.perform(request("/x"), .seconds(3_600))
        #expect(failure(outcome) == .noResources && service.requests.isEmpty)
        let error = TransferFailure.noResources.error(of: Command("/x"))
        #expect(error.code == .unavailable && error.isSafeToRetry)
        #expect(failure(try await thread.perform(request("/x"), .seconds(3_600))) == nil)
    }

    @Test("sends nothing whose time is up while others have the connections")
    func waiting() async throws {
        let service = try service()
        defer { service.stop() }
        let thread = TransferThread(settings(service))
        defer { thread.stop() }
        let slow = try request("/slow")
        let task = Task { try await thread.perform(slow, .seconds(3_600)) }
        while service.requests.isEmpty { await Task.yield() }
        let outcome = try await thread.perform(request("/late"), .milliseconds(20))
        #expect(failure(outcome) == .unsentInTime)
        let error = TransferFailure.unsentInTime.error(of: Command("/late"))
        #expect(error.code == .unavailable && error.isSafeToRetry)
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(failure(try await thread.perform(request("/next"), .seconds(3_600))) == nil)
        #expect(!service.requests.contains { $0.head.contains("/late") })
    }

    @Test(
        "sends nothing that has no time",
        arguments: [
            .zero, .nanoseconds(-1), .seconds(Int64.min), .seconds(Int64.min) * 10, .milliseconds(Int64.min),
        ] as [Duration]
    )
    func noTime(time: Duration) async throws {
        let service = try service()
        defer { service.stop() }
        let thread = TransferThread(settings(service))
        #expect(failure(try await thread.perform(request("/x"), time)) == .unsentInTime)
        #expect(service.requests.isEmpty)
    }

    @Test(
        "takes any time there is",
        arguments: [.seconds(86_401), .seconds(Int64.max), .seconds(Int64.max) * 10] as [Duration]
    )
    func allTime(time: Duration) async throws {
        let service = try service()
        defer { service.stop() }
        let thread = TransferThread(settings(service))
        defer { thread.stop() }
        #expect(failure(try await thread.perform(request("/x"), time)) == nil)
    }

    @Test(
        "counts in milliseconds, one at least and a day at most",
        arguments: [
            (.seconds(Int64.min) * 10, 1), (.zero, 1), (.microseconds(1), 1), (.milliseconds(1_500), 1_500),
            (.seconds(Int64.max) * 10, 86_400_000),
        ] as [(Duration, Int)]
    )
    func milliseconds(time: Duration, expected: Int) {
        #expect(Transfer.milliseconds(time) == expected)
    }

    @Test("sends nothing of a task that is cancelled before it began")
    func cancelledBefore() async throws {
        let service = try service()
        defer { service.stop() }
        let thread = TransferThread(settings(service))
        defer { thread.stop() }
        let request = try request("/x")
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await thread.perform(request, .seconds(3_600))
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(service.requests.isEmpty)
    }

    @Test("ends when it has had nothing to do for a while, and begins again")
    func idle() async throws {
        let service = try service()
        defer { service.stop() }
        let thread = TransferThread(settings(service, idleTimeout: .zero))
        defer { thread.stop() }
        for _ in 0..<3 {
            #expect(failure(try await thread.perform(request("/x/print"), .seconds(3_600))) == nil)
            while service.connections > 0 { await Task.yield() }
        }
    }

    @Test("ends when it is stopped, and what is under way is lost")
    func stopping() async throws {
        let service = try service()
        defer { service.stop() }
        weak var end: TransferThread?
        do {
            let thread = TransferThread(settings(service))
            end = thread
            let (slow, waiting) = (try request("/slow"), try request("/waiting"))
            async let first = thread.perform(slow, .seconds(3_600))
            while service.requests.isEmpty { await Task.yield() }
            async let second = thread.perform(waiting, .seconds(3_600))
            thread.stop()
            #expect(failure(try await first) == .lost(isUnsent: false))
            #expect(failure(try await second) == .lost(isUnsent: true))
            #expect(failure(try await thread.perform(slow, .seconds(3_600))) == .lost(isUnsent: true))
        }
        while end != nil || service.connections > 0 { await Task.yield() }
    }

    @Test("ends with its client")
    func lettingGo() async throws {
        let service = try service()
        defer { service.stop() }
        func use() async throws {
            let router = try RouterOSRESTClient(
                "127.0.0.1",
                port: service.port,
                security: .plaintext,
                as: .user("api", password: "x"),
                configuration: RESTConfiguration(idleTimeout: .seconds(3_600))
            )
            _ = try await router.run("/x/print")
            #expect(service.connections == 1)
        }
        try await use()
        while service.connections > 0 { await Task.yield() }
    }
}
