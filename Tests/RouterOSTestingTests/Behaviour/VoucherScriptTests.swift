import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// Vouchers that the router looks after by itself, as panels without a server of their own set it up.
struct VoucherScriptTests {
    /// The first login of a voucher turns its comment into the moment it ends, which a scheduler of its name works out.
    private static let onLogin = """
        :put (",rem,500,1h,700,,Enable,"); {:local day [/system clock get date]; :local year [:pick $day 7 11]; \
        :local note [/ip hotspot user get [/ip hotspot user find where name="$user"] comment]; \
        :local kind [:pic $note 0 2]; :if ($kind = "vc" or $note = "") do={ \
        /sys sch add name="$user" disable=no start-date=$day interval="1h"; :delay 2s; \
        :local end [/sys sch get [/sys sch find where name="$user"] next-run]; :local size [len $end]; \
        :if ($size = 15) do={:local d [:pic $end 0 6]; :local t [:pic $end 7 16]; :local s ("/"); \
        :local whole ("$d$s$year $t"); /ip hotspot user set comment=$whole [find where name="$user"]}; \
        :if ($size = 8) do={/ip hotspot user set comment="$day $end" [find where name="$user"]}; \
        :if ($size > 15) do={/ip hotspot user set comment=$end [find where name="$user"]}; \
        /sys sch remove [find where name="$user"]; \
        :local mac $"mac-address"; /ip hotspot user set mac-address=$mac [find where name=$user]; \
        /system script add name="$day-|-$user-|-500-|-$address-|-$mac-|-1h" source="$day" comment="sale"}}
        """

    /// Every two minutes: who is past the moment in the comment is logged out and removed.
    private static let expiry = """
        :local today [/system clock get date]; :local now [:tostr [/system clock get time]]; \
        :foreach u in=[/ip hotspot user find where profile="hour"] do={ \
        :local note [/ip hotspot user get $u comment]; :local name [/ip hotspot user get $u name]; \
        :local cut [:find $note " "]; :if ([:typeof $cut] = "num") do={ \
        :local time [:pick $note ($cut + 1) [:len $note]]; :local day [:pick $note 0 $cut]; \
        :if ($day = $today && [:totime $now] >= [:totime $time]) do={ \
        /ip hotspot active remove [find where user=$name]; /ip hotspot user remove $u; \
        :log warning "$name is over" }}}
        """

    private func router(_ release: RouterOSVersion) throws -> RouterOSSimulator {
        let router = RouterOSSimulator(release, credentials: .user("api", password: "secret"))
        try router.run("/ip/hotspot/user/profile/add", ["name": "hour", "on-login": Self.onLogin])
        try router.run(
            "/system/scheduler/add",
            ["name": "hour", "interval": "2m", "on-event": Self.expiry]
        )
        for code in ["A1", "B2"] {
            try router.run("/ip/hotspot/user/add", ["name": code, "profile": "hour", "comment": "vc-417-01.01.26-"])
        }
        return router
    }

    @Test(arguments: [
        (RouterOSVersion.v6_49, "jan/01/2026 11:00:00", "jan/01/2026"), (.v7_9, "jan/01/2026 11:00:00", "jan/01/2026"),
        (.v7_18, "2026-01-01 11:00:00", "2026-01-01"), (.v7_24, "2026-01-01 11:00:00", "2026-01-01"),
    ])
    func aVoucherIsStampedAtItsFirstLoginAndGoneAfterItsHour(
        release: RouterOSVersion,
        comment: String,
        day: String
    ) throws {
        let router = try router(release)
        router.advance(by: .seconds(36_000))
        try router.logIn("A1", address: "10.5.50.9", macAddress: "AA:BB:CC:00:11:22")
        #expect(router.rows("/system/scheduler").map { $0["name"] } == ["hour", "A1"])
        router.advance(by: .seconds(2))
        let record = try #require(router.scriptRuns.last { $0.origin == .hotspotLogin })
        #expect(record.outcome != .running)
        guard case .finished = record.outcome else { throw SimulatorError(.refused, "\(record.outcome)") }
        #expect(record.output == [",rem,500,1h,700,,Enable,"])
        #expect(router.rows("/ip/hotspot/user").map { $0["comment"] } == [comment, "vc-417-01.01.26-"])
        #expect(router.rows("/ip/hotspot/user").first?["mac-address"] == "AA:BB:CC:00:11:22")
        #expect(router.rows("/system/scheduler").map { $0["name"] } == ["hour"])
        #expect(
            router.rows("/system/script").map { $0["name"] }
                == ["\(day)-|-A1-|-500-|-10.5.50.9-|-AA:BB:CC:00:11:22-|-1h"]
        )

