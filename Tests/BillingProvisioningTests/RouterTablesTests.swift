import BillingDomain
import BillingServices
import RouterOSProtocol
import Testing

@testable import BillingProvisioning

@Suite("Tables of a router")
struct RouterTablesTests {
    private static let now = Timestamp(secondsSince1970: 1_700_000_000)

    private func user(_ name: String, uptime: String = "0s", comment: String = "VOUCHER_SYSTEM|1||") throws
        -> HotspotUser
    {
        try HotspotUser(
            row {
                $0[".id"] = "*\(name)"
                $0["name"] = name
                $0["uptime"] = uptime
                $0["bytes-in"] = "100"
                $0["comment"] = comment
            }
        )
    }

    private func session(
        _ user: String,
        id: String = "*1",
        uptime: String,
        bytes: String = "7",
        device: String? = nil
    ) throws -> HotspotActive {
        try HotspotActive(
            row {
                $0[".id"] = id
                $0["user"] = user
                $0["mac-address"] = device
                $0["uptime"] = uptime
                $0["bytes-in"] = bytes
            }
        )
    }

    private func row(_ build: (inout Attributes) -> Void) throws -> Sentence {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row, build))
        var decoder = SentenceDecoder()
        decoder.feed(encoder.bytes)
        return try #require(try decoder.next())
    }

    private func observations(
        _ users: [HotspotUser],
        _ before: [HotspotActive] = [],
        _ after: [HotspotActive] = []
    ) -> [VoucherUsage.Counters?] {
        RouterTables.observations(users: users, sessionsBefore: before, sessions: after, at: Self.now).map(\.row)
    }

    private func tables(
        _ users: [HotspotUser],
        sessions: [HotspotActive] = [],
        links: [PPPActive] = [],
        traffic: [String: (bytesIn: UInt64, bytesOut: UInt64)] = [:]
    ) -> RouterTables {
        RouterTables(
            reading: RouterReading(status: .online),
            users: users,
            secrets: [],
            hotspotSessions: (sessions, sessions),
            pppSessions: links,
            linkTraffic: traffic,
            profiles: [.hotspot: ["default"]],
            begunAt: Self.now,
            readAt: Self.now,
            isComplete: true
        )
    }

    @Test("only vouchers of ours are observed, those with the standard marker after it was changed too")
    func ours() throws {
        let markers = RouterMarkers(voucher: "LAKE")
        let users = try [
            user("A"), user("B", comment: "vc-123-11.20.26-"), user("C", comment: "LAKE|1||"),
            user("D", comment: "RIVER|1||"),
        ]
        #expect(tables(users).observations(markers).map(\.code) == ["A", "C"])
        #expect(tables(users).observations(.standard).map(\.code) == ["A"])
    }

    @Test("open sessions of users that are no vouchers are passed on as such, for they may be customers'")
    func services() throws {
        let seen = try tables(
            [user("A"), user("B", comment: "Ada")],
            sessions: [session("A", uptime: "1m"), session("B", uptime: "2m"), session("c", uptime: "3m")]
        ).services(.standard)
        #expect(seen.map(\.username) == ["B", "c"])
        #expect(seen.allSatisfy { $0.kind == .hotspot })
        #expect(seen.map(\.session.used.uptime) == [.seconds(120), .seconds(180)])
    }

    @Test("a PPPoE session has used what the interface of its link has counted")
    func links() throws {
        let link = try row {
            $0["name"] = "amina"
            $0["caller-id"] = "AA:00:00:00:00:01"
            $0["uptime"] = "1m"
        }
        let seen = tables([], links: [try PPPActive(link)], traffic: ["<pppoe-amina>": (7, 9)]).services(.standard)
        #expect(seen.map(\.username) == ["amina"] && seen.first?.kind == .pppoe)
        #expect(seen.first?.session.hardwareAddress == "AA:00:00:00:00:01")
        #expect(seen.first?.session.used == .init(uptime: .seconds(60), bytesIn: 7, bytesOut: 9))
    }

    @Test("a link of which a counter cannot be read has none, rather than half of it")
    func unreadableTraffic() throws {
        let rows = try [
            row { ($0["name"], $0["rx-byte"], $0["tx-byte"]) = ("<pppoe-a>", "7", "9") },
            row { ($0["name"], $0["rx-byte"]) = ("<pppoe-b>", "7") },
            row { ($0["name"], $0["rx-byte"], $0["tx-byte"]) = ("<pppoe-c>", "many", "9") },
        ]
        let traffic = RouterTables.traffic(of: rows)
        #expect(traffic.keys.sorted() == ["<pppoe-a>"])
        #expect(traffic["<pppoe-a>"].map { [$0.bytesIn, $0.bytesOut] } == [7, 9])
    }

    @Test("the devices of a voucher are passed on, the one on line longest first")
    func devices() throws {
        let sessions = try [
            session("A", id: "*1", uptime: "1m", device: "AA:00:00:00:00:01"),
            session("A", id: "*2", uptime: "5m", device: "BB:00:00:00:00:02"), session("A", id: "*3", uptime: "2m"),
        ]
        let seen = try RouterTables.observations(
            users: [user("A")],
            sessionsBefore: sessions,
            sessions: sessions,
            at: Self.now
        )
        #expect(seen.flatMap(\.devices).map(\.description) == ["BB:00:00:00:00:02", "AA:00:00:00:00:01"])
    }

    @Test("a session that goes on is added to its row and dates the first use")
    func steady() throws {
        let seen = try RouterTables.observations(
            users: [user("A", uptime: "1m")],
            sessionsBefore: [session("A", uptime: "2m")],
            sessions: [session("a", uptime: "2m1s")],
            at: Self.now
        )
        #expect(seen.first?.row == .init(uptime: .seconds(60), bytesIn: 100))
        #expect(seen.first?.session == .init(uptime: .seconds(121), bytesIn: 7))
        #expect(seen.first?.at == Self.now - .seconds(121))
        #expect(seen.first?.evidence == .activeSession)
    }

    @Test("counters are left to the next reading when a session ended, began or was replaced while they were read")
    func unsteady() throws {
        let user = try user("A")
        #expect(try observations([user], [session("A", uptime: "2m")], []) == [nil])
        #expect(try observations([user], [], [session("A", uptime: "1s")]) == [nil])
        #expect(try observations([user], [session("A", uptime: "2m")], [session("A", uptime: "1s")]) == [nil])
        #expect(
            try observations([user], [session("A", id: "*1", uptime: "2m")], [session("A", id: "*2", uptime: "2m")])
                == [nil]
        )
    }

    @Test("a code on several servers of one router is one voucher")
    func twoServers() throws {
        let seen = try observations([user("A", uptime: "1m"), user("A", uptime: "2m")])
        #expect(seen == [.init(uptime: .seconds(180), bytesIn: 200)])
    }
}
