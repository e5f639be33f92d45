import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct ClockTests {
    private func router(_ release: RouterOSVersion = .v7_18) -> RouterOSSimulator {
        RouterOSSimulator(release, credentials: .user("api", password: "secret"))
    }

    private func clock(_ router: RouterOSSimulator) -> [String: String] { router.rows("/system/clock").first ?? [:] }

    @Test(arguments: [
        ("Africa/Nairobi", "03:00:00", "+03:00", "false"), ("Asia/Kolkata", "05:30:00", "+05:30", "false"),
        ("Europe/Berlin", "01:00:00", "+01:00", "false"), ("Asia/Jakarta", "07:00:00", "+07:00", "false"),
        ("America/New_York", "19:00:00", "-05:00", "false"), ("Australia/Sydney", "11:00:00", "+11:00", "true"),
        ("manual", "00:00:00", "+00:00", "false"),
    ])
    func theClockShowsTheTimeOfItsZone(zone: String, time: String, offset: String, summer: String) throws {
        let router = router()
        try router.run("/system/clock/set", ["time-zone-name": zone])
        let clock = clock(router)
        #expect([clock["time"], clock["gmt-offset"], clock["dst-active"]] == [time, offset, summer])
    }

    @Test(arguments: [(RouterOSVersion.v7_18, "2026-01-01"), (.v7_9, "jan/01/2026"), (.v6_49, "jan/01/2026")])
    func datesAreWrittenAsTheReleaseDoes(release: RouterOSVersion, date: String) {
        #expect(clock(router(release))["date"] == date)
    }

    @Test func whatIsWrittenIsWhatItShows() throws {
        let router = router()
        try router.run("/system/clock/set", ["time-zone-name": "Asia/Kolkata"])
        try router.run("/system/clock/set", ["time": "12:00:00"])
        #expect(clock(router)["time"] == "12:00:00")
        #expect(clock(router)["date"] == "2026-01-01")
        try router.run("/system/clock/set", ["date": "2027-03-04"])
        router.advance(by: .seconds(61))
        #expect(clock(router)["date"] == "2027-03-04")
        #expect(clock(router)["time"] == "12:01:01")
    }

    @Test func aFastClockGainsASecondInItsTime() {
        let router = router()
        router.process { $0.clock.drift = 100 }
        router.advance(by: .seconds(10_000))
        #expect(clock(router)["time"] == "02:46:41")
    }

    // Checked against the time zone database for 2025 to 2027.
    @Test(
        arguments: [
            ("Europe/Berlin", 1_774_745_999, 3_600), ("Europe/Berlin", 1_774_746_000, 7_200),
            ("Europe/Berlin", 1_792_889_999, 7_200), ("Europe/Berlin", 1_792_890_000, 3_600),
            ("Africa/Cairo", 1_776_981_599, 7_200), ("Africa/Cairo", 1_776_981_600, 10_800),
            ("Africa/Cairo", 1_793_307_599, 10_800), ("Africa/Cairo", 1_793_307_600, 7_200),
            ("Asia/Beirut", 1_774_735_199, 7_200), ("Asia/Beirut", 1_774_735_200, 10_800),
            ("Asia/Jerusalem", 1_774_569_600, 10_800), ("Asia/Jerusalem", 1_774_569_599, 7_200),
            ("Australia/Sydney", 1_775_318_399, 39_600), ("Australia/Sydney", 1_775_318_400, 36_000),
            ("Africa/Lagos", 1_780_000_000, 3_600), ("Asia/Kathmandu", 1_780_000_000, 20_700),
        ] as [(String, Int64, Int)]
    )
    func summerTimeBeginsAndEndsAtItsSecond(zone: String, seconds: Int64, offset: Int) throws {
        let rule = try #require(TimeZoneRule.named[zone])
        #expect(rule.offset(at: seconds).seconds == offset)
    }

    @Test func whatAClockShowsIsFoundAgain() throws {
        var random = SeededRandom(seed: 7)
        for name in TimeZoneRule.named.keys.sorted() {
            let rule = try #require(TimeZoneRule.named[name])
            for _ in 0..<20 {
                let seconds = Int64.random(in: 1_700_000_000...1_900_000_000, using: &random)
                let shown = try #require(LocalDateTime(secondsSince1970: seconds, offset: rule.offset(at: seconds)))
                let found = rule.seconds(showing: shown)
                // The hour that comes twice is found the first time.
                #expect(found == seconds || found == seconds - 3_600)
                #expect(LocalDateTime(secondsSince1970: found, offset: rule.offset(at: found)) == shown)
            }
        }
    }
}
