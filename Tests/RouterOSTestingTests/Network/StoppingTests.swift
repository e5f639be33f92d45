import Glibc
import OpenSSLSupport
import RouterOSClient
import RouterOSProtocol
import Synchronization
import Testing

@testable import RouterOSTesting

/// What becomes of clients when the router stops, and of those who come too late.
@Suite(.timeLimit(.minutes(1)))
struct StoppingTests {
    private static let login = ["/login", "=name=api", "=password=secret"]

    private static func router(_ limits: SimulatorLimits = SimulatorLimits()) -> RouterOSSimulator {
        RouterOSSimulator(credentials: .user("api", password: "secret"), limits: limits)
    }

    @Test func nobodyWaitsForAnAnswerOnTheWayWhenTheSimulatorStops() async throws {
        let router = Self.router()
        let client = try RawClient(try router.listen())
        client.send(Self.login)
        while client.received.isEmpty { await Task.yield() }
        router.inject(.latency(.seconds(3_600)))
        client.send(["/system/identity/print"], ["/quit"])
        while !router.transcript.contains(where: { $0.path == "/quit" }) { await Task.yield() }
        router.stop()
        while client.end == nil { await Task.yield() }
        #expect(Dialogue.decode(client.received) == [["!done"]])
        #expect(router.state.withLock { $0.clients.isEmpty && $0.router.connections.isEmpty })
    }

    @Test(arguments: [false, true])
    func whoStillReadsIsCutOffWhenTheSimulatorStops(overTLS: Bool) async throws {
        let router = Self.router(SimulatorLimits(closing: .seconds(3_600)))
        let (client, _) = try await Self.slowReader(of: router, overTLS: overTLS)
        while router.state.withLock({ $0.ending.count { $0.isEnding } != 1 }) { await Task.yield() }
        router.stop()
        #expect(router.state.withLock { $0.ending.isEmpty })
        client.resumeReading()
        while client.end == nil { await Task.yield() }
        #expect(Dialogue.decode(client.received).count { $0.first == "!re" } < 240)
    }

    @Test(arguments: [false, true])
    func ofTooManyWhoStillReadTheOldestIsCutOff(overTLS: Bool) async throws {
        let router = Self.router(SimulatorLimits(closing: .seconds(3_600), endingConnections: 1))
        defer { router.stop() }
        let (first, port) = try await Self.slowReader(of: router, overTLS: overTLS)
        while router.state.withLock({ $0.ending.count != 1 }) { await Task.yield() }
        let (second, _) = try await Self.slowReader(of: router, overTLS: overTLS, port)
        first.resumeReading()
        while first.end == nil { await Task.yield() }
        #expect(Dialogue.decode(first.received).count { $0.first == "!re" } < 240)
        second.resumeReading()
        while second.end == nil { await Task.yield() }
        #expect(Dialogue.decode(second.received).count { $0.first == "!re" } == 240)
    }

    /// A client that has been told more than the system takes for one that does not read, and has left.
    private static func slowReader(
        of router: RouterOSSimulator,
        overTLS: Bool,
        _ known: (port: UInt16, pin: [UInt8]?)? = nil
    ) async throws -> (RawClient, (port: UInt16, pin: [UInt8]?)) {
        if known == nil {
            let comment = String(repeating: "c", count: 60_000)
            for number in 0..<20 { try router.run("/ip/hotspot/user/add", ["name": "u\(number)", "comment": comment]) }
        }
        let tls = overTLS && known == nil ? try SimulatorTLS.selfSigned() : nil
        let opened: (port: UInt16, pin: [UInt8]?)
        if let known {
            opened = known
        } else if let tls {
            opened = (try router.listen(tls: tls), tls.server.certificateSHA256)
        } else {
            opened = (try router.listen(), nil)
        }
        let before = router.transcript.count { $0.path == "/quit" }
        let client = try RawClient(opened.port, pin: opened.pin)
        client.send(login)
        while client.received.isEmpty { await Task.yield() }
        client.pauseReading()
        for _ in 0..<12 { client.send(["/ip/hotspot/user/print"]) }
        client.send(["/quit"])
        while router.transcript.count(where: { $0.path == "/quit" }) == before { await Task.yield() }
        while router.state.withLock({ !$0.clients.isEmpty }) { await Task.yield() }
        return (client, opened)
    }

    @Test func whoConnectsToAPortThatWasGivenUpIsServedByNobody() throws {
        let router = Self.router()
        try router.listen(tls: SimulatorTLS.selfSigned())
        let number = try #require(router.state.withLock { $0.ports.first?.number })
        router.stop()
        // Another port must not be taken for it.
        try router.listen()
        defer { router.stop() }
        var ends: [Int32] = [-1, -1]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
        defer { close(ends[0]) }
        let hello = Dialogue.encode(Self.login)
        #expect(write(ends[0], hello, hello.count) == hello.count)
        router.accept(ends[1], onPort: number)
        var byte: UInt8 = 0
        #expect(read(ends[0], &byte, 1) <= 0)
        #expect(router.state.withLock { $0.clients.isEmpty && $0.router.connections.isEmpty })
    }
}
