import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Connection", .everyPoller)
struct RouterOSConnectionTests {
    private static let credentials = Credentials.user("api", password: "canary")

    private func connect(
        _ router: ScriptedRouter,
        _ configuration: ConnectionConfiguration = ConnectionConfiguration()
    ) async throws -> RouterOSConnection {
        try await .dial("127.0.0.1", port: router.port, as: Self.credentials, configuration: configuration)
    }

    @Test("a thousand commands at once each get their own answer")
    func multiplexing() async throws {
        let router = try ScriptedRouter { command in
            [Reply(.row) { $0["name"] = command["name"] }, Reply(.done) { $0["ret"] = command["name"] }]
        }
        defer { router.stop() }
        let connection = try await connect(router)
        try await withThrowingTaskGroup(of: (Int, Answer).self) { group in
            for number in 0..<1_000 {
                group.addTask { (number, try await connection.run("/echo", ["name": "\(number)"])) }
            }
            for try await (number, answer) in group {
                #expect(answer.returned == "\(number)")
                #expect(answer.rows.map { $0["name"] } == ["\(number)"])
            }
        }
        await connection.close()
    }

    @Test("a command that is not answered in time fails alone and is cancelled on the wire")
    func deadline() async throws {
        let router = try ScriptedRouter { $0.name == "/slow" ? [] : [Reply(.done)] }
        defer { router.stop() }
        let connection = try await connect(router)
        let error = await #expect(throws: RouterOSError.self) {
            try await connection.run(Command("/slow"), deadline: .milliseconds(20))
        }
        #expect(error?.code == .deadlineExceeded)
        #expect(error?.isSafeToRetry == false)
        _ = try await connection.run("/quick")
        #expect(router.paths.contains("/cancel"))
    }

    @Test(
        "a router that says nothing at all any more is given up, whatever its socket pretends",
        .timeLimit(.minutes(1))
    )
    func silence() async throws {
        let router = try ScriptedRouter()
        defer { router.stop() }
        let connection = try await connect(router, ConnectionConfiguration(requestTimeout: .milliseconds(50)))
        let error = await #expect(throws: RouterOSError.self) { try await connection.run("/slow") }
        #expect(error?.code == .deadlineExceeded)
        while await connection.isOpen { try await Task.sleep(for: .milliseconds(5)) }
        let later = await #expect(throws: RouterOSError.self) { try await connection.run("/x") }
        #expect(later?.code == .connectionClosed)
    }

    @Test("cancelling the task cancels the command on the wire, and the connection goes on", .timeLimit(.minutes(1)))
    func cancellation() async throws {
        let router = try ScriptedRouter { $0.name == "/slow" ? [] : [Reply(.done)] }
        defer { router.stop() }
        let connection = try await connect(router)
        let task = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        _ = try await connection.run("/quick")
        #expect(router.paths == ["/login", "/slow", "/cancel", "/quick"])
    }

    @Test(
        "a connection that is lost fails what is in flight, and says that it may have taken effect",
        .timeLimit(.minutes(1))
    )
    func lost() async throws {
        let router = try ScriptedRouter { $0.name == "/slow" ? [] : [Reply(.done)] }
        defer { router.stop() }
        let connection = try await connect(router)
        let task = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        router.dropConnections()
        let error = await #expect(throws: RouterOSError.self) { try await task.value }
        #expect(error?.code == .connectionClosed)
        #expect(error?.isSafeToRetry == false)
        let later = await #expect(throws: RouterOSError.self) { try await connection.run("/quick") }
        #expect(later?.isSafeToRetry == true)
    }

    @Test("closing while busy fails what is in flight", .timeLimit(.minutes(1)))
    func closing() async throws {
        let router = try ScriptedRouter()
        defer { router.stop() }
        let connection = try await connect(router)
        let task = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        await connection.close()
        await connection.close()
        await #expect(throws: RouterOSError.self) { try await task.value }
        #expect(await !connection.isOpen)
    }

    @Test("tasks on the connection's own thread have their answers like all others")
    func taskExecutor() async throws {
        let router = try ScriptedRouter { command in
            [Reply(.row) { $0["name"] = command["name"] }, Reply(.done) { $0["ret"] = command["name"] }]
        }
        defer { router.stop() }
        let connection = try await connect(router)
        let loop = EveryPoller.loop
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<50 {
                group.addTask(executorPreference: connection.taskExecutor) {
                    #expect(loop.isOnLoop)
                    #expect(try await connection.run("/echo", ["name": "\(number)"]).returned == "\(number)")
                    #expect(loop.isOnLoop)
                    var rows = 0
                    for try await _ in connection.stream(Command("/echo")) { rows += 1 }
                    #expect(rows == 1)
                }
            }
            try await group.waitForAll()
        }
        let cancelled = Task(executorPreference: connection.taskExecutor) {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await connection.run("/echo")
        }
        await #expect(throws: CancellationError.self) { try await cancelled.value }
        await connection.close()
    }

    @Test("nothing listening is told apart from nobody answering")
    func refused() async throws {
        let router = try ScriptedRouter()
        router.stop()
        let error = await #expect(throws: RouterOSError.self) { try await connect(router) }
        #expect(error?.code == .connectionRefused)
        #expect(error?.endpoint == "127.0.0.1:\(router.port)")
        #expect(error?.message.contains("/ip service") == true)
    }

    @Test(
        "a peer that talks nonsense is named at once",
        arguments: [
            ([0x15, 0x03, 0x01, 0x00, 0x02, 0x02, 0x46], "TLS"), (Array("HTTP/1.1 400 Bad\r\n".utf8), "HTTP"),
            ([0x61, 0x62, 0x63, 0x64], "not with RouterOS"),
        ] as [([UInt8], String)]
    )
    func nonsense(bytes: [UInt8], hint: String) async throws {
        let router = try ScriptedRouter(greeting: bytes)
        defer { router.stop() }
        let error = await #expect(throws: RouterOSError.self) { try await connect(router) }
        #expect(error?.code == .notRouterOS)
        #expect(error?.message.contains(hint) == true)
    }

    @Test("too many rows are an error that says what to do, and the connection goes on")
    func rowLimit() async throws {
        let router = try ScriptedRouter { command in
            Array(repeating: Reply(.row) { $0["name"] = "x" }, count: command.name == "/many" ? 11 : 10) + [
                Reply(.done)
            ]
        }
        defer { router.stop() }
        let connection = try await connect(router, ConnectionConfiguration(maximumRows: 10))
        let error = await #expect(throws: RouterOSError.self) { try await connection.run("/many") }
        #expect(error?.code == .limitExceeded)
        #expect(try await connection.run("/few").rows.count == 10)
    }

    @Test("a name that cannot be an attribute is refused before anything is sent", arguments: ["", "a=b"])
    func attributeNames(name: String) async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let connection = try await connect(router)
        let error = await #expect(throws: RouterOSError.self) { try await connection.run("/x", [name: "1"]) }
        #expect(error?.code == .invalidCommand)
        #expect(router.paths == ["/login"])
    }

    @Test("no description shows the password")
    func secrets() async throws {
        let router = try ScriptedRouter { command in [Reply(.trap) { $0["message"] = "no" }, Reply(.done)] }
        defer { router.stop() }
        let connection = try await connect(router)
        let error = await #expect(throws: RouterOSError.self) { try await connection.run("/x", ["password": "canary"]) }
        var dump = ""
        Swift.dump(Self.credentials, to: &dump)
        for text in [
            dump, "\(Self.credentials)", String(reflecting: Self.credentials), "\(error as Any)",
            String(reflecting: error),
        ] {
            #expect(!text.contains("canary"))
        }
    }
}
