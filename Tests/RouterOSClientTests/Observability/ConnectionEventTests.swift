import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@Suite("What a connection tells its observer")
struct ConnectionEventTests {
    private let recorder = EventRecorder()

    private var configuration: ConnectionConfiguration { ConnectionConfiguration(observer: recorder) }

    @Test("a session is connected, its commands one by one with rows and bytes, disconnected")
    func session() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            case "/bad": [Reply(.trap) { $0["message"] = "no such item" }, Reply(.done)]
            default: [Reply(.row) { $0["name"] = "A7K2" }, Reply(.done)]
            }
        }
        defer { router.stop() }
        try await RouterOSConnection.with(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "x"),
            configuration: configuration
        ) {
            let before = await $0.traffic
            _ = try await $0.run("/good")
            _ = try? await $0.run("/bad")
            let after = await $0.traffic
            // The login came before; what the router said and no row holds is counted for the connection alone.
            let sent = recorder.commands.map(\.bytesSent)
            #expect(before.bytesSent > 0 && before.bytesReceived > 0)
            #expect(after.bytesSent - before.bytesSent == UInt64(sent.reduce(0, +)))
            #expect(after.bytesReceived - before.bytesReceived > UInt64(recorder.commands[0].bytesReceived))
        }
        let events = recorder.events
        guard case .connected("127.0.0.1:\(router.port)", let duration, nil) = events.first, duration > .zero else {
            Issue.record("\(events)")
            return
        }
        guard case .disconnected(_, nil) = events.last else {
            Issue.record("\(events)")
            return
        }
        #expect(events.count == 4)
        #expect(recorder.commands.map(\.path) == ["/good", "/bad"])
        #expect(recorder.commands.map(\.rows) == [1, 0] && recorder.commands.map(\.failure) == [nil, .noSuchItem])
        // A length, the word and its tag, a length each, and the end of the sentence.
        #expect(recorder.commands.map(\.bytesSent) == [14, 13])
        #expect(recorder.commands[0].bytesReceived > 0 && recorder.commands[0].duration > .zero)
    }

    @Test("a connection that does not come about is one event with its reason")
    func failure() async throws {
        let router = try ScriptedRouter()
        router.stop()
        await #expect(throws: RouterOSError.self) {
            try await RouterOSConnection.connect(
                "127.0.0.1",
                port: router.port,
                as: .user("api", password: "x"),
                configuration: configuration
            )
        }
        guard case .connectFailed(_, _, let error) = recorder.events.first else {
            Issue.record("\(recorder.events)")
            return
        }
        #expect(recorder.events.count == 1 && error.code == .connectionRefused)
    }

    @Test("a connection that is lost takes its commands with it, and says why", .timeLimit(.minutes(1)))
    func lost() async throws {
        let router = try ScriptedRouter { $0.name == "/slow" ? [] : [Reply(.done)] }
        defer { router.stop() }
        let connection = try await RouterOSConnection.connect(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "x"),
            configuration: configuration
        )
        let task = Task { try await connection.run("/slow") }
        while !router.paths.contains("/slow") { await Task.yield() }
        router.dropConnections()
        await #expect(throws: RouterOSError.self) { try await task.value }
        await connection.close()
        #expect(recorder.commands.map(\.failure) == [.connectionClosed])
        let endings = recorder.events.compactMap {
            if case .disconnected(_, let error) = $0 { error?.code } else { nil }
        }
        #expect(endings == [.connectionClosed])
    }
}
