import RouterOSClient
import RouterOSProtocol
import Testing

@testable import RouterOSTesting

struct CustomerTests {
    private static let device = "AA:BB:CC:00:11:22"

    private func router(_ loginBy: String = "http-chap", _ release: RouterOSVersion = .v7_18) throws
        -> RouterOSSimulator
    {
        let router = RouterOSSimulator(release, credentials: .user("api", password: "secret"))
        try router.run("/ip/hotspot/profile/set", [".id": "hsprof1", "login-by": loginBy])
        try router.run("/ip/hotspot/user/add", ["name": "ana", "password": "p"])
        return router
    }

    private func users(_ router: RouterOSSimulator) -> [String?] {
        router.rows("/ip/hotspot/active").map { $0["user"] }
    }

    // MARK: The login page

    @Test(arguments: [("http-chap", "http-chap"), ("http-pap", "http-pap"), ("cookie,http-pap,mac", "http-pap")])
    func theLoginPagePutsACustomerOnline(loginBy: String, shown: String) throws {
        let router = try router(loginBy)
        try router.logIn("ana", password: "p", address: "10.5.50.9")
        let row = try #require(router.rows("/ip/hotspot/active").first)
        #expect(row["login-by"] == shown)
        #expect(row["address"] == "10.5.50.9")
        #expect(router.rows("/log").last?["message"] == "ana (10.5.50.9): logged in")
        router.logOut(address: "10.5.50.9")
        #expect(users(router) == [])
        #expect(router.rows("/log").last?["message"] == "ana (10.5.50.9): logged out: user request")
    }

