import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct PPPTests {
    private static let device = "AA:BB:CC:00:11:22"

    private func router(_ profile: KeyValuePairs<String, String> = [:], _ release: RouterOSVersion = .v7_18) throws
        -> RouterOSSimulator
    {
        let router = RouterOSSimulator(release, credentials: .user("api", password: "secret"))
        try router.run("/ip/pool/add", ["name": "subscribers", "ranges": "10.9.0.2-10.9.0.4"])
        try router.run(
            "/ppp/profile/add",
            ["name": "home", "local-address": "10.9.0.1", "remote-address": "subscribers"]
        )
        for (name, value) in profile { try router.run("/ppp/profile/set", [".id": "home", name: value]) }
        try router.run("/ppp/secret/add", ["name": "bo", "password": "p", "service": "pppoe", "profile": "home"])
        return router
    }

    @Test func aSessionBringsAnInterfaceAndAQueue() throws {
        let router = try router(["rate-limit": "2M/8M"])
        #expect(try router.dial("bo", password: "p", macAddress: "aa-bb-cc-00-11-22") == "10.9.0.2")
        let session = try #require(router.rows("/ppp/active").first)
        #expect(session["caller-id"] == Self.device)
        #expect(session["service"] == "pppoe")
        let interface = try #require(router.rows("/interface").last)
        #expect(interface["name"] == "<pppoe-bo>")
        #expect(interface["type"] == "pppoe-in")
        #expect(interface["dynamic"] == "true")
        #expect(router.rows("/queue/simple").map { $0["target"] } == ["<pppoe-bo>"])
        router.advance(by: .seconds(75))
        #expect(router.rows("/ppp/active").first?["uptime"] == "1m15s")
        router.hangUp("bo")
        #expect(router.rows("/ppp/active").isEmpty)
        #expect(router.rows("/interface").allSatisfy { $0["name"] != "<pppoe-bo>" })
        #expect(router.rows("/queue/simple").isEmpty)
        let secret = try #require(router.rows("/ppp/secret").first)
        #expect(secret["last-caller-id"] == Self.device)
        #expect(secret["last-disconnect-reason"] == "peer-request")
        #expect(secret["last-logged-out"] == "2026-01-01 00:01:15")
    }

    @Test func whoMayNotIsRefused() throws {
        let router = try router()
        try router.run("/ppp/secret/add", ["name": "vpn", "service": "l2tp", "profile": "home"])
        try router.run("/ppp/secret/add", ["name": "tied", "caller-id": Self.device, "profile": "home"])
        try router.run("/ppp/secret/add", ["name": "off", "disabled": "yes", "profile": "home"])
        try router.run("/ppp/secret/add", ["name": "lost"])
        let dial = { (user: String, password: String, device: String) in
            _ = try router.dial(user, password: password, macAddress: device)
        }
        for (user, password) in [("nobody", ""), ("bo", "x"), ("vpn", ""), ("tied", ""), ("off", "")] {
            #expect(throws: SimulatorError(.refused, "\(user): user \(user) authentication failed")) {
                try dial(user, password, "AA:BB:CC:00:11:23")
            }
        }
        #expect(throws: SimulatorError(.refused, "lost: could not determine remote address")) {
            try dial("lost", "", Self.device)
        }
        try dial("tied", "", Self.device)
        #expect(router.rows("/log").contains { $0["topics"] == "pppoe,ppp,error" })
    }

    @Test func poolsGiveEachAddressOnceAndGoOnWithTheNext() throws {
        let router = try router()
        try router.run("/ip/pool/add", ["name": "spare", "ranges": "10.9.1.9"])
        try router.run("/ip/pool/set", [".id": "subscribers", "next-pool": "spare"])
        var addresses: [String] = []
        for number in 1...4 {
            try router.run("/ppp/secret/add", ["name": "s\(number)", "profile": "home"])
            addresses.append(try router.dial("s\(number)", password: "", macAddress: Self.device))
        }
        #expect(addresses == ["10.9.0.2", "10.9.0.3", "10.9.0.4", "10.9.1.9"])
        #expect(throws: SimulatorError.self) { try router.dial("bo", password: "p", macAddress: Self.device) }
        #expect(
            router.rows("/ip/pool/used").map { $0["pool"] } == ["subscribers", "subscribers", "subscribers", "spare"]
        )
        let pools = router.rows("/ip/pool")
        #expect(pools.map { $0["total"] } == ["253", "3", "1"])
        #expect(pools.map { $0["used"] } == ["0", "3", "1"])
        #expect(pools.map { $0["available"] } == ["253", "0", "0"])
        router.hangUp("s2")
        #expect(try router.dial("bo", password: "p", macAddress: Self.device) == "10.9.0.3")
    }

    @Test(arguments: [("default", 2), ("yes", 1)])
    func onlyOneEndsTheSessionBefore(onlyOne: String, count: Int) throws {
        let router = try router(["only-one": onlyOne])
        try router.dial("bo", password: "p", macAddress: Self.device)
        try router.dial("bo", password: "p", macAddress: "AA:BB:CC:00:11:23")
        #expect(router.rows("/ppp/active").count == count)
        let names = router.rows("/interface").compactMap { $0["name"] }.filter { $0.hasPrefix("<") }
        #expect(names == (count == 1 ? ["<pppoe-bo>"] : ["<pppoe-bo>", "<pppoe-bo-1>"]))
    }

    @Test func aSessionEndsWithItsTimeItsBytesOrItsQuiet() throws {
        let router = try router(["session-timeout": "1h", "idle-timeout": "10m"])
        try router.run("/ppp/secret/set", [".id": "bo", "limit-bytes-in": "1000"])
        let reason = { router.rows("/ppp/secret").first?["last-disconnect-reason"] }
        try router.dial("bo", password: "p", macAddress: Self.device)
        for _ in 1...7 {
            router.advance(by: .seconds(514))
            try router.addTraffic(user: "bo", out: 10)
        }
        router.advance(by: .seconds(2))
        #expect(reason() == "session-timeout")
        try router.dial("bo", password: "p", macAddress: Self.device)
        try router.addTraffic(user: "bo", in: 1_000)
        #expect(reason() == "traffic-limit")
        try router.dial("bo", password: "p", macAddress: Self.device)
        router.advance(by: .seconds(600))
        #expect(reason() == "idle-timeout")
        #expect(router.rows("/ppp/active").isEmpty)
    }

    @Test func theBytesOfASessionAreWrittenFromTheRoutersView() throws {
        let router = try router()
        try router.dial("bo", password: "p", macAddress: Self.device)
        try router.addTraffic(user: "bo", in: 1_600, out: 80_000)
        let row = try router.run("/ppp/active/print", ["stats": ""])
        #expect(row.first?["bytes"] == "80000/1600")
        #expect(row.first?["packets"] == "100/2")
        #expect(router.rows("/ppp/active").first?["bytes"] == nil)
        let interface = try #require(router.rows("/interface").last)
        #expect(interface["rx-byte"] == "1600")
        #expect(interface["tx-byte"] == "80000")
    }

    @Test func scriptsRunWhenASessionBeginsAndEnds() throws {
        let router = try router([
            "on-up":
                ":log info (\"up \" . $user . \" \" . $\"remote-address\" . \" \" . [/interface get $interface name])",
            "on-down": ":log info (\"down \" . $user . \" \" . $\"caller-id\")",
        ])
        try router.dial("bo", password: "p", macAddress: Self.device)
        router.hangUp("bo")
        let lines = router.rows("/log").filter { $0["topics"] == "script,info" }.map { $0["message"] }
        #expect(lines == ["up bo 10.9.0.2 <pppoe-bo>", "down bo \(Self.device)"])
        #expect(router.scriptRuns.map(\.origin) == [.pppUp, .pppDown])
    }
}
