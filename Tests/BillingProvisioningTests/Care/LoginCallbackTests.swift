import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import TestSupport
import Testing

@Suite("Routers that tell of logins")
struct LoginCallbackTests {
    private static let profiles = "/ip/hotspot/user/profile"

    private func script(of profile: String, in shop: Shop) -> String {
        shop.simulator.rows(Self.profiles).first { $0["name"] == profile }?["on-login"] ?? ""
    }

    /// A shop whose router tells of logins, with one voucher on it.
    private func open(base: String = "https://panel.example/billing") async throws -> (Shop, code: String) {
        let shop = try await Shop()
        try shop.simulator.run(Self.profiles + "/set", [".id": "default", "on-login": ":log info \"welcome\""])
        try shop.simulator.run(Self.profiles + "/add", ["name": "guests", "on-login": ":log info guest"])
        let code = try await shop.voucherOnRouter()
        _ = try await shop.session.settings.set(.loginCallbackURL, to: base)
        await shop.provisioner.syncOnce()
        return (shop, code)
    }

    /// What the router asked for, in parts.
    private func told(_ request: WebRequest) throws -> (token: String, values: [String: String]) {
        let parts = request.url.split(separator: "?", maxSplits: 1)
        let token = try #require(parts.first?.split(separator: "/").last)
        let pairs = (parts.count > 1 ? parts[1] : "").split(separator: "&").map { pair -> (String, String) in
            let halves = pair.split(separator: "=", maxSplits: 1).map(String.init)
            return (halves.first ?? "", halves.count > 1 ? halves[1] : "")
        }
        return (String(token), Dictionary(pairs) { first, _ in first })
    }

    private func note(_ told: (token: String, values: [String: String]), in shop: Shop) async throws {
        try await shop.billing.loginCallbacks.note(
            token: told.token,
            user: told.values["user"] ?? "",
            hardwareAddress: told.values["mac"],
            address: told.values["address"]
        )
    }

    @Test("a login is told of at once, and activates the voucher by the strongest evidence")
    func activates() async throws {
        let (shop, code) = try await open()
        #expect(script(of: "default", in: shop).hasPrefix(":log info \"welcome\"\n# BEGIN"))
        #expect(script(of: "guests", in: shop) == ":log info guest")
        shop.advance(by: .seconds(100))
        try shop.logIn(code)
        let request = try #require(shop.simulator.webRequests.first)
        #expect(request.url.hasPrefix("https://panel.example/billing/hooks/login/"))
        let told = try told(request)
        #expect(told.values["user"] == code && told.values["address"] == "10.5.50.2")
        #expect(told.values["mac"]?.count == 17 && told.values["at"]?.contains("T") == true)
        for _ in 0..<2 { try await note(told, in: shop) }
        let voucher = try await shop.voucher(code)
        #expect(voucher.activatedAt == shop.now && voucher.activationEvidence == .loginCallback)
        let events = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(events.filter { $0.operation == "router.login-script" }.map(\.detail) == ["1 profiles: default"])
        #expect(shop.simulator.scriptRuns.map(\.outcome) == [.finished("")] || shop.simulator.webRequests.count == 1)
        // What the router was told stays as it is.
        let before = script(of: "default", in: shop)
        await shop.provisioner.syncOnce()
        #expect(script(of: "default", in: shop) == before)
    }

    @Test(
        "a server that is out of reach or refuses keeps nobody out, and what others wrote runs all the same",
        arguments: [WebRequest.Answer.failure("connection timeout"), .status(500), .status(404)]
    )
    func unreachable(answer: WebRequest.Answer) async throws {
        let (shop, code) = try await open()
        shop.simulator.answerWebRequests { _ in answer }
        try shop.logIn(code)
        #expect(shop.simulator.webRequests.count == 1)
        #expect(shop.simulator.rows("/ip/hotspot/active").count == 1)
        let run = try #require(shop.simulator.scriptRuns.last { $0.origin == .hotspotLogin })
        if case .finished = run.outcome {} else { Issue.record("\(run.outcome)") }
        #expect(shop.simulator.rows("/log").contains { $0["message"] == "welcome" })
        // It is seen by reading.
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).activationEvidence == .activeSession)
    }

    @Test(
        "a user whose name is no code of ours is let in and not told of",
        arguments: ["a&b=c", "x\";/quit", "$[/quit]", "é", "a b", "a%41", String(repeating: "a", count: 65)]
    )
    func foreignNames(name: String) async throws {
        let (shop, _) = try await open()
        try shop.simulator.run("/ip/hotspot/user/add", ["name": name, "password": "p"])
        try shop.simulator.logIn(name, password: "p", address: "10.5.50.9")
        #expect(shop.simulator.webRequests.isEmpty)
        #expect(shop.simulator.rows("/ip/hotspot/active").count == 1)
        let run = try #require(shop.simulator.scriptRuns.last { $0.origin == .hotspotLogin })
        if case .finished = run.outcome {} else { Issue.record("\(run.outcome)") }
    }

    @Test("without the setting there is no script, and one that was there goes; a renewed token replaces the old")
    func removable() async throws {
        let (shop, code) = try await open()
        let first = script(of: "default", in: shop)
        try shop.logIn(code)
        let old = try told(try #require(shop.simulator.webRequests.first))
        try await shop.session.routers.renewLoginCallback(shop.router.id)
        await #expect(throws: BillingError.self) { try await note(old, in: shop) }
        await shop.provisioner.syncOnce()
        let second = script(of: "default", in: shop)
        #expect(second != first && second.hasPrefix(":log info \"welcome\"\n# BEGIN"))
        _ = try await shop.session.settings.set(.loginCallbackURL, to: "")
        await shop.provisioner.syncOnce()
        #expect(script(of: "default", in: shop) == ":log info \"welcome\"")
    }

    @Test("what a router refuses is told once, and does not make it look unfit")
    func refused() async throws {
        let (shop, _) = try await open(base: "")
        try shop.simulator.run(
            Self.profiles + "/set",
            [".id": "default", "on-login": "# BEGIN billing login callback v1"]
        )
        _ = try await shop.session.settings.set(.loginCallbackURL, to: "http://panel.example:8080")
        for _ in 0..<3 { await shop.provisioner.syncOnce() }
        #expect(script(of: "default", in: shop) == "# BEGIN billing login callback v1")
        let events = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(events.filter { $0.operation == "router.care.callback" }.count == 1)
        #expect(try await shop.session.routers.router(shop.router.id).status == .online)
    }
}