    @Test func theLoginPageRefusesInItsWords() throws {
        let router = try router()
        #expect(throws: SimulatorError(.refused, "invalid username or password")) {
            try router.logIn("ana", password: "x", address: "10.5.50.9")
        }
        #expect(
            router.rows("/log").last?["message"]
                == "ana (10.5.50.9): login failed: invalid username or password"
        )
        try router.run("/ip/hotspot/profile/set", [".id": "hsprof1", "login-by": "mac"])
        #expect(throws: SimulatorError(.refused, "the login page takes no password")) {
            try router.logIn("ana", password: "p", address: "10.5.50.9")
        }
        try router.run("/ip/hotspot/disable", [".id": "hotspot1"])
        #expect(throws: SimulatorError.self) { try router.logIn("ana", password: "p", address: "10.5.50.9") }
        #expect(users(router) == [])
    }

    @Test func aUserOfAnotherServerIsUnknownHere() throws {
        let router = try router()
        try router.run("/ip/hotspot/add", ["name": "hotspot2", "interface": "ether5"])
        try router.run("/ip/hotspot/user/add", ["name": "bo", "server": "hotspot2"])
        try router.run("/ip/hotspot/user/add", ["name": "cy", "server": "hotspot1"])
        #expect(throws: SimulatorError.self) { try router.logIn("bo", address: "10.5.50.3") }
        try router.logIn("cy", address: "10.5.50.4")
        #expect(router.rows("/ip/hotspot/active").first?["server"] == "hotspot1")
    }

    @Test func aUserOfThisServerComesBeforeOneOfAllServers() throws {
        let router = try router()
        try router.run("/ip/hotspot/user/add", ["name": "dee", "password": "all"])
        try router.run("/ip/hotspot/user/add", ["name": "dee", "password": "own", "server": "hotspot1"])
        #expect(throws: SimulatorError.self) { try router.logIn("dee", password: "all", address: "10.5.50.9") }
        try router.logIn("dee", password: "own", address: "10.5.50.9")
        try router.run("/ip/hotspot/user/remove", [".id": router.rows("/ip/hotspot/user").last?[".id"] ?? ""])
        try router.logIn("dee", password: "all", address: "10.5.50.10")
    }

    @Test func anotherDeviceAtAnAddressIsNotTheCustomerWhoWasThere() throws {
        let router = try router()
        try router.logIn("ana", password: "p", address: "10.5.50.9", macAddress: Self.device)
        router.advance(by: .seconds(60))
        #expect(try router.comeBack(macAddress: "AA:BB:CC:00:11:23", address: "10.5.50.9") == false)
        #expect(users(router) == [])
        #expect(router.rows("/ip/hotspot/user").map { $0["uptime"] } == ["1m"])
        #expect(router.rows("/ip/hotspot/host").map { $0["mac-address"] } == ["AA:BB:CC:00:11:23"])
        // And it is forgotten in its turn.
        router.advance(by: .seconds(300))
        #expect(router.rows("/ip/hotspot/host").isEmpty)
    }

    // MARK: Cookies

    @Test func aMACCookieLetsTheDeviceInUntilItExpires() throws {
        let router = try router("http-chap,mac-cookie")
        try router.logIn("ana", password: "p", address: "10.5.50.9", macAddress: Self.device)
        router.logOut(address: "10.5.50.9")
        router.advance(by: .seconds(3_600))
        #expect(router.rows("/ip/hotspot/cookie").map { $0["expires-in"] } == ["2d23h"])
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.10"))
        #expect(router.rows("/ip/hotspot/active").map { $0["login-by"] } == ["mac-cookie"])
        #expect(router.rows("/ip/hotspot/cookie").map { $0["expires-in"] } == ["3d"])
        router.logOut(address: "10.5.50.10")
        router.advance(by: .seconds(3 * 86_400))
        #expect(router.rows("/ip/hotspot/cookie").isEmpty)
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.11") == false)
    }

    @Test(arguments: [
        ("cookie,http-chap", ["false"]), ("cookie,mac-cookie,http-chap", ["true", "false"]), ("http-chap", []),
    ])
    func theServerSaysWhichCookiesThereAre(loginBy: String, kinds: [String]) throws {
        let router = try router(loginBy)
        try router.logIn("ana", password: "p", address: "10.5.50.9", macAddress: Self.device)
        #expect(router.rows("/ip/hotspot/cookie").map { $0["mac-cookie"] } == kinds)
        router.logOut(address: "10.5.50.9")
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9") == !kinds.isEmpty)
    }

    @Test func aBrowsersCookieLastsAsLongAsTheServerSays() throws {
        let router = try router("cookie,http-chap")
        try router.run("/ip/hotspot/profile/set", [".id": "hsprof1", "http-cookie-lifetime": "1h"])
        try router.logIn("ana", password: "p", address: "10.5.50.9", macAddress: Self.device)
        router.logOut(address: "10.5.50.9")
        router.advance(by: .seconds(3_599))
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9"))
        #expect(router.rows("/ip/hotspot/active").map { $0["login-by"] } == ["cookie"])
    }

    @Test func whoeverIsThrownOutIsBackByItsCookieUnlessThatGoesToo() throws {
        let router = try router("http-chap,mac-cookie")
        try router.logIn("ana", password: "p", address: "10.5.50.9", macAddress: Self.device)
        let session = try #require(router.rows("/ip/hotspot/active").first?[".id"])
        try router.run("/ip/hotspot/active/remove", [".id": session])
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9"))
        try router.run("/ip/hotspot/active/remove", [".id": session])
        let cookie = try #require(router.rows("/ip/hotspot/cookie").first?[".id"])
        try router.run("/ip/hotspot/cookie/remove", [".id": cookie])
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9") == false)
    }

    @Test func aCookieIsNoWayAroundALimit() throws {
        let router = try router("http-chap,mac-cookie")
        try router.run("/ip/hotspot/user/set", [".id": "ana", "limit-uptime": "1h"])
        try router.logIn("ana", password: "p", address: "10.5.50.9", macAddress: Self.device)
        router.advance(by: .seconds(3_600))
        #expect(throws: SimulatorError(.refused, "user ana has reached uptime limit")) {
            try router.comeBack(macAddress: Self.device, address: "10.5.50.9")
        }
    }

    // MARK: Devices

    @Test func aUserNamedLikeADeviceNeedsNoLoginPage() throws {
        let router = try router("mac,http-chap")
        try router.run("/ip/hotspot/user/add", ["name": Self.device])
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9"))
        #expect(router.rows("/ip/hotspot/active").map { $0["login-by"] } == ["mac"])
        #expect(try router.comeBack(macAddress: "AA:BB:CC:00:11:23", address: "10.5.50.10") == false)
    }

    @Test func aBypassedDeviceIsOnlineWithoutASession() throws {
        let router = try router()
        try router.run("/ip/hotspot/ip-binding/add", ["mac-address": Self.device, "type": "bypassed"])
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9"))
        #expect(router.rows("/ip/hotspot/active").isEmpty)
        #expect(router.rows("/ip/hotspot/host").map { $0["bypassed"] } == ["true"])
        router.advance(by: .seconds(86_400))
        #expect(router.rows("/ip/hotspot/host").count == 1)
    }

    @Test(arguments: ["10.5.50.0/28", "10.5.50.5-10.5.50.9", "10.5.50.9"])
    func aBlockedDeviceGetsNowhere(range: String) throws {
        let router = try router()
        try router.logIn("ana", password: "p", address: "10.5.50.9")
        try router.run("/ip/hotspot/ip-binding/add", ["address": range, "type": "blocked"])
        #expect(users(router) == [])
        #expect(router.rows("/ip/hotspot/host").isEmpty)
        #expect(throws: SimulatorError.self) { try router.logIn("ana", password: "p", address: "10.5.50.9") }
        try router.logIn("ana", password: "p", address: "10.5.50.99")
    }

    @Test func aBindingIsMadeOfADeviceInSight() throws {
        let router = try router()
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9") == false)
        let host = try #require(router.rows("/ip/hotspot/host").first?[".id"])
        try router.run("/ip/hotspot/host/make-binding", [".id": host, "type": "bypassed", "comment": "till"])
        let binding = try #require(router.rows("/ip/hotspot/ip-binding").first)
        #expect(binding["mac-address"] == Self.device)
        #expect(binding["comment"] == "till")
        #expect(binding["bypassed"] == "true")
        #expect(router.rows("/ip/hotspot/host").map { $0["bypassed"] } == ["true"])
    }

    @Test func aDeviceThatIsNotLoggedInIsForgottenAfterTheServersIdleTimeout() throws {
        let router = try router()
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9") == false)
        router.advance(by: .seconds(299))
        #expect(router.rows("/ip/hotspot/host").map { $0["authorized"] } == ["false"])
        #expect(try router.comeBack(macAddress: Self.device, address: "10.5.50.9") == false)
        router.advance(by: .seconds(299))
        #expect(router.rows("/ip/hotspot/host").count == 1)
        router.advance(by: .seconds(1))
        #expect(router.rows("/ip/hotspot/host").isEmpty)
    }

    // MARK: Ends

    @Test func aDeviceThatLeavesWithoutAWordIsOnlineForTheKeepaliveTimeout() throws {
        let router = try router()
        try router.logIn("ana", password: "p", address: "10.5.50.9")
        router.advance(by: .seconds(60))
        router.leave(address: "10.5.50.9")
        router.advance(by: .seconds(119))
        #expect(users(router) == ["ana"])
        router.advance(by: .seconds(1))
        #expect(users(router) == [])
        #expect(router.rows("/ip/hotspot/host").isEmpty)
        #expect(router.rows("/log").last?["message"] == "ana (10.5.50.9): logged out: keepalive timeout")
        #expect(router.rows("/ip/hotspot/user").map { $0["uptime"] } == ["3m"])
    }

    @Test func aQuietCustomerIsLoggedOutAfterTheIdleTimeout() throws {
        let router = try router()
        try router.run("/ip/hotspot/user/profile/set", [".id": "default", "idle-timeout": "10m"])
        try router.logIn("ana", password: "p", address: "10.5.50.9")
        for _ in 1...20 {
            router.advance(by: .seconds(599))
            try router.addTraffic(user: "ana", in: 1)
        }
        router.advance(by: .seconds(599))
        #expect(router.rows("/ip/hotspot/active").map { $0["idle-time"] } == ["9m59s"])
        router.advance(by: .seconds(1))
        #expect(users(router) == [])
        #expect(router.rows("/log").last?["message"] == "ana (10.5.50.9): logged out: idle timeout")
    }

    // MARK: Trials

    @Test(arguments: [RouterOSVersion.v6_49, .v7_18])
    func aTrialLastsItsTimeAndComesBackAfterItsPeriod(release: RouterOSVersion) throws {
        let router = try router("http-chap", release)
        #expect(throws: SimulatorError.self) { try router.logInForTrial(address: "10.5.50.9") }
        let terms: KeyValuePairs =
            release < .v7_9
            ? [".id": "hsprof1", "login-by": "trial", "trial-uptime": "10m/2h"]
            : [".id": "hsprof1", "login-by": "trial", "trial-uptime-limit": "10m", "trial-uptime-reset": "2h"]
        try router.run("/ip/hotspot/profile/set", terms)
        try router.logInForTrial(address: "10.5.50.9", macAddress: Self.device)
        #expect(router.rows("/ip/hotspot/active").map { $0["user"] } == ["T-\(Self.device)"])
        #expect(router.rows("/ip/hotspot/user").last?["dynamic"] == "true")
        router.advance(by: .seconds(600))
        #expect(users(router) == [])
        #expect(throws: SimulatorError(.refused, "user T-\(Self.device) has reached uptime limit")) {
            try router.logInForTrial(address: "10.5.50.9", macAddress: Self.device)
        }
        router.advance(by: .seconds(6_600))
        try router.logInForTrial(address: "10.5.50.9", macAddress: Self.device)
        #expect(router.rows("/ip/hotspot/active").map { $0["session-time-left"] } == ["10m"])
    }

    // MARK: What comes with a session

    @Test func sessionsBringQueuesAndListsThatGoWithThem() throws {
        let router = try router()
        try router.run(
            "/ip/hotspot/user/profile/add",
            ["name": "two", "shared-users": "3", "rate-limit": "512k/1M 0/0", "address-list": "guests"]
        )
        try router.run("/ip/hotspot/user/set", [".id": "ana", "profile": "two"])
        for host in 2...4 { try router.logIn("ana", password: "p", address: "10.5.50.\(host)") }
        #expect(
            router.rows("/queue/simple").map { $0["name"] } == ["<hotspot-ana>", "<hotspot-ana-1>", "<hotspot-ana-2>"]
        )
        #expect(router.rows("/queue/simple").first?["max-limit"] == "512000/1000000")
        #expect(router.rows("/queue/simple").first?["dynamic"] == "true")
        #expect(
            router.rows("/ip/firewall/address-list").map { $0["address"] } == ["10.5.50.2", "10.5.50.3", "10.5.50.4"]
        )
        router.logOut(address: "10.5.50.3")
        #expect(router.rows("/queue/simple").map { $0["name"] } == ["<hotspot-ana>", "<hotspot-ana-2>"])
        #expect(router.rows("/ip/firewall/address-list").map { $0["address"] } == ["10.5.50.2", "10.5.50.4"])
        #expect(!router.savedTables().contains("<hotspot-ana>"))
    }
}
