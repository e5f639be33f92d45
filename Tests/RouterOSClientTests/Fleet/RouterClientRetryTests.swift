import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@Suite("Router client, what is sent again", .timeLimit(.minutes(2)))
struct RouterClientRetryTests {
    @Test("a router that was away is tried again by the next use")
    func comesBack() async throws {
        // At an address of its own, as wherever a port that was given back is taken again: nobody else takes it meanwhile.
        let first = try ScriptedRouter(address: "127.0.0.21")
        let port = first.port
        first.stop()
        let (client, events) = testClient(port, at: "127.0.0.21")
        let error = await #expect(throws: RouterOSError.self) { _ = try await client.run("/x/print") }
        #expect(error?.code == .connectionRefused && error?.isSafeToRetry == true)
        #expect(events.retries == 2)
        let second = try ScriptedRouter(address: "127.0.0.21", port: port) { _ in [Reply(.done)] }
        defer { second.stop() }
        _ = try await client.run("/x/print")
        #expect(second.paths == ["/login", "/x/print"])
        await client.close()
    }

    @Test("a read whose connection drops is sent again, and its caller notices nothing")
    func readIsRepeated() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: testCredentials, identity: "Shop")
        let (client, events) = testClient(try simulator.listen())
        simulator.inject(.dropConnection(afterCommand: 1))
        #expect(try await client.get(SystemIdentity.self).name == "Shop")
        #expect(events.retries == 1)
        #expect(simulator.transcript.count { $0.path == "/system/identity/print" } == 2)
        await client.close()
        simulator.stop()
    }

    @Test("a write whose answer is lost is sent once, and its error tells how to find out")
    func writeOfUnknownOutcome() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: testCredentials)
        let (client, events) = testClient(try simulator.listen())
        simulator.inject(.dropConnection(afterCommand: 1))
        let error = await #expect(throws: RouterOSError.self) {
            try await client.add(HotspotUser(name: "A7K2", password: "canary"))
        }
        #expect(error?.code == .connectionClosed && error?.isSafeToRetry == false)
        let readBack = try #require(error?.readBack)
        #expect(readBack.description == "/ip/hotspot/user/print ?=name=A7K2")
        #expect(try await client.run(readBack).rows.count == 1)
        #expect(simulator.transcript.count { $0.path == "/ip/hotspot/user/add" } == 1)
        #expect(events.retries == 0)
        #expect(error.map { !"\($0)".contains("canary") } == true)
        await client.close()
        simulator.stop()
    }

    @Test("a write that is not answered in time is sent once, and the deadline holds for all of it")
    func deadline() async throws {
        let router = try ScriptedRouter { $0.name == "/quick" ? [Reply(.done)] : [] }
        defer { router.stop() }
        let events = EventRecorder()
        // The client's own clock stands still: only the connection's ends the call, and not before it was sent.
        let client = RouterClient(
            RouterEndpoint("127.0.0.1", port: router.port, as: testCredentials),
            ClientConfiguration(connection: ConnectionConfiguration(observer: events), rateLimit: .unlimited),
            scheduler: ManualScheduler()
        )
        _ = try await client.run("/quick")
        let command = Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" }
        let error = await #expect(throws: RouterOSError.self) {
            try await client.run(command, deadline: .milliseconds(50))
        }
        #expect(error?.code == .deadlineExceeded && error?.readBack != nil)
        // What comes over the same connection comes after it.
        _ = try await client.run("/quick")
        #expect(router.paths.filter { $0 != "/cancel" } == ["/login", "/quick", "/ip/hotspot/user/add", "/quick"])
        #expect(events.retries == 0)
        await client.close()
    }

    @Test("a command whose time is up before it is sent is not sent", arguments: [Duration.seconds(-1), .zero])
    func timeUp(deadline: Duration) async throws {
        let router = try ScriptedRouter { _ in [Reply(.done)] }
        defer { router.stop() }
        let (client, _) = testClient(router.port)
        _ = try await client.run("/quick")
        let error = await #expect(throws: RouterOSError.self) {
            try await client.run(Command("/ip/hotspot/user/add") { $0["name"] = "A" }, deadline: deadline)
        }
        #expect(error?.code == .unavailable && error?.isSafeToRetry == true && error?.readBack == nil)
        _ = try await client.run("/quick")
        #expect(router.paths == ["/login", "/quick", "/quick"])
        await client.close()
    }

    @Test("a write whose outcome an error leaves open is read back, whatever the error; a refused one is not")
    func openOutcomes() async throws {
        let router = try ScriptedRouter { command in
            switch command.name {
            // More than is taken in: `limitExceeded`.
            case "/x/add": [Reply(.row), Reply(.row), Reply(.done)]
            case "/y/add": [Reply(.trap) { $0["message"] = "failure: already have such name" }, Reply(.done)]
            default: [Reply(.trap) { $0["message"] = "something went wrong inside" }, Reply(.done)]
            }
        }
        defer { router.stop() }
        let (client, _) = testClient(router.port) { $0.connection.maximumRows = 1 }
        for (path, isOpen) in [("/x/add", true), ("/y/add", false), ("/z/add", true)] {
            let error = await #expect(throws: RouterOSError.self) { try await client.run(path, ["name": "A"]) }
            #expect((error?.readBack != nil) == isOpen, "\(path): \(String(describing: error))")
            #expect(error?.isSafeToRetry == !isOpen)
        }
        await client.close()
    }

    /// The ways to send a command.
    enum Way: CaseIterable { case connection, client, lent, stream, lentStream }

    @Test(
        "a write whose answer is lost tells how to find out, over whatever it was sent; one that reads does not",
        arguments: Way.allCases
    )
    func readBackEverywhere(way: Way) async throws {
        let router = try ScriptedRouter { _ in [Reply(.fatal)] }
        defer { router.stop() }
        let (client, events) = testClient(router.port) { $0.retry = .never }
        /// What a command ends with, sent that way.
        func failure(_ command: Command) async throws -> RouterOSError {
            try #require(
                await #expect(throws: RouterOSError.self) {
                    switch way {
                    case .connection:
                        try await RouterOSConnection.with("127.0.0.1", port: router.port, as: testCredentials) {
                            _ = try await $0.run(command)
                        }
                    case .client: _ = try await client.run(command)
                    case .lent: try await client.with { _ = try await $0.run(command) }
                    case .stream: for try await _ in client.stream(command) {}
                    case .lentStream: try await client.with { for try await _ in $0.stream(command) {} }
                    }
                }
            )
        }
        let error = try await failure(Command("/ip/hotspot/user/add") { $0["name"] = "A7K2" })
        #expect(error.readBack?.description == "/ip/hotspot/user/print ?=name=A7K2")
        #expect(!error.isSafeToRetry && error.endpoint == client.endpoint)
        // Said once, however many hands it went through.
        #expect(error.message.split(separator: "took effect is unknown").count == 2, "\(error.message)")
        #expect(try await failure(Command("/ip/hotspot/user/print")).readBack == nil)
        #expect(events.retries == 0)
        await client.close()
    }

    @Test("a refused password is tried once, whoever asks")
    func authentication() async throws {
        let simulator = RouterOSSimulator(.v7_18, credentials: testCredentials)
        simulator.inject(.refuseLogin)
        let (client, events) = testClient(try simulator.listen())
        for _ in 0..<5 {
            let error = await #expect(throws: RouterOSError.self) { try await client.get(SystemIdentity.self) }
            #expect(error?.code == .authentication)
        }
        #expect(simulator.transcript.count { $0.path == "/login" } == 1)
        #expect(events.retries == 0)
        await client.close()
        simulator.stop()
    }

    @Test("the code of a voucher that is its password is in no text of an error, and in the command that reads it back")
    func voucherCode() async throws {
        let router = try ScriptedRouter { command in
            [Reply(.trap) { $0["message"] = "something went wrong with A7K2XQ" }, Reply(.done)]
        }
        defer { router.stop() }
        let (client, _) = testClient(router.port)
        let error = try #require(
            await #expect(throws: RouterOSError.self) {
                try await client.add(HotspotUser(name: "A7K2XQ", password: "A7K2XQ"))
            }
        )
        #expect(!"\(error) \(error.message) \(error.routerMessage ?? "")".contains("A7K2XQ"))
        #expect(error.message.contains("/ip/hotspot/user/print ?=name=‹hidden›"))
        #expect(error.readBack?.query == .equal("name", "A7K2XQ"))
        await client.close()
    }
}
