import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSClient

@Suite("Commands beyond what a router is given at a time", .timeLimit(.minutes(1)), .everyPoller)
struct HeldCommandTests {
    /// A router that answers `/echo`, and `/slow` never.
    private func router() throws -> ScriptedRouter {
        try ScriptedRouter { command in
            command.name == "/slow" ? [] : [Reply(.done) { $0["ret"] = command["name"] }]
        }
    }

    private func connect(
        _ router: ScriptedRouter,
        inFlight: Int,
        requestTimeout: Duration = .seconds(60)
    ) async throws -> RouterOSConnection {
        try await .dial(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "canary"),
            configuration: ConnectionConfiguration(requestTimeout: requestTimeout, maximumInFlight: inFlight)
        )
    }

    @Test("they wait for their turn, and each gets its own answer", arguments: [1, 2, 64])
    func turns(inFlight: Int) async throws {
        let router = try router()
        defer { router.stop() }
        let connection = try await connect(router, inFlight: inFlight)
        try await withThrowingDiscardingTaskGroup { group in
            for number in 0..<500 {
                group.addTask {
                    let answer = try await connection.run("/echo", ["name": "\(number)"])
                    #expect(answer.returned == "\(number)")
                }
            }
        }
    }

    @Test("one that was never sent when its time is up says so: it is safe to send again")
    func neverSent() async throws {
        let router = try router()
        defer { router.stop() }
        let connection = try await connect(router, inFlight: 1, requestTimeout: .milliseconds(20))
        let blocking = Task { try await connection.run(Command("/slow"), deadline: .seconds(60)) }
        while !router.paths.contains("/slow") { await Task.yield() }
        let error = await #expect(throws: RouterOSError.self) { try await connection.run("/echo") }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.isSafeToRetry == true)
        #expect(router.paths == ["/login", "/slow"])
        blocking.cancel()
        _ = await blocking.result
    }

    @Test("the connection's own question whether the router is there is not counted among them")
    func keepAliveIsNotCounted() async throws {
        let router = try router()
        defer { router.stop() }
        let connection = try await RouterOSConnection.dial(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "canary"),
            configuration: ConnectionConfiguration(
                requestTimeout: .seconds(60),
                keepAlive: .milliseconds(1),
                maximumInFlight: 1
            )
        )
        let blocking = Task { try await connection.run(Command("/slow"), deadline: .seconds(60)) }
        while await connection.allHeld != (1, 0) { await Task.yield() }
        let waiting = Task { try await connection.run("/echo") }
        while await connection.allHeld != (2, 1) { await Task.yield() }
        blocking.cancel()
        waiting.cancel()
        _ = await (blocking.result, waiting.result)
    }

    @Test("one that is cancelled is never sent")
    func cancelled() async throws {
        let router = try router()
        defer { router.stop() }
        let connection = try await connect(router, inFlight: 1)
        let blocking = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        let waiting = Task { try await connection.run("/echo") }
        while await connection.heldCommands == 0 { await Task.yield() }
        waiting.cancel()
        await #expect(throws: CancellationError.self) { try await waiting.value }
        blocking.cancel()
        _ = await blocking.result
        #expect(!router.paths.contains("/echo"))
    }

    @Test("they go when the router has done with commands that nobody waits for any more")
    func roomAfterAbandoned() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            case "/slow": []
            case "/cancel": [Reply(.done, tag: Array((command["tag"] ?? "").utf8)), Reply(.done)]
            default: [Reply(.done)]
            }
        }
        defer { router.stop() }
        let connection = try await connect(router, inFlight: 1)
        let slow = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        let held = Task { try await connection.run("/echo") }
        while await connection.heldCommands == 0 { await Task.yield() }
        slow.cancel()
        await #expect(throws: CancellationError.self) { try await slow.value }
        _ = try await held.value
    }

    @Test("closing in good order ends a stream that waits for its turn")
    func closing() async throws {
        let router = try router()
        defer { router.stop() }
        let connection = try await connect(router, inFlight: 1)
        let listeners = (0..<2).map { _ in
            Task { for try await _ in connection.stream(Command("/slow")) {} }
        }
        while await connection.heldCommands == 0 { await Task.yield() }
        await connection.close(within: .seconds(3_600))
        for listener in listeners { await #expect(throws: RouterOSError.self) { try await listener.value } }
    }

    @Test("when the connection is lost they are safe to send again, and what was sent is not")
    func lost() async throws {
        let router = try router()
        defer { router.stop() }
        let connection = try await connect(router, inFlight: 1)
        let sent = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        let held = Task { try await connection.run("/echo") }
        // On the loop behind the command, so that it is there when the connection goes.
        while await connection.heldCommands == 0 { await Task.yield() }
        router.dropConnections()
        let lost = await #expect(throws: RouterOSError.self) { try await sent.value }
        let neverSent = await #expect(throws: RouterOSError.self) { try await held.value }
        #expect(lost?.code == .connectionClosed)
        #expect(lost?.isSafeToRetry == false)
        #expect(neverSent?.code == .connectionClosed)
        #expect(neverSent?.isSafeToRetry == true)
    }
}

extension RouterOSConnection {
    /// How many commands wait, first with the connection's own and then as it says.
    fileprivate var allHeld: (Int, Int) { (held.count, heldCommands) }
}
