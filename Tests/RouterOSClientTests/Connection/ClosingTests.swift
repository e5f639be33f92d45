import RouterOSClient
import RouterOSProtocol
import TestSupport
import Testing

@Suite("The end of a connection", .timeLimit(.minutes(1)), .everyPoller)
struct ClosingTests {
    private func connect(
        _ router: ScriptedRouter,
        _ configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async throws -> RouterOSConnection {
        try await .dial(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "canary"),
            configuration: configuration
        )
    }

    @Test("closing says good-bye, and fails what is under way")
    func close() async throws {
        let router = try ScriptedRouter()
        defer { router.stop() }
        let connection = try await connect(router)
        let command = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        await connection.close()
        let error = await #expect(throws: RouterOSError.self) { try await command.value }
        #expect(error?.code == .connectionClosed)
        while !router.paths.contains("/quit") { await Task.yield() }
        #expect(await !connection.isOpen)
    }

    @Test("closing in good order waits for answers, ends streams and refuses more")
    func graceful() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            // The answer to the slow one comes when the listen is cancelled.
            case "/cancel": [Reply(.done, tag: Array("1".utf8)), Reply(.done)]
            case "/slow", "/x/listen": []
            default: [Reply(.done)]
            }
        }
        defer { router.stop() }
        let connection = try await connect(router)
        // The login has taken the first tag of a connection.
        _ = try await connection.run("/quick")
        let listener = Task {
            for try await _ in connection.stream(Command("/x/listen")) {}
        }
        while !router.paths.contains("/x/listen") { await Task.yield() }
        await connection.close(within: .seconds(30))
        #expect(await !connection.isOpen)
        let error = await #expect(throws: RouterOSError.self) { try await listener.value }
        #expect(error?.code == .connectionClosed)
        let refused = await #expect(throws: RouterOSError.self) { try await connection.run("/quick") }
        #expect(refused?.code == .connectionClosed)
        #expect(refused?.isSafeToRetry == true)
    }

    @Test("closing in good order ends when its time is up")
    func grace() async throws {
        let router = try ScriptedRouter()
        defer { router.stop() }
        let connection = try await connect(router)
        let command = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        await connection.close(within: .milliseconds(20))
        let error = await #expect(throws: RouterOSError.self) { try await command.value }
        #expect(error?.code == .connectionClosed)
    }

    @Test("who listens to events hears of each end once, and of none without a beginning")
    func events() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let observer = EventRecorder()
        // Let go of without a close.
        _ = try await connect(router, ConnectionConfiguration(observer: observer)).run("/x")
        await observer.first { if case .disconnected = $0 { true } else { false } }
        let dialling = Task {
            try await RouterOSConnection.dial(
                "127.0.0.1",
                port: try ScriptedRouter(greeting: [0]).port,
                as: .user("api", password: "canary"),
                configuration: ConnectionConfiguration(observer: observer)
            )
        }
        dialling.cancel()
        _ = await dialling.result
        let ends = observer.events.count { if case .disconnected = $0 { true } else { false } }
        #expect(ends == 1)
    }

    @Test("a quiet router is asked for a sign of life, and stays connected while it gives one")
    func keepAlive() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let connection = try await connect(router, ConnectionConfiguration(keepAlive: .milliseconds(10)))
        while router.paths.count(where: { $0 == "/system/identity/print" }) < 3 { await Task.yield() }
        #expect(await connection.isOpen)
    }

    @Test("a router that gives no sign of life is given up, and a listen that waits hears of it")
    func dead() async throws {
        let router = try ScriptedRouter()
        defer { router.stop() }
        let connection = try await connect(
            router,
            ConnectionConfiguration(requestTimeout: .milliseconds(20), keepAlive: .milliseconds(10))
        )
        let error = await #expect(throws: RouterOSError.self) {
            for try await _ in connection.stream(Command("/x/listen")) {}
        }
        #expect(error?.code == .connectionClosed)
        #expect(await !connection.isOpen)
    }
}
