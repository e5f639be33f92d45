import RouterOSClient
import RouterOSProtocol
import TestSupport
import Testing

@Suite("Many connections", .timeLimit(.minutes(5)), .everyPoller)
struct ManyConnectionsTests {
    @Test("when all are dropped at once, every one says so once and every descriptor is closed")
    func dropped() async throws {
        let count = Environment.count("CLIENT_CONNECTIONS", usually: 200)
        let router = try ScriptedRouter { _ in [] }
        let observer = EventRecorder()
        let configuration = ConnectionConfiguration(connectTimeout: .seconds(60), observer: observer)
        let commands = try await withThrowingTaskGroup(of: RouterOSConnection.self) { group in
            for _ in 0..<count {
                group.addTask {
                    try await .dial(
                        "127.0.0.1",
                        port: router.port,
                        as: .user("api", password: "canary"),
                        configuration: configuration
                    )
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }.map { connection in
                Task { try await connection.run(Command("/slow"), deadline: .seconds(300)) }
            }
        }
        while router.paths.count(where: { $0 == "/slow" }) < count { await Task.yield() }
        // The list of a busy system is not of one moment: it may take several looks.
        while try SystemSockets.count(ofPort: router.port) != 2 * count + 1 { await Task.yield() }
        router.stop()
        for command in commands {
            let error = await #expect(throws: RouterOSError.self) { try await command.value }
            #expect(error?.code == .connectionClosed)
        }
        while try SystemSockets.count(ofPort: router.port) > 0 { await Task.yield() }
        func disconnected() -> Int {
            observer.events.count { if case .disconnected = $0 { true } else { false } }
        }
        // It is said after the socket is closed.
        while disconnected() < count { await Task.yield() }
        #expect(disconnected() == count)
    }
}
