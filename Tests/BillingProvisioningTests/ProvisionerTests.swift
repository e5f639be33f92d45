import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Provisioner")
struct ProvisionerTests {
    @Test("a batch stands on the router as it was sold")
    func provisions() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(250)
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        let user = try #require(shop.simulator.rows(HotspotUser.self).first)
        #expect(user.password == user.name && user.limitUptime == .seconds(10_800))
        #expect(user.limitBytesTotal == ByteCount(1_610_612_736) && user.comment == "VOUCHER_SYSTEM|2.50||")
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
    }

    @Test("a connection lost after any command loses nothing and doubles nothing", arguments: 1...12)
    func dropped(after command: Int) async throws {
        let shop = try await Shop(chunk: 4)
        let codes = try await shop.generate(6)
        shop.simulator.inject(.dropConnection(afterCommand: command))
        for _ in 0..<3 {
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(60))
        }
        // The fault did happen: somebody had to log in again.
        #expect(shop.simulator.transcript.filter { $0.path == "/login" }.count == 2)
        #expect(shop.usersOnRouter == codes.sorted())
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
    }

    @Test("a router that is away delays provisioning and nothing else")
    func offline() async throws {
        let shop = try await Shop()
        shop.simulator.stop()
        let codes = try await shop.generate(20)
        await shop.provisioner.provisionOnce()
        await shop.provisioner.syncOnce()
        #expect(try await shop.session.routers.router(shop.router.id).status == .offline)
        for code in codes { #expect(try await shop.voucher(code).provisioning == .pending) }
        _ = try shop.simulator.listen(port: shop.port)
        shop.advance(by: .seconds(30))
        await shop.provisioner.provisionOnce()
        await shop.provisioner.syncOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        #expect(try await shop.session.routers.router(shop.router.id).status == .online)
    }

    @Test("a connection that was forgotten on the way costs a second try and not the router's status")
    func forgottenConnection() async throws {
        let shop = try await Shop()
        await shop.provisioner.syncOnce()
        shop.simulator.inject(.dropConnection(afterCommand: 1))
        let logins = shop.simulator.transcript.filter { $0.path == "/login" }.count
        await shop.provisioner.syncOnce()
        #expect(shop.simulator.transcript.filter { $0.path == "/login" }.count == logins + 1)
        #expect(try await shop.session.routers.router(shop.router.id).status == .online)
    }

    @Test("a user of that name that is not ours is left alone and reported")
    func foreign() async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1).first)
        try shop.simulator.run("/ip/hotspot/user/add", ["name": code, "password": "theirs", "comment": "a friend"])
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.rows(HotspotUser.self).map(\.password) == ["theirs"])
        let voucher = try await shop.voucher(code)
        #expect(voucher.provisioning == .failed)
        #expect(voucher.provisioningDetail?.contains("not ours") == true)
    }

    @Test("a profile that the router lacks is named, and the voucher follows once it is there")
    func missingProfile() async throws {
        let shop = try await Shop()
        let fast = try await shop.session.packages.create(
            PackageDraft(
                name: "Fast",
                terms: VoucherTerms(
                    validity: .seconds(3_600),
                    price: Money(decimal: "1", currency: .usd),
                    routerProfile: "fast"
                )
            ),
            key: .new()
        )
        let code = try #require(
            try await shop.session.vouchers.generate(1, of: fast.id, on: shop.router.id, key: .new()).vouchers.first?
                .code
        )
        await shop.provisioner.provisionOnce()
        #expect(try await shop.voucher(code).provisioningDetail?.contains("profile") == true)
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "fast", "rate-limit": "2M/2M"])
        shop.advance(by: .seconds(60))
        await shop.provisioner.provisionOnce()
        #expect(try await shop.voucher(code).provisioning == .present)
    }

    @Test("the first login is seen once, dated back to its beginning, and written into the comment")
    func firstLogin() async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1, sold: true).first)
        await shop.provisioner.provisionOnce()
        try shop.logIn(code)
        let login = shop.now
        shop.advance(by: .seconds(120))
        await shop.provisioner.syncOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.access == .active && voucher.activationEvidence == .activeSession)
        #expect(voucher.activatedAt == login && voucher.expiresAt == login + .seconds(86_400))
        #expect(voucher.usage.uptime == .seconds(120))
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.rows(HotspotUser.self).first?.comment == "VOUCHER_SYSTEM|2.50|1700000000|1700086400")
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).activatedAt == login)
    }

    @Test("use is counted once, whether its session is open, closed, or was lost with the power")
    func usage() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 100, out: 900)
        shop.advance(by: .seconds(100))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).usage.bytesTotal == 1_000)
        let session = try #require(shop.simulator.rows("/ip/hotspot/active").first?[".id"])
        try shop.simulator.run("/ip/hotspot/active/remove", [".id": session])
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).usage.bytesTotal == 1_000)
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 50, out: 50)
        shop.advance(by: .seconds(10))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).usage.bytesTotal == 1_100)
        shop.simulator.inject(.powerCut)
        await shop.provisioner.syncOnce()
        let usage = try await shop.voucher(code).usage
        #expect(usage.bytesTotal == 1_100 && usage.uptime == .seconds(110))
        #expect(try await shop.voucher(code).access == .active)
    }

    @Test("a voucher whose validity is over goes from the router, and its session ends")
    func expiry() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(10))
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(86_400 - 11))
        await shop.provisioner.expireOnce()
        #expect(try await shop.voucher(code).access == .active)
        shop.advance(by: .seconds(1))
        await shop.provisioner.expireOnce()
        await shop.provisioner.provisionOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.access == .expired && voucher.provisioning == .removed)
        #expect(shop.usersOnRouter.isEmpty && shop.simulator.rows("/ip/hotspot/active").isEmpty)
    }

    @Test("a clock that is a year ahead for a while ends nothing and begins nothing")
    func wrongClock() async throws {
        let shop = try await Shop()
        let used = try await shop.voucherOnRouter()
        try shop.logIn(used)
        shop.advance(by: .seconds(10))
        await shop.provisioner.syncOnce()
        let year = Duration.seconds(365 * 86_400)
        shop.setClock(by: year)
        let fresh = try await shop.voucherOnRouter()
        try shop.simulator.run("/ip/hotspot/active/login", ["user": fresh, "password": fresh, "ip": "10.5.50.3"])
        shop.advance(by: .seconds(60))
        await shop.provisioner.expireOnce()
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(used).access == .active)
        #expect(try await shop.voucher(fresh).access == .unused)
        shop.setClock(by: .zero - year)
        await shop.provisioner.expireOnce()
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(used).access == .active)
    }

    @Test("disabling ends a session that nobody has seen yet")
    func disablingUnseen() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        _ = try await shop.session.vouchers.disable(code: code)
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.rows("/ip/hotspot/active").isEmpty)
    }

    @Test("a voucher that vanished from its router is put back, used or not")
    func absences() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(5)
        await shop.provisioner.provisionOnce()
        try shop.logIn(codes[0])
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        for name in codes.prefix(3) { try shop.simulator.run("/ip/hotspot/user/remove", [".id": name]) }
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(codes[1]).provisioning == .pending)
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
        let used = try await shop.voucher(codes[0])
        #expect(used.access == .active && used.usage.uptime == .seconds(60) && used.provisioning == .present)
    }

    @Test("a row whose comment somebody changed is never called removed, and is reported")
    func changedComment() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.simulator.run("/ip/hotspot/user/set", [".id": code, "comment": "room 5"])
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.provisioning == .failed)
        #expect(voucher.provisioningDetail?.contains("comment") == true)
        #expect(shop.usersOnRouter == [code])
    }

    @Test("a disabled voucher is refused by the router and its session ends; enabled again it works")
    func disabling() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(10))
        await shop.provisioner.syncOnce()
        _ = try await shop.session.vouchers.disable(code: code)
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.rows("/ip/hotspot/active").isEmpty)
        #expect(throws: SimulatorError.self) { try shop.logIn(code) }
        _ = try await shop.session.vouchers.enable(code: code)
        await shop.provisioner.provisionOnce()
        #expect(throws: Never.self) { try shop.logIn(code) }
    }

    @Test("users that are not ours are never changed")
    func strangers() async throws {
        let shop = try await Shop()
        try shop.simulator.run(
            "/ip/hotspot/user/add",
            ["name": "guest", "password": "x", "comment": "vc-123-11.20.26-"]
        )
        let before = shop.simulator.rows("/ip/hotspot/user")
        _ = try await shop.generate(3)
        await shop.provisioner.provisionOnce()
        await shop.provisioner.syncOnce()
        #expect(
            shop.simulator.rows("/ip/hotspot/user").first { $0["name"] == "guest" }
                == before.first { $0["name"] == "guest" }
        )
    }

    @Test(
        "a router that answers and cannot be used is in error, with the reason",
        arguments: [(SimulatorFault.refuseLogin, RouterStatus.error), (.garbage, .error)]
    )
    func misconfigured(fault: SimulatorFault, status: RouterStatus) async throws {
        let shop = try await Shop()
        shop.simulator.inject(fault)
        await shop.provisioner.syncOnce()
        let router = try await shop.session.routers.router(shop.router.id)
        #expect(router.status == status)
        #expect(router.statusDetail?.isEmpty == false && router.statusDetail?.contains("secret") == false)
    }

    @Test("run() works a sale off without being asked, and stops when its task is cancelled", .timeLimit(.minutes(1)))
    func running() async throws {
        let shop = try await Shop()
        let run = Task { await shop.provisioner.run() }
        let codes = try await shop.generate(5)
        while shop.usersOnRouter.count < 5 { try await Task.sleep(for: .milliseconds(5)) }
        run.cancel()
        await run.value
        #expect(shop.usersOnRouter == codes.sorted())
    }
}
