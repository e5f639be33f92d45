import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// What goes wrong with routers in the field, and what other systems make of it; each test fails on the naive behaviour.
@Suite("Routers as they are")
struct RouterRealityTests {
    @Test("R1: power lost after the first login, before the row says so: the first use stays, and its row follows")
    func r1PowerLost() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        let login = shop.now
        shop.advance(by: .seconds(30))
        await shop.provisioner.syncOnce()
        shop.simulator.inject(.powerCut)
        shop.advance(by: .seconds(3_600))
        for _ in 0..<2 {
            await shop.provisioner.provisionOnce()
            await shop.provisioner.syncOnce()
            shop.advance(by: .seconds(30))
        }
        #expect(try await shop.voucher(code).activatedAt == login)
        let comment = try #require(shop.simulator.rows(HotspotUser.self).first?.comment)
        #expect(comment == "VOUCHER_SYSTEM|2.50|\(login.secondsSince1970)|\(login.secondsSince1970 + 86_400)")
    }

    @Test("R7: a factory reset expires nobody: every row is put back, and it is reported")
    func r7FactoryReset() async throws {
        let shop = try await Shop()
        try shop.openPool()
        let codes = try await shop.generate(60, sold: true)
        let account = try await shop.account("ann")
        await shop.provisioner.provisionOnce()
        await shop.provisioner.syncOnce()
        shop.simulator.inject(.factoryReset(keepsUser: true))
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted() && shop.secrets.map(\.name) == ["ann"])
        for code in codes { #expect(try await shop.voucher(code).access == .unused) }
        #expect(try await shop.account(account.id).provisioning == .present)
        let log = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(log.contains { $0.operation == "router.reset" && $0.detail.contains("none of the 61 rows") })
        await shop.provisioner.syncOnce()
        let told = try await shop.session.notifications.list().items.filter { $0.template == "alert.router-reset" }
        #expect(told.map { $0.variables["router"] } == ["Shop"])
        #expect(told.first?.variables["detail"]?.contains("none of the 61 rows") == true)
    }

    @Test("R8: whoever is not on line is not expired")
    func r8NotOnline() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        shop.simulator.logOut(address: "10.5.50.2")
        for _ in 0..<5 {
            shop.advance(by: .seconds(300))
            await shop.provisioner.syncOnce()
        }
        #expect(try await shop.voucher(code).access == .active)
        #expect(throws: Never.self) { try shop.logIn(code) }
    }

    @Test(
        "R9: a renewal changes the row in place, wherever the link breaks: counters stay, the customer always has a row",
        arguments: 1...8
    )
    func r9ChangedInPlace(command: Int) async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1, sold: true).first)
        await shop.provisioner.provisionOnce()
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 100, out: 900)
        shop.simulator.logOut(address: "10.5.50.2")
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        let id = shop.simulator.rows(HotspotUser.self).first?.id
        _ = try await shop.session.vouchers.extend(
            code: code,
            by: VoucherGrant(time: .elapsed(.seconds(86_400))),
            cause: "sorry",
            key: .new()
        )
        shop.simulator.clearTranscript()
        shop.simulator.inject(.dropConnection(afterCommand: command))
        for _ in 0..<3 {
            await shop.provisioner.provisionOnce()
            #expect(shop.simulator.rows(HotspotUser.self).map(\.id) == [id])
            shop.advance(by: .seconds(20))
        }
        #expect(
            !shop.simulator.transcript.contains { $0.path.hasSuffix("/add") || $0.path.hasSuffix("/user/remove") }
        )
        #expect(shop.simulator.rows(HotspotUser.self).first?.bytesOut == 900)
        #expect(try await shop.voucher(code).provisioning == .present)
    }

    @Test("R10: what is paid while the router is away is on it once it is back, without anybody's help")
    func r10PaidWhileAway() async throws {
        let shop = try await Shop()
        try shop.openPool()
        let ordered = try await shop.subscriber("ann")
        await shop.provisioner.provisionOnce()
        try await shop.lapse(ordered)
        await shop.provisioner.provisionOnce()
        #expect(throws: SimulatorError.self) { try shop.dial("ann") }
        shop.simulator.stop()
        _ = try await shop.session.subscriptions.grant(1, to: ordered.subscription.id, reason: "paid", key: .new())
        await shop.provisioner.provisionOnce()
        #expect(try await shop.account(ordered.serviceAccount.id).provisioning == .pending)
        _ = try shop.simulator.listen(port: shop.port)
        shop.advance(by: .seconds(30))
        await shop.provisioner.provisionOnce()
        #expect(throws: Never.self) { try shop.dial("ann") }
        #expect(try await shop.account(ordered.serviceAccount.id).provisioning == .present)
    }

    @Test(
        "R13: who is switched off goes off the line, wherever the link breaks, and a cookie does not bring them back",
        arguments: 1...9
    )
    func r13SwitchedOff(command: Int) async throws {
        let shop = try await Shop()
        let accounts = try await shop.accountsCutOffOnLine()
        shop.simulator.clearTranscript()
        shop.simulator.inject(.dropConnection(afterCommand: command))
        for _ in 0..<3 {
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(20))
        }
        #expect(shop.pppOnline.isEmpty && shop.hotspotOnline.isEmpty, "the link broke after command \(command)")
        #expect(shop.simulator.rows("/ip/hotspot/cookie").isEmpty)
        for id in accounts { #expect(try await shop.account(id).provisioning == .present) }
    }

    @Test("R13: who comes back on line by a row that somebody switched on by hand is cut off by the next reading")
    func r13SwitchedOnByHand() async throws {
        let shop = try await Shop()
        try shop.openPool()
        let id = try await shop.account("ann").id
        _ = try await shop.session.serviceAccounts.disable(id)
        await shop.provisioner.provisionOnce()
        try shop.simulator.run("/ppp/secret/enable", [".id": "ann"])
        try shop.dial("ann")
        try shop.simulator.run("/ppp/secret/disable", [".id": "ann"])
        #expect(shop.pppOnline == ["ann"])
        let plan = try await shop.provisioner.plan(shop.router.id)
        #expect(plan.lines.map(\.action) == [.endSession])
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.pppOnline.isEmpty)
    }

    @Test(
        "R14: who has not paid gets an address of the page that asks for it, not their own; paid, they have it again",
        arguments: 1...9
    )
    func r14PayPool(command: Int) async throws {
        let shop = try await Shop()
        try shop.openPool()
        _ = try await shop.session.settings.set(.unpaidProfile, to: "unpaid")
        let ordered = try await shop.subscriber("ann", address: "10.1.1.7")
        await shop.provisioner.provisionOnce()
        #expect(try shop.dial("ann") == "10.1.1.7")
        shop.simulator.inject(.dropConnection(afterCommand: command))
        try await shop.lapse(ordered)
        for _ in 0..<3 {
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(20))
        }
        #expect(shop.pppOnline.isEmpty, "the link broke after command \(command)")
        #expect(try shop.dial("ann").hasPrefix("10.66.0."))
        #expect(try await shop.account(ordered.serviceAccount.id).staticAddress == "10.1.1.7")
        _ = try await shop.session.subscriptions.grant(1, to: ordered.subscription.id, reason: "paid", key: .new())
        await shop.provisioner.provisionOnce()
        #expect(shop.pppOnline.isEmpty)
        #expect(try shop.dial("ann") == "10.1.1.7")
        #expect(shop.secrets.first?.profile == "default")
    }

    @Test("R15: how far each router is from what it should show can be asked at any time, and asking changes nothing")
    func r15Report() async throws {
        let shop = try await Shop()
        try shop.openPool()
        let codes = try await shop.generate(3)
        _ = try await shop.account("ann")
        _ = try await shop.account("bob")
        await shop.provisioner.provisionOnce()
        #expect(try await shop.provisioner.plan(shop.router.id).isConverged)
        try shop.simulator.run("/ip/hotspot/user/remove", [".id": codes[0]])
        try shop.simulator.run("/ppp/secret/set", [".id": "ann", "profile": "unpaid", "password": "hunter2"])
        try shop.simulator.run("/ppp/secret/set", [".id": "bob", "comment": "a friend"])
        let before = shop.simulator.savedTables()
        let plan = try await shop.provisioner.plan(shop.router.id)
        let text = plan.description
        #expect(text.contains("+ /ip/hotspot/user …\(codes[0].suffix(4)) profile=default"))
        #expect(text.contains("~ /ppp/secret ann password, profile: unpaid → default"))
        #expect(text.contains("! /ppp/secret bob: ") && text.contains("3 to put right"))
        #expect(!text.contains(codes[0]) && !text.contains("hunter2") && !text.contains("sesame"))
        #expect(shop.simulator.savedTables() == before)
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.savedTables() == before)
    }

    @Test("R19: what leaves the router is what we made, and nothing beside it")
    func r19CleanUp() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/ppp/secret/add", ["name": "office", "password": "x", "service": "pppoe"])
        try shop.simulator.run("/system/scheduler/add", ["name": "backup", "interval": "1d"])
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "staff"])
        let menus = ["/system/scheduler", "/system/script", "/ip/hotspot/user/profile", "/ppp/profile", "/ppp/secret"]
        let before = menus.map { shop.simulator.rows($0) }
        let codes = try await shop.generate(3)
        let id = try await shop.account("ann").id
        await shop.provisioner.provisionOnce()
        for code in codes {
            _ = try await shop.session.vouchers.writeOff(code: code, reason: "lost", key: .new())
        }
        _ = try await shop.session.serviceAccounts.delete(id)
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty)
        #expect(menus.map { shop.simulator.rows($0) } == before)
    }
}

extension Shop {
    /// Lets the paid time of a subscription end, and tells it.
    fileprivate func lapse(_ ordered: OrderedSubscription) async throws {
        advance(by: .seconds(31 * 86_400))
        _ = try await billing.collection.sweepSubscriptions(tenant: tenant.id)
    }
}
