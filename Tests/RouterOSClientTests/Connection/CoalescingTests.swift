import RouterOSProtocol
import Testing

@testable import RouterOSClient

@Suite("What is sent in one turn of the loop", .timeLimit(.minutes(1)), .everyPoller)
struct CoalescingTests {
    /// Hands everything on, and notes what is written.
    private final class Watched: Transport {
        private let channel: any Transport
        let writes = Recorder<[UInt8]>()

        init(_ channel: any Transport) { self.channel = channel }

        func write(_ bytes: [UInt8]) {
            writes.note(bytes)
            channel.write(bytes)
        }
        func pauseReading() { channel.pauseReading() }
        func resumeReading() { channel.resumeReading() }
        func close() { channel.close() }
        func reset() { channel.reset() }
        var isCongested: Bool { channel.isCongested }
    }

    @Test("commands, however many, leave in one write")
    func oneWrite() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let connection = try await RouterOSConnection.dial(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "x")
        )
        let watched = try #require(await connection.watch { Watched($0) })
        let all = Task(executorPreference: connection.taskExecutor) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 { group.addTask { _ = try await connection.run("/x/print") } }
                try await group.waitForAll()
            }
        }
        try await all.value
        #expect(router.paths.count { $0 == "/x/print" } == 100)
        #expect(watched.writes.all.count == 1)
        await connection.close()
    }
}

extension RouterOSConnection {
    /// Puts something between the connection and its transport.
    fileprivate func watch<Between: Transport>(_ make: @Sendable (any Transport) -> Between) -> Between? {
        guard let channel else { return nil }
        let between = make(channel)
        self.channel = between
        return between
    }
}
