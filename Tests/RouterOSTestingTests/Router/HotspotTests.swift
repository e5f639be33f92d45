import Testing

@testable import RouterOSTesting

struct HotspotTests {
    @Test func aLoginPutsTheUserOnline() {
        var dialogue = Dialogue()
        dialogue.add("a", "=password=p", "=limit-uptime=3h", "=comment=note")
        #expect(
            dialogue.say(
                "/ip/hotspot/active/login",
                "=user=a",
                "=password=p",
                "=ip=10.5.50.2",
                "=mac-address=aa:bb:cc:00:11:22"
            )
                == [["!done"]]
        )
        dialogue.advance(by: .seconds(90))
        let row = dialogue.say("/ip/hotspot/active/print").first ?? []
        for word in [
            "=.id=*A053202", "=user=a", "=address=10.5.50.2", "=mac-address=AA:BB:CC:00:11:22", "=uptime=1m30s",
            "=session-time-left=2h58m30s", "=comment=note", "=server=hotspot1",
        ] {
            #expect(row.contains(word))
        }
    }

    @Test func whoMayNotIsToldWhy() {
        var dialogue = Dialogue()
        dialogue.add("a", "=password=p", "=mac-address=AA:BB:CC:00:11:22")
        dialogue.add("off", "=disabled=yes")
        dialogue.add("in", "=limit-bytes-in=5")
        let refused = "invalid username or password"
        #expect(dialogue.logIn("nobody") == refused)
        #expect(dialogue.logIn("a") == refused)
        #expect(dialogue.logIn("a", "=password=x") == refused)
        #expect(dialogue.logIn("off") == refused)
        #expect(
            dialogue.logIn("a", "=password=p", "=mac-address=00:00:00:00:00:01")
                == "user a is not allowed to log in from this MAC address"
        )
        #expect(dialogue.logIn("a", "=password=p", "=mac-address=aa-bb-cc-00-11-22") == nil)
        #expect(dialogue.logIn("in") == "IP 10.5.50.2 is already logged in")
    }

    @Test func sharedUsersBoundsTheSessionsOfOneUser() {
        var dialogue = Dialogue()
        dialogue.say("/ip/hotspot/user/profile/add", "=name=two", "=shared-users=2")
        dialogue.say("/ip/hotspot/user/profile/add", "=name=any", "=shared-users=unlimited")
        dialogue.add("one")
        dialogue.add("two", "=profile=two")
        dialogue.add("any", "=profile=any")
        let message = { (user: String) in "no more sessions are allowed for user \(user)" }
        for (user, allowed) in [("one", 1), ("two", 2), ("any", 30)] {
            for number in 1...30 {
                let expected = number <= allowed ? nil : message(user)
                #expect(dialogue.logIn(user, ip: "10.\(allowed).0.\(number)") == expected)
            }
        }
    }

    @Test func theRowOfAUserLearnsOfASessionWhenItEnds() {
        var dialogue = Dialogue()
        dialogue.add("a")
        #expect(dialogue.logIn("a") == nil)
        dialogue.advance(by: .seconds(60))
        #expect(dialogue.addTraffic(user: "a", bytesIn: 1_000, bytesOut: 5_000) == true)
        #expect(dialogue.values("bytes-out", "/ip/hotspot/active/print") == ["5000"])
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["0s"])
        #expect(dialogue.values("bytes-out", "/ip/hotspot/user/print") == ["0"])
        dialogue.say("/ip/hotspot/active/remove", "=.id=*A053202")
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["1m"])
        #expect(dialogue.values("bytes-in", "/ip/hotspot/user/print") == ["1000"])
        #expect(dialogue.values("bytes-out", "/ip/hotspot/user/print") == ["5000"])
        #expect(dialogue.logIn("a") == nil)
        #expect(dialogue.values("uptime", "/ip/hotspot/active/print") == ["0s"])
        dialogue.advance(by: .seconds(30))
        dialogue.say("/ip/hotspot/active/remove", "=.id=*A053202")
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["1m30s"])
        dialogue.say("/ip/hotspot/user/reset-counters", "=.id=a")
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["0s"])
        #expect(dialogue.values("bytes-out", "/ip/hotspot/user/print") == ["0"])
    }

    @Test func theSessionEndsWithTheTimeAndTheRowStays() {
        var dialogue = Dialogue()
        dialogue.add("a", "=limit-uptime=1h")
        #expect(dialogue.logIn("a") == nil)
        dialogue.advance(by: .seconds(3_599))
        #expect(dialogue.values("session-time-left", "/ip/hotspot/active/print") == ["1s"])
        dialogue.advance(by: .seconds(100_000))
        #expect(dialogue.values("user", "/ip/hotspot/active/print") == [])
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["1h"])
        #expect(dialogue.logIn("a") == "user a has reached uptime limit")
        dialogue.say("/ip/hotspot/user/set", "=.id=a", "=limit-uptime=2h")
        #expect(dialogue.logIn("a") == nil)
        #expect(dialogue.values("session-time-left", "/ip/hotspot/active/print") == ["1h"])
    }

    @Test(arguments: ["limit-bytes-in=100", "limit-bytes-out=200", "limit-bytes-total=300"])
    func theSessionEndsWithTheBytes(limit: String) {
        var dialogue = Dialogue()
        dialogue.add("a", "=" + limit)
        #expect(dialogue.logIn("a") == nil)
        #expect(dialogue.addTraffic(user: "a", bytesIn: 99, bytesOut: 199) == true)
        #expect(dialogue.values("user", "/ip/hotspot/active/print") == ["a"])
        #expect(dialogue.addTraffic(user: "a", bytesIn: 1, bytesOut: 1) == true)
        #expect(dialogue.values("user", "/ip/hotspot/active/print") == [])
        #expect(dialogue.values("bytes-in", "/ip/hotspot/user/print") == ["100"])
        #expect(dialogue.logIn("a") == "user a has reached traffic limit")
        #expect(dialogue.addTraffic(user: "a", bytesIn: 1, bytesOut: 1) == false)
    }

    @Test func bytesThatRunOutEndTheSessionNowAndNotBefore() {
        var dialogue = Dialogue()
        dialogue.add("a", "=limit-bytes-total=10")
        #expect(dialogue.logIn("a") == nil)
        dialogue.advance(by: .seconds(60))
        #expect(dialogue.addTraffic(user: "a", bytesIn: .max, bytesOut: .max) == true)
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["1m"])
        #expect(dialogue.values("bytes-in", "/ip/hotspot/user/print") == ["18446744073709551615"])
    }

    @Test(arguments: [(100, 10), (101, 11), (9, 1), (0, 0)] as [(UInt64, Int64)])
    func steadyTrafficReachesALimitInTheSecondInWhichItIsUsedUp(limit: UInt64, seconds: Int64) {
        let meter = Meter(
            beganAt: .seconds(5),
            allowance: Allowance(bytesTotal: limit),
            rate: .init(bytesIn: 4, bytesOut: 6)
        )
        #expect(meter.end?.at == .seconds(5 + seconds))
        #expect(meter.end?.because == .traffic)
    }

    @Test func aSessionTimeoutEndsTheSessionAndNotTheAllowance() {
        var dialogue = Dialogue()
        dialogue.say("/ip/hotspot/user/profile/set", "=.id=default", "=session-timeout=10m")
        dialogue.add("a", "=limit-uptime=15m")
        #expect(dialogue.logIn("a") == nil)
        dialogue.advance(by: .seconds(3_600))
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["10m"])
        #expect(dialogue.logIn("a") == nil)
        dialogue.advance(by: .seconds(3_600))
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["15m"])
    }

    @Test func steadyTrafficUsesUpTheBytesAtTheSameMomentHoweverTimePasses() {
        var leap = Dialogue(traffic: .steady)
        var steps = Dialogue(traffic: .steady)
        for attribute in ["=limit-bytes-total=5000000"] {
            leap.add("a", attribute)
            steps.add("a", attribute)
        }
        #expect(leap.logIn("a") == nil)
        #expect(steps.logIn("a") == nil)
        leap.advance(by: .seconds(10_000))
        for _ in 0..<1_000 { steps.advance(by: .seconds(10)) }
        #expect(leap.values("user", "/ip/hotspot/active/print") == [])
        #expect(leap.say("/ip/hotspot/user/print") == steps.say("/ip/hotspot/user/print"))
    }

    @Test func aDisabledOrRemovedUserStaysOnline() {
        var dialogue = Dialogue()
        dialogue.add("a")
        dialogue.add("b")
        #expect(dialogue.logIn("a", ip: "10.0.0.1") == nil)
        #expect(dialogue.logIn("b", ip: "10.0.0.2") == nil)
        dialogue.say("/ip/hotspot/user/disable", "=.id=a")
        dialogue.say("/ip/hotspot/user/remove", "=.id=b")
        #expect(dialogue.values("user", "/ip/hotspot/active/print") == ["a", "b"])
        // A new user of that name begins with nothing used, whatever becomes of the old session.
        dialogue.add("b")
        dialogue.advance(by: .seconds(60))
        dialogue.say("/ip/hotspot/active/remove", "=.id=*A000001,*A000002")
        #expect(dialogue.values("uptime", "/ip/hotspot/user/print") == ["1m", "0s"])
    }
}
