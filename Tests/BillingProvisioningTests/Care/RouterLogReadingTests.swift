import BillingDomain
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@testable import BillingProvisioning

@Suite("What is new in a router's log")
struct RouterLogReadingTests {
    private typealias Line = RouterLogReading.Line

    private func row(_ id: String, _ time: String, _ topics: String, _ message: String) throws -> Line {
        try #require(Line(id: id, time: time, topics: topics, message: message))
    }

    private func error(_ id: String, _ time: String, _ message: String) throws -> Line {
        try row(id, time, "system,error,critical", message)
    }

    @Test("errors are told of once, and nothing else is")
    func once() throws {
        let rows = try [
            row("*1", "10:00:00", "system,info", "started"), error("*2", "10:00:01", "disk"),
            row("*3", "10:00:02", "script,warning", "hm"), row("*A", "10:00:03", "script,error", "bad"),
        ]
        let first = RouterLogReading(rows, after: nil)
        #expect(first.lines.map(\.message) == ["disk", "bad"])
        #expect(first.cursor?.line == 10)
        #expect(RouterLogReading(rows, after: first.cursor).lines.isEmpty)
        let more = try RouterLogReading(rows + [error("*B", "10:00:04", "disk")], after: first.cursor)
        #expect(more.lines.map(\.message) == ["disk"])
        #expect(RouterLogReading([], after: more.cursor).cursor == more.cursor)
    }

    @Test("lines that say the same are put together, at the time of the last")
    func together() throws {
        let rows = try (1...5).map { try error("*\($0)", "10:00:0\($0)", $0 == 3 ? "other" : "disk") }
        let reading = RouterLogReading(rows, after: nil)
        #expect(reading.lines.map(\.message) == ["other", "disk"])
        #expect(reading.lines.map(\.count) == [1, 4] && reading.lines.map(\.time) == ["10:00:03", "10:00:05"])
    }

    @Test("after a start the numbers begin anew: what is new is told of, what was kept is not told of again")
    func started() throws {
        let kept = try error("*7", "10:00:00", "disk")
        let first = try RouterLogReading([kept, row("*8", "10:00:01", "system,info", "a")], after: nil)
        // On disk it was kept, under another number, and its day is written out by now.
        let rows = try [
            error("*1", "jan/02 10:00:00", "disk"), row("*2", "10:05:00", "system,info", "started"),
            error("*3", "10:05:01", "power"),
        ]
        let second = RouterLogReading(rows, after: first.cursor)
        #expect(second.lines.map(\.message) == ["power"])
        // The same number as the last line had, and another line: it is not taken for that one.
        let third = try RouterLogReading(
            [error("*1", "10:09:00", "fan"), error("*2", "10:09:01", "heat"), error("*3", "10:09:02", "smoke")],
            after: second.cursor
        )
        #expect(third.lines.map(\.message) == ["fan", "heat", "smoke"])
    }

    @Test("where so much was written that the last line is gone, all that is there is new")
    func rolledOver() throws {
        let first = try RouterLogReading([error("*1", "10:00:00", "a")], after: nil)
        let rows = try [error("*100", "10:00:00", "a"), error("*101", "11:00:00", "b")]
        #expect(RouterLogReading(rows, after: first.cursor).lines.map(\.message) == ["a", "b"])
    }

    @Test(
        "a login is told of with or without a prefix, and nothing else is taken for one",
        arguments: [
            ("->: 5C8528 (10.10.10.31): logged in", "hotspot,account,info,debug", "5C8528"),
            ("5C8528 (10.10.10.31): logged in", "hotspot,account,info,debug", "5C8528"),
            ("hotspot log: A7K2 (10.5.50.2): logged in", "hotspot,info,debug", "A7K2"),
            ("user admin logged in from 10.0.0.1 via api", "system,info,account", nil),
            ("A7K2 (10.5.50.2): logged in", "script,info", nil), ("A7K2 (10.5.50.2): logged in", "pppoe,ppp,info", nil),
            ("A7K2 (10.5.50.2): logged out: user request", "hotspot,account,info,debug", nil),
            ("A7K2 (10.5.50.2): trying to log in by mac-cookie", "hotspot,info,debug", nil),
            ("A7K2 (10.5.50.2): logged in (10.5.50.3): login failed: no", "hotspot,info,debug", nil),
            ("(10.5.50.2): logged in", "hotspot,info,debug", nil), ("): logged in", "hotspot,info,debug", nil),
            ("->: (10.5.50.2): logged in", "hotspot,info,debug", "->:"), ("", "hotspot,info,debug", nil),
            (String(repeating: "A", count: 65) + " (10.5.50.2): logged in", "hotspot,info,debug", nil),
        ] as [(String, String, String?)]
    )
    func logins(message: String, topics: String, user: String?) throws {
        let reading = try RouterLogReading([row("*1", "10:00:00", topics, message)], after: nil)
        #expect(reading.logins.map(\.username) == (user.map { [$0] } ?? []))
        #expect(reading.lines.isEmpty)
    }

    @Test("logins are told of in their order, and only what is new")
    func firstLogin() throws {
        let topics = "hotspot,account,info,debug"
        let rows = try [
            row("*1", "10:00:00", topics, "a7k2 (10.5.50.2): logged in"),
            row("*2", "10:00:01", topics, "->: A7K2 (10.5.50.2): logged in"),
            row("*3", "soon", topics, "B7K2 (10.5.50.2): logged in"),
        ]
        let first = RouterLogReading(rows, after: nil)
        #expect(first.logins.map(\.username) == ["a7k2", "A7K2"])
        #expect(RouterLogReading(rows, after: first.cursor).logins.isEmpty)
    }

    @Test(
        "the instant of a login is told by the router's own offset",
        arguments: [
            ("10:00:00", "2026-03-02T07:00:00Z"), ("23:00:00", "2026-03-01T20:00:00Z"),
            ("mar/01 23:00:00", "2026-03-01T20:00:00Z"), ("2026-03-02 00:30:00", "2026-03-01T21:30:00Z"),
            ("2030-01-01 00:00:00", "2029-12-31T21:00:00Z"),
        ]
    )
    func instants(time: String, instant: String) throws {
        let line = try row("*1", time, "hotspot,info", "A7K2 (10.5.50.2): logged in")
        let login = try #require(RouterLogReading.Login(line))
        let simulator = RouterOSSimulator(.v7_18, credentials: .user("api", password: "secret"))
        try simulator.run("/system/clock/set", ["date": "2026-03-02", "time": "12:00:00"])
        try simulator.run("/system/clock/set", ["time-zone-name": "Africa/Kampala"])
        let clock = try #require(simulator.rows(SystemClock.self).first)
        let told = try #require(login.observed(by: clock, at: Timestamp(secondsSince1970: 5)))
        #expect(told.stamp == Timestamp(instant) && told.source == .log && told.username == "A7K2")
        #expect(told.receivedAt == Timestamp(secondsSince1970: 5))
    }

    @Test("a line without a number is none", arguments: ["", "*", "*xyz", "*FFFFFFFFFFFFFFFFFF", "5"])
    func odd(id: String) {
        #expect(Line(id: id, time: "10:00:00", topics: "error", message: "a") == nil)
    }

    @Test("no more is remembered than is needed")
    func bounded() throws {
        let rows = try (1...500).map { try error("*\(String($0, radix: 16))", "10:00:00", "\($0)") }
        #expect(RouterLogReading(rows, after: nil).cursor?.told.count == 64)
    }
}