        // A later login leaves the stamp alone.
        router.logOut(address: "10.5.50.9")
        router.advance(by: .seconds(1_800))
        try router.logIn("A1", address: "10.5.50.9", macAddress: "AA:BB:CC:00:11:22")
        router.advance(by: .seconds(1_790))
        #expect(router.rows("/ip/hotspot/user").map { $0["comment"] } == [comment, "vc-417-01.01.26-"])
        #expect(router.rows("/ip/hotspot/active").count == 1)
        router.advance(by: .seconds(128))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.rows("/ip/hotspot/user").map { $0["name"] } == ["B2"])
        #expect(router.rows("/log").contains { $0["message"] == "A1 is over" })
        let failures = router.scriptRuns.filter { if case .finished = $0.outcome { false } else { true } }
        #expect(failures == [])
    }

    @Test func overMidnightAnOldReleaseLeavesTheDateInTheStamp() throws {
        let router = try router(.v6_49)
        router.advance(by: .seconds(23 * 3_600 + 1_800))
        try router.logIn("A1", address: "10.5.50.9")
        router.advance(by: .seconds(2))
        #expect(router.rows("/ip/hotspot/user").first?["comment"] == "jan/02/2026 00:30:00")
    }

    /// Tells a server of a first login, and leaves a mark for when nobody answers.
    private static let callback = """
        # swift-routeros-billing 1
        :local code $user
        :do {
            :local reply [/tool fetch url=("http://192.0.2.1/hook\\?code=" . $code) http-method=post \\
                http-data=("mac=" . $"mac-address" . "&at=" . [/system clock get date]) output=user as-value]
            :if (($reply->"data") != "ok") do={ :error "not taken" }
        } on-error={
            :local row [/ip hotspot user find where name=$code]
            :if ([:len [/ip hotspot user get $row comment]] = 0) do={
                /ip hotspot user set $row comment=("seen " . [/system clock get date] . " " . [/system clock get time])
            }
        }
        """

    @Test(arguments: [
        (WebRequest.Answer.body("ok"), nil), (.body("no"), "seen 2026-01-01 00:00:00"),
        (.failure("connection timeout"), "seen 2026-01-01 00:00:00"), (.status(503), "seen 2026-01-01 00:00:00"),
    ])
    func aServerIsToldOfALoginAndItsAbsenceKeepsNobodyOut(answer: WebRequest.Answer, comment: String?) throws {
        let router = RouterOSSimulator(credentials: .user("api", password: "secret"))
        router.answerWebRequests { _ in answer }
        try router.run("/ip/hotspot/user/profile/set", [".id": "default", "on-login": Self.callback])
        try router.run("/ip/hotspot/user/add", ["name": "A1"])
        try router.logIn("A1", address: "10.5.50.9", macAddress: "AA:BB:CC:00:11:22")
        #expect(router.rows("/ip/hotspot/active").count == 1)
        let request = try #require(router.webRequests.first)
        #expect(request.url == "http://192.0.2.1/hook?code=A1")
        #expect(request.body == "mac=AA:BB:CC:00:11:22&at=2026-01-01")
        #expect(router.rows("/ip/hotspot/user").map { $0["comment"] } == [comment])
        guard case .finished = router.scriptRuns.last?.outcome else {
            Issue.record("\(String(describing: router.scriptRuns.last))")
            return
        }
    }
}
