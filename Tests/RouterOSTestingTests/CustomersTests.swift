import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// Customers that come and go by themselves.
@Suite struct CustomersTests {
    private static func simulator(seed: UInt64) throws -> RouterOSSimulator {
        let rows = (1...60).map { "/ip/hotspot/user name=u\($0) password=p\($0)" }.joined(separator: "\n")
        return try RouterOSSimulator(credentials: .user("api", password: "secret"), rows: rows, seed: seed)
    }

    @Test func asManyAreOnlineAsTheirPaceSays() throws {
        let router = try Self.simulator(seed: 1)
        router.bringCustomers(every: .seconds(20), staying: .seconds(300))
        router.advance(by: .seconds(3_600))
        let online = router.rows("/ip/hotspot/active")
        #expect((8...22).contains(online.count))
        #expect(Set(online.map { $0["address"] }).count == online.count)
        #expect(Set(online.map { $0["user"] }).count == online.count)
        // Each left figures behind.
        #expect(router.rows(HotspotUser.self).filter { $0.uptime != .zero }.count > 40)
    }

    @Test func everybodyLeavesInTheEnd() throws {
        let router = try Self.simulator(seed: 1)
        router.bringCustomers(every: .seconds(20), staying: .seconds(300))
        router.advance(by: .seconds(600))
        router.bringCustomers(every: .zero, staying: .zero)
        #expect(!router.rows("/ip/hotspot/active").isEmpty)
        router.advance(by: .seconds(450))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.time == .seconds(1_050))
    }

    @Test func aSeedBringsTheSameCustomers() throws {
        func users(_ seed: UInt64) throws -> [String?] {
            let router = try Self.simulator(seed: seed)
            router.bringCustomers(every: .seconds(20), staying: .seconds(300))
            router.advance(by: .seconds(3_600))
            return router.rows("/ip/hotspot/active").map { $0["user"] }
        }
        let first = try users(1)
        let (same, other) = try (users(1), users(2))
        #expect(first == same)
        #expect(first != other)
    }

    @Test(arguments: [SimulatorFault.powerCut, .reboot()])
    func whoeverMeantToLeaveBeforeARestartEndsNoLaterSession(fault: SimulatorFault) throws {
        let rows = "/ip/hotspot/user name=u1 password=p1"
        let router = try RouterOSSimulator(credentials: .user("api", password: "secret"), rows: rows)
        router.bringCustomers(every: .seconds(20), staying: .seconds(1_000))
        router.advance(by: .seconds(40))
        let address = try #require(router.rows("/ip/hotspot/active").first?["address"])
        router.bringCustomers(every: .zero, staying: .zero)
        router.inject(fault)
        try router.logIn("u1", password: "p1", address: address)
        router.advance(by: .seconds(7_200))
        #expect(router.rows("/ip/hotspot/active").map { $0["uptime"] } == ["2h"])
    }

    @Test func nobodyComesWhileTheRouterIsDown() throws {
        let router = try Self.simulator(seed: 1)
        router.bringCustomers(every: .seconds(20), staying: .seconds(300))
        router.advance(by: .seconds(600))
        router.inject(.powerCut(downFor: .seconds(600)))
        router.advance(by: .seconds(599))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
    }
}
