import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// What surprises people who meet a real router for the first time.
struct RouterRealityTests {
    private func router(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    // Programs that count rows to see what is sold count the spent ones too.
    @Test func aSpentUserStaysInTheTable() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana", "limit-uptime": "1h"])
        try router.logIn("ana", address: "10.5.50.9")
        router.advance(by: .seconds(1_000_000))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.rows("/ip/hotspot/user").map { $0["uptime"] } == ["1h"])
        #expect(throws: SimulatorError(.refused, "user ana has reached uptime limit")) {
            try router.logIn("ana", address: "10.5.50.9")
        }
    }

    // Disabling locks out the next login, not the customer who is online.
    @Test func aDisabledSecretsSessionGoesOnUntilSomebodyEndsIt() throws {
        let router = router()
        try router.run("/ppp/secret/add", ["name": "bo", "remote-address": "10.9.0.2"])
        try router.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:22")
        try router.run("/ppp/secret/disable", [".id": "bo"])
        router.advance(by: .seconds(86_400))
        let row = try #require(router.rows("/ppp/active").first?[".id"])
        try router.run("/ppp/active/remove", [".id": row])
        #expect(throws: SimulatorError.self) { try router.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:22") }
    }

    // Vouchers whose expiry a login script writes are new again after an evening of power cuts.
    @Test func aPowerCutTakesWhatAScriptHadNotDoneYet() throws {
        let router = router()
        try router.run(
            "/ip/hotspot/user/profile/set",
            [".id": "default", "on-login": ":delay 5s; /ip hotspot user set [find where name=$user] comment=began"]
        )
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.logIn("ana", address: "10.5.50.9")
        router.advance(by: .seconds(4))
        router.inject(.powerCut)
        router.advance(by: .seconds(60))
        #expect(router.rows("/ip/hotspot/user").map { $0["comment"] } == [nil])
        #expect(router.scriptRuns.map(\.outcome) == [.failed("the router stopped")])
        try router.logIn("ana", address: "10.5.50.9")
        router.advance(by: .seconds(5))
        #expect(router.rows("/ip/hotspot/user").map { $0["comment"] } == ["began"])
    }

    // Whoever bills by the row of the user misses everybody who is online.
    @Test func theRowOfAUserShowsASessionOnlyOnceItHasEnded() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.logIn("ana", address: "10.5.50.9")
        router.advance(by: .seconds(90))
        try router.addTraffic(user: "ana", in: 10, out: 20)
        #expect(router.rows("/ip/hotspot/user").map { $0["bytes-out"] } == ["0"])
        #expect(router.rows("/ip/hotspot/active").map { $0["bytes-out"] } == ["20"])
        router.logOut(address: "10.5.50.9")
        let row = try #require(router.rows("/ip/hotspot/user").first)
        #expect([row["uptime"], row["bytes-in"], row["bytes-out"]] == ["1m30s", "10", "20"])
        router.advance(by: .seconds(90))
        #expect(router.rows("/ip/hotspot/user") == [row])
    }

    // Boards without a battery write dates of 1970 until the network tells the time.
    @Test func anUnsetClockDatesThingsIn1970() throws {
        let router = router()
        router.process { $0.clock.lose(at: $0.now) }
        #expect(router.rows("/system/clock").first?["date"] == "1970-01-02")
        try router.run("/log/info", ["message": "x"])
        #expect(router.rows("/log").last?["time"]?.hasPrefix("1970-01-02 00:00:") == true)
        try router.run("/system/scheduler/add", ["name": "s", "interval": "1d"])
        #expect(router.rows("/system/scheduler").first?["next-run"]?.hasPrefix("1970-01-03") == true)
        router.process {
            $0.clock.set(at: $0.now)
            $0.clockJumped()
        }
        #expect(router.rows("/system/clock").first?["date"] == "2026-01-01")
        #expect(router.rows("/system/scheduler").first?["next-run"]?.hasPrefix("2026-01-02") == true)
    }

    // A billing service that keeps its own list of sessions locks customers out after a power cut.
    @Test func noSessionOutlivesAPowerCutAndIdsComeAgain() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.run("/ppp/secret/add", ["name": "bo", "remote-address": "10.9.0.2"])
        try router.logIn("ana", address: "10.5.50.9")
        try router.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:22")
        router.advance(by: .seconds(3_600))
        let ids = router.rows("/ppp/active").map { $0[".id"] }
        router.inject(.powerCut)
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.rows("/ppp/active").isEmpty)
        #expect(router.rows("/interface").allSatisfy { $0["dynamic"] != "true" })
        // Nothing was settled, and nobody is kept out by a session that is gone.
        #expect(router.rows("/ip/hotspot/user").map { $0["uptime"] } == ["0s"])
        try router.logIn("ana", address: "10.5.50.9")
        try router.dial("bo", password: "", macAddress: "AA:BB:CC:00:11:22")
        #expect(router.rows("/ppp/active").map { $0[".id"] } == ids)
        #expect(router.rows("/ppp/active").map { $0["uptime"] } == ["0s"])
    }

    @Test func aRebootInGoodOrderSettlesEverySession() throws {
        let router = router()
        try router.run("/ip/hotspot/user/add", ["name": "ana"])
        try router.logIn("ana", address: "10.5.50.9")
        router.advance(by: .seconds(600))
        try router.run("/system/reboot")
        router.advance(by: .seconds(2))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.rows("/ip/hotspot/user").map { $0["uptime"] } == ["10m1s"])
        #expect(router.rows("/system/resource").first?["uptime"] == "1s")
    }
}
