import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Care of routers")
struct RouterCareTests {
    private func events(_ operation: String, _ shop: Shop) async throws -> [String] {
        try await shop.session.audit.routerEvents(router: shop.router.id).items.reversed()
            .filter { $0.operation == operation }.map(\.detail)
    }

    @Test("errors in a router's log are told of once, through a start and without what is secret")
    func log() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        for message in [
            "power supply 2 failed", "bad code \(code) password=canary",
            "GET /hooks/login/00112233445566778899aabbccddeeff",
        ] {
            try shop.simulator.run("/log/error", ["message": message])
        }
        try shop.simulator.run("/log/info", ["message": "nothing"])
        for _ in 0..<2 { await shop.provisioner.syncOnce() }
        let told = try await events("router.log", shop)
        #expect(told.count == 3)
        #expect(told.contains { $0.hasSuffix("script,error: power supply 2 failed") })
        #expect(!told.joined().contains(code) && !told.joined().contains("canary") && !told.joined().contains("aabbcc"))
        #expect(told.contains { $0.contains("bad code …") })

        shop.simulator.inject(.reboot())
        shop.advance(by: .seconds(60))
        try shop.simulator.run("/log/error", ["message": "fan 1 stopped"])
        for _ in 0..<2 { await shop.provisioner.syncOnce() }
        #expect(try await events("router.log", shop).dropFirst(3).map { $0.suffix(13) } == ["fan 1 stopped"])
    }

    @Test("a flood of errors fills no log")
    func flood() async throws {
        let shop = try await Shop()
        for number in 0..<300 { try shop.simulator.run("/log/error", ["message": "error \(number)"]) }
        await shop.provisioner.syncOnce()
        let told = try await events("router.log", shop)
        #expect(told.count == 21 && told.contains("280 older lines of errors are left out."))
    }

    @Test("user profiles are read with every reading, and laid beside what packages want")
    func profiles() async throws {
        let shop = try await Shop()
        func package(_ name: String, _ profile: String, _ speed: String?, _ kind: PackageKind = .voucher) async throws {
            let terms = try VoucherTerms(
                validity: .seconds(3_600),
                rateLimit: speed.map { try RateLimit($0) },
                price: Money(decimal: "1", currency: .usd),
                routerProfile: profile
            )
            _ = try await shop.session.packages.create(PackageDraft(name: name, kind: kind, terms: terms), key: .new())
        }
        try await package("Fast", "fast", "2M/2M")
        try await package("Slow", "slow", "1M/1M")
        try await package("Home", "home", "10M/10M", .recurringPPPoE)
        #expect(try await shop.session.routers.profiles(of: shop.router.id).readAt == nil)
        let menu = "/ip/hotspot/user/profile"
        try shop.simulator.run(menu + "/add", ["name": "fast", "rate-limit": "2M/2M", "session-timeout": "1h"])
        try shop.simulator.run(menu + "/add", ["name": "slow", "rate-limit": "512k/1M"])
        await shop.provisioner.syncOnce()
        let found = try await shop.session.routers.profiles(of: shop.router.id)
        #expect(found.readAt == shop.now)
        #expect(Set(found.standing.filter { $0.kind == .hotspot }.map(\.name)) == ["default", "fast", "slow"])
        #expect(found.standing.first { $0.name == "fast" }?.sessionTimeout == "1h")
        #expect(found.standing.contains { $0.kind == .pppoe && $0.name == "default" })
        let findings = Dictionary(uniqueKeysWithValues: found.matches.map { ($0.name, $0.finding) })
        #expect(findings == ["default": .unspecified, "fast": .right, "slow": .differs, "home": .missing])
        try shop.simulator.run(menu + "/set", [".id": "slow", "rate-limit": "1M/1M"])
        await shop.provisioner.syncOnce()
        let again = try await shop.session.routers.profiles(of: shop.router.id)
        #expect(again.matches.first { $0.name == "slow" }?.finding == .right)
        #expect(try await events("router.profiles", shop).count == 1)
    }

    @Test("somebody who looks sees who is on line now and what interfaces move, and nothing is recorded of it")
    func live() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(90))
        let reading = try await shop.provisioner.live(shop.router.id)
        #expect(reading.readAt == shop.now)
        #expect(reading.hotspotSessions.map(\.user) == [code])
        #expect(reading.hotspotSessions.first?.uptime == .seconds(90))
        #expect(reading.interfaces.contains { $0.name == "bridge" && $0.running == true })
        #expect(reading.traffic?.contains { $0.name == "bridge" } == true)
        #expect(reading.traffic?.contains { $0.name == "ether5" } == false)
        #expect(try await shop.voucher(code).activatedAt == nil)
        let stranger: Identifier<Router> = Identifier(high: 1, low: 2)
        await #expect(throws: BillingError.self) { try await shop.provisioner.live(stranger) }
    }

    @Test("who looks within half a minute of another sees the same, unless it is to be new or rows were written")
    func lookedAtAgain() async throws {
        let shop = try await Shop()
        func look(anew: Bool = false) async throws -> LiveReading {
            try await shop.provisioner.live(shop.router.id, anew: anew)
        }
        let first = try await look().readAt
        shop.simulator.clearTranscript()
        shop.advance(by: .seconds(29))
        #expect(try await look().readAt == first)
        #expect(!shop.simulator.transcript.contains { $0.path == "/system/resource/print" })
        #expect(try await look(anew: true).readAt == shop.now)
        shop.advance(by: .seconds(30))
        #expect(try await look().readAt == shop.now)
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(1))
        #expect(try await look().hotspotSessions.map(\.user) == [code])
        // The same router at another address may be another router.
        shop.advance(by: .seconds(1))
        let draft = RouterDraft(
            name: "Shop",
            host: "localhost",
            port: Int(shop.port),
            username: "api",
            password: "secret"
        )
        _ = try await shop.session.routers.update(shop.router.id, draft)
        #expect(try await look().readAt == shop.now)
    }

    @Test("a connection that breaks in the midst of it leaves the visit as good as it was", arguments: 1...24)
    func broken(command: Int) async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        shop.simulator.inject(.dropConnection(afterCommand: command))
        for _ in 0..<2 { await shop.provisioner.syncOnce() }
        #expect(try await shop.session.routers.router(shop.router.id).status == .online)
        #expect(try await shop.voucher(code).provisioning == .present)
        #expect(try await shop.session.routers.profiles(of: shop.router.id).readAt != nil)
    }
}
