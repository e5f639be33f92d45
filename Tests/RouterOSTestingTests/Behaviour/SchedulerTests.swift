import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct SchedulerTests {
    private static let tick = ":log info \"tick\""

    private func router(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    private func ticks(_ router: RouterOSSimulator) -> [String] {
        router.rows("/log").filter { $0["message"] == "tick" }.compactMap { $0["time"] }
    }

    @Test func itRunsAfterEachIntervalFromWhenItWasAdded() throws {
        let router = router()
        router.advance(by: .seconds(5))
        try router.run("/system/scheduler/add", ["name": "s", "interval": "10m", "on-event": Self.tick])
        let row = try #require(router.rows("/system/scheduler").first)
        #expect(row["start-date"] == "2026-01-01")
        #expect(row["start-time"] == "00:00:05")
        #expect(row["next-run"] == "2026-01-01 00:10:05")
        #expect(row["owner"] == "admin")
        router.advance(by: .seconds(1_799))
        #expect(ticks(router) == ["2026-01-01 00:10:05", "2026-01-01 00:20:05"])
        router.advance(by: .seconds(1))
        #expect(router.rows("/system/scheduler").first?["run-count"] == "3")
        #expect(router.scriptRuns.map(\.origin) == [.scheduler, .scheduler, .scheduler])
    }

    @Test func itRunsAtItsTimeOnceWithoutAnInterval() throws {
        let router = router()
        try router.run(
            "/system/scheduler/add",
            ["name": "s", "start-date": "2026-01-02", "start-time": "06:00:00", "on-event": Self.tick]
        )
        router.advance(by: .seconds(10 * 86_400))
        #expect(ticks(router) == ["2026-01-02 06:00:00"])
        #expect(router.rows("/system/scheduler").first?["next-run"] == nil)
    }

    @Test func disabledOrRemovedItDoesNotRun() throws {
        let router = router()
        for name in ["a", "b", "c"] {
            try router.run("/system/scheduler/add", ["name": name, "interval": "1h", "on-event": Self.tick])
        }
        router.advance(by: .seconds(60))
        try router.run("/system/scheduler/disable", [".id": "a"])
        try router.run("/system/scheduler/remove", [".id": "b"])
        router.advance(by: .seconds(3_600))
        #expect(ticks(router).count == 1)
        try router.run("/system/scheduler/enable", [".id": "a"])
        router.advance(by: .seconds(3_600))
        #expect(ticks(router).count == 3)
    }

    @Test func aShorterIntervalCountsAtOnce() throws {
        let router = router()
        try router.run("/system/scheduler/add", ["name": "s", "interval": "1d", "on-event": Self.tick])
        router.advance(by: .seconds(90))
        try router.run("/system/scheduler/set", [".id": "s", "interval": "1m"])
        router.advance(by: .seconds(90))
        #expect(ticks(router) == ["2026-01-01 00:02:00", "2026-01-01 00:03:00"])
    }

    @Test(arguments: [("500ms", 10), ("1s", 10), ("1500ms", 5)])
    func aPartOfASecondCountsAsAWholeOne(interval: String, runs: Int) throws {
        let router = router()
        router.advance(by: .milliseconds(700))
        try router.run("/system/scheduler/add", ["name": "s", "interval": interval, "on-event": Self.tick])
        router.advance(by: .milliseconds(9_300))
        #expect(ticks(router).count == runs)
        #expect(router.scriptRuns.first?.begins == .seconds(interval == "1500ms" ? 2 : 1))
    }

    @Test(arguments: [
        ("", ["02", "03", "04", "05", "06"]), ("12h", ["02", "02", "03", "03", "04", "04", "05", "05", "06", "06"]),
    ])
    func itRunsOnTheDaysOfTheWeekThatItHas(interval: String, all: [String]) throws {
        // 2026-01-01 was a Thursday.
        let router = router(.v7_24)
        let row = ["name": "s", "start-date": "2026-01-02", "start-time": "06:00:00", "on-event": Self.tick]
        var some = row
        some["days"] = "mon,tue,sat"
        if !interval.isEmpty { some["interval"] = interval }
        try router.run("/system/scheduler/add", attributes: some)
        #expect(router.rows("/system/scheduler").first?["next-run"] == "2026-01-03 06:00:00")
        router.advance(by: .seconds(6 * 86_400))
        let expected = all.filter { ["03", "05", "06"].contains($0) }
        #expect(ticks(router).map { String($0.dropFirst(8).prefix(2)) } == expected)
        #expect(throws: SimulatorError.self) {
            try self.router().run("/system/scheduler/add", ["name": "s", "days": "mon"])
        }
    }

    @Test func theStartOfTheRouterIsATimeToo() throws {
        let router = router()
        try router.run("/system/scheduler/add", ["name": "s", "start-time": "startup", "on-event": Self.tick])
        router.advance(by: .seconds(86_400))
        #expect(ticks(router).isEmpty)
        router.inject(.powerCut)
        #expect(ticks(router).count == 1)
    }

    @Test func itFollowsTheClockOfTheRouterAndNotTheTruth() throws {
        let router = router()
        try router.run(
            "/system/scheduler/add",
            ["name": "s", "start-time": "06:00:00", "interval": "1d", "on-event": Self.tick]
        )
        try router.run("/system/clock/set", ["time": "05:59:58"])
        router.advance(by: .seconds(2))
        #expect(ticks(router) == ["2026-01-01 06:00:00"])
        try router.run("/system/clock/set", ["time": "05:59:59"])
        router.advance(by: .seconds(1))
        #expect(ticks(router).count == 2)
    }

    @Test(arguments: [-20_000, 50_000] as [Int64])
    func itIsInTimeByAClockThatRunsWrong(drift: Int64) throws {
        let router = router()
        router.process { $0.clock.drift = drift }
        try router.run("/system/scheduler/add", ["name": "s", "interval": "1d", "on-event": Self.tick])
        router.advance(by: .seconds(2 * 86_400 + 7_200))
        let times = ticks(router)
        #expect(times.first?.hasPrefix("2026-01-02 00:00:0") == true)
        #expect(times.count == 2)
    }

    @Test func oldReleasesWriteTheNextRunAsShortAsItGoes() throws {
        let router = router(.v6_49)
        try router.run("/system/scheduler/add", ["name": "s", "start-time": "15:00:00", "interval": "1d"])
        let next = { router.rows("/system/scheduler").first?["next-run"] }
        #expect(next() == "15:00:00")
        router.advance(by: .seconds(16 * 3_600))
        #expect(next() == "jan/02 15:00:00")
        try router.run("/system/scheduler/set", [".id": "s", "start-date": "jan/02/2027"])
        #expect(next() == "jan/02/2027 15:00:00")
    }

    @Test func itRunsAScriptByItsNameWithTheRightsOfItsOwner() throws {
        var dialogue = Dialogue()
        dialogue.say("/system/script/add", "=name=job", "=source=/ip hotspot user add name=made")
        dialogue.say("/user/group/add", "=name=small", "=policy=read,write,api,test")
        dialogue.say("/system/scheduler/add", "=name=s", "=interval=1m", "=on-event=job")
        dialogue.say(
            "/system/scheduler/add",
            "=name=t",
            "=interval=1m",
            "=policy=read",
            "=on-event=/ip hotspot user add name=not"
        )
        dialogue.advance(by: .seconds(60))
        #expect(dialogue.values("name", "/ip/hotspot/user/print") == ["made"])
        #expect(dialogue.values("owner", "/system/scheduler/print") == ["api", "api"])
        #expect(dialogue.values("run-count", "/system/script/print") == ["1"])
        let records = dialogue.router.scripting.records
        #expect(records.map(\.owner) == ["api", "api"])
        guard case .failed(let reason) = try #require(records.last).outcome else {
            Issue.record("a scheduler that may read has written")
            return
        }
        #expect(reason.hasPrefix("not enough permissions (9)"))
    }

    @Test func tablesThatAreRestoredKeepTheirSchedulers() throws {
        let router = router()
        try router.run("/system/scheduler/add", ["name": "s", "interval": "1m", "on-event": Self.tick])
        let copy = self.router()
        try copy.restoreTables(router.savedTables())
        copy.advance(by: .seconds(120))
        #expect(ticks(copy).count == 2)
    }

    @Test(arguments: [false, true])
    func noneRunsWhileTheRouterIsOff(clockIsMoved: Bool) throws {
        let router = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        // Begun by the clock of a router that has just started, too.
        try router.run(
            "/system/scheduler/add",
            ["name": "s", "start-time": "startup", "interval": "10s", "on-event": ":log info x"]
        )
        router.inject(.reboot(downFor: .seconds(600)))
        if clockIsMoved { router.inject(.clockJump(by: .seconds(5))) }
        router.advance(by: .seconds(599))
        #expect(router.scriptRuns.isEmpty)
        #expect(router.rows("/system/scheduler").first?["run-count"] == "0")
        router.advance(by: .seconds(60))
        #expect(!router.scriptRuns.isEmpty)
    }
}
