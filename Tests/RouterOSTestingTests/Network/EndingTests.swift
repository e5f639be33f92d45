import OpenSSLSupport
import RouterOSClient
import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSTesting

/// What a client gets of what was said before the end, and what becomes of one that does not read.
@Suite(.timeLimit(.minutes(1)))
struct EndingTests {
    private static let login = ["/login", "=name=api", "=password=secret"]

    /// A router with rows of some hundreds of kilobytes.
    private static func router(_ limits: SimulatorLimits = SimulatorLimits()) throws -> RouterOSSimulator {
        let router = RouterOSSimulator(credentials: .user("api", password: "secret"), limits: limits)
        let comment = String(repeating: "c", count: 60_000)
        for number in 0..<20 { try router.run("/ip/hotspot/user/add", ["name": "u\(number)", "comment": comment]) }
        return router
    }

    private static func listen(_ router: RouterOSSimulator, overTLS: Bool) throws -> (port: UInt16, pin: [UInt8]?) {
        guard overTLS else { return (try router.listen(), nil) }
        let tls = try SimulatorTLS.selfSigned()
        return (try router.listen(tls: tls), tls.server.certificateSHA256)
    }

    private static func count(_ router: RouterOSSimulator, _ path: String) -> Int {
        router.transcript.count { $0.path == path }
    }

    @Test(arguments: [false, true])
    func aSlowReaderGetsEverythingThatWasSaidBeforeTheEnd(overTLS: Bool) async throws {
        let router = try Self.router()
        let (port, pin) = try Self.listen(router, overTLS: overTLS)
        defer { router.stop() }
        let client = try RawClient(port, pin: pin)
        client.send(Self.login)
        while client.received.isEmpty { await Task.yield() }
        client.pauseReading()
        // More than the system takes for a peer that does not read.
        for _ in 0..<12 { client.send(["/ip/hotspot/user/print"]) }
        client.send(["/quit"])
        while Self.count(router, "/quit") == 0 { await Task.yield() }
        // The router has let go of it.
        while router.state.withLock({ !$0.clients.isEmpty }) { await Task.yield() }
        client.resumeReading()
        while client.end == nil { await Task.yield() }
        let sentences = Dialogue.decode(client.received)
        #expect(sentences.count { $0.first == "!re" } == 12 * 20)
        #expect(sentences.last == ["!fatal", "session terminated on request"])
        #expect(client.end == .endOfStream)
    }

    @Test func whoNeverReadsIsLetGoOfInTime() async throws {
        let router = try Self.router(SimulatorLimits(closing: .milliseconds(1)))
        let port = try router.listen()
        defer { router.stop() }
        let client = try RawClient(port)
        client.send(Self.login)
        while client.received.isEmpty { await Task.yield() }
        client.pauseReading()
        for _ in 0..<12 { client.send(["/ip/hotspot/user/print"]) }
        client.send(["/quit"])
        // A socket that is closed with something unread or unsent is reset, which the client notices without reading.
        while client.end == nil {
            client.send([""])
            await Task.yield()
        }
        client.resumeReading()
        #expect(Dialogue.decode(client.received).count { $0.first == "!re" } < 12 * 20)
    }

    @Test(arguments: [false, true])
    func theRouterAnswersNoFurtherWhileNobodyReads(overTLS: Bool) async throws {
        let router = try Self.router(SimulatorLimits(unreadBytes: 1 << 20))
        let (port, pin) = try Self.listen(router, overTLS: overTLS)
        defer { router.stop() }
        let client = try RawClient(port, pin: pin)
        client.send(Self.login)
        while client.received.isEmpty { await Task.yield() }
        client.pauseReading()
        let prints = 30
        for _ in 0..<prints { client.send(["/ip/hotspot/user/print"]) }
        while router.state.withLock({ $0.router.heldUp.isEmpty }) { await Task.yield() }
        // Some for the system's buffers on both sides, one for the network and one for the router.
        #expect(Self.count(router, "/ip/hotspot/user/print") < 20)
        #expect(router.state.withLock { $0.router.connections.values.allSatisfy { $0.unsentBytes < 4 << 20 } })
        client.send(["/quit"])
        client.resumeReading()
        while client.end == nil { await Task.yield() }
        let sentences = Dialogue.decode(client.received)
        #expect(sentences.count { $0.first == "!re" } == prints * 20)
        #expect(sentences.last?.first == "!fatal")
    }

    @Test func aClientInMemoryThatDoesNotReadIsHeldUpToo() async throws {
        let router = try Self.router(SimulatorLimits(unreadBytes: 1 << 20))
        try await router.connect { connection in
            let rows = connection.stream(Command("/ip/hotspot/user/print") { $0["interval"] = "1s" })
            var iterator = rows.makeAsyncIterator()
            _ = try await iterator.next()
            for _ in 0..<2_000 { router.advance(by: .seconds(1)) }
            let unsent = router.state.withLock { $0.router.connections.values.map(\.unsentBytes).max() ?? 0 }
            #expect(unsent < 4 << 20)
            for _ in 0..<40 { _ = try await iterator.next() }
        }
    }
}
