import RouterOSClient
import RouterOSProtocol
import Testing

@Suite("Router client")
struct RouterClientTests {
    @Test("callers share one connection, and a lost one is made anew")
    func reconnects() async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let client = RouterClient("127.0.0.1", port: router.port, as: .user("api", password: "x"))
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<20 {
                group.addTask {
                    await #expect(throws: Never.self) { try await client.with { _ = try await $0.run("/x") } }
                }
            }
        }
        #expect(router.paths.filter { $0 == "/login" }.count == 1)
        router.dropConnections()
        // The loss reaches the client's loop some time after the drop: at most one use meets it.
        for _ in 0..<2 { try? await client.with { _ = try await $0.run("/x") } }
        try await client.with { _ = try await $0.run("/y") }
        #expect(router.paths.filter { $0 == "/login" }.count == 2)
        await client.close()
    }

    @Test("a router that was away is tried again by the next use")
    func comesBack() async throws {
        let first = try ScriptedRouter()
        let port = first.port
        first.stop()
        let client = RouterClient("127.0.0.1", port: port, as: .user("api", password: "x"))
        let error = await #expect(throws: RouterOSError.self) { try await client.with { _ = try await $0.run("/x") } }
        #expect(error?.code == .connectionRefused && error?.isSafeToRetry == true)
        let second = try ScriptedRouter(port: port) { _ in [Reply(.done)] }
        defer { second.stop() }
        _ = try await client.with { try await $0.run("/x") }
        #expect(second.paths == ["/login", "/x"])
    }

    @Test(
        "a caller that is cancelled while connecting leaves at once, and the attempt ends with the last one",
        .timeLimit(.minutes(1))
    )
    func cancelledCaller() async throws {
        // It accepts and never answers: only the cancellation can end the wait before the hour is over.
        let router = try ScriptedRouter(greeting: [0])
        defer { router.stop() }
        let client = RouterClient(
            "127.0.0.1",
            port: router.port,
            as: .user("api", password: "x"),
            configuration: ConnectionConfiguration(connectTimeout: .seconds(3_600))
        )
        let callers = (0..<3).map { _ in Task { try await client.with { _ = try await $0.run("/x") } } }
        for caller in callers { caller.cancel() }
        for caller in callers { await #expect(throws: (any Error).self) { try await caller.value } }
    }
}
