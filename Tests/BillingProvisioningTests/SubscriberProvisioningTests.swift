import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Provisioning of customers' accounts")
struct SubscriberProvisioningTests {
    @Test("a PPPoE account stands on the router as it is recorded, and says whose it is")
    func secret() async throws {
        let shop = try await Shop()
        let account = try await shop.account("ann", address: "10.1.1.7", callerID: "AA:00:00:00:00:01")
        await shop.provisioner.provisionOnce()
        let secret = try #require(shop.secrets.first)
        #expect((secret.name, secret.password, secret.service, secret.profile) == ("ann", "sesame", "pppoe", "default"))
        #expect((secret.remoteAddress, secret.callerID) == ("10.1.1.7", "AA:00:00:00:00:01"))
        #expect(secret.disabled == false && secret.comment == "PPPOE_SYSTEM|C-00001|\(account.id)|")
        #expect(try await shop.account(account.id).provisioning == .present)
    }

    @Test("a hotspot account of a customer is a user without limits, and no voucher")
    func hotspotAccount() async throws {
        let shop = try await Shop()
        let account = try await shop.account("bob", .hotspot, callerID: "AA:00:00:00:00:02")
        await shop.provisioner.provisionOnce()
        let user = try #require(shop.simulator.rows(HotspotUser.self).first)
        #expect((user.name, user.password, user.profile) == ("bob", "sesame", "default"))
        #expect(user.macAddress == MACAddress(0xAA00_0000_0002) && user.comment?.hasPrefix("PPPOE_SYSTEM|") == true)
        #expect((user.limitUptime ?? .zero) == .zero && (user.limitBytesTotal ?? ByteCount(0)) == ByteCount(0))
        #expect(try await shop.account(account.id).provisioning == .present)
        await shop.provisioner.syncOnce()
        #expect(try await shop.provisioner.plan(shop.router.id).isConverged)
    }

    @Test("what is paid reaches the comment, and nobody is thrown off the line for it")
    func renewal() async throws {
        let shop = try await Shop()
        try shop.openPool()
        let ordered = try await shop.subscriber("ann")
        await shop.provisioner.provisionOnce()
        try shop.dial("ann")
        let paid = try #require(ordered.subscription.paidThrough)
        #expect(shop.secrets.first?.comment?.hasSuffix("|\(paid.secondsSince1970)") == true)
        _ = try await shop.session.subscriptions.grant(1, to: ordered.subscription.id, reason: "sorry", key: .new())
        await shop.provisioner.provisionOnce()
        let later = paid + .seconds(30 * 86_400)
        #expect(shop.secrets.first?.comment?.hasSuffix("|\(later.secondsSince1970)") == true)
        #expect(shop.pppOnline == ["ann"])
    }

    /// Changes of an account that hold from the next log-in only.
    enum Move: CaseIterable { case password, profile, address, callerID }

    @Test("what changes for an account is written, and its session ends so that it holds", arguments: Move.allCases)
    func changes(move: Move) async throws {
        let shop = try await Shop()
        try shop.openPool()
        let id = try await shop.account("ann", address: "10.1.1.7").id
        await shop.provisioner.provisionOnce()
        try shop.dial("ann")
        let accounts = shop.session.serviceAccounts
        switch move {
        case .password: _ = try await accounts.setPassword("other", of: id)
        case .profile: _ = try await accounts.assign(profile: "unpaid", to: id)
        case .address: _ = try await accounts.setStaticAddress(nil, of: id)
        case .callerID: _ = try await accounts.bind(id, to: "AA:00:00:00:00:09")
        }
        await shop.provisioner.provisionOnce()
        let secret = try #require(shop.secrets.first)
        switch move {
        case .password: #expect(secret.password == "other")
        case .profile: #expect(secret.profile == "unpaid")
        case .address: #expect(secret.remoteAddress?.isEmpty ?? true)
        case .callerID: #expect(secret.callerID == "AA:00:00:00:00:09")
        }
        #expect(shop.pppOnline.isEmpty)
        #expect(try await shop.account(id).provisioning == .present)
    }

    @Test("a password is written anew to a router that does not show passwords")
    func hiddenPassword() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/user/group/add", ["name": "blind", "policy": "read,write,api,test"])
        try shop.simulator.run("/user/set", [".id": "api", "group": "blind"])
        let id = try await shop.account("ann").id
        await shop.provisioner.provisionOnce()
        _ = try await shop.session.serviceAccounts.setPassword("other", of: id)
        await shop.provisioner.provisionOnce()
        #expect(shop.secrets.first?.password == "other")
        #expect(try await shop.account(id).provisioning == .present)
        // Once it is confirmed nothing is written for what cannot be seen.
        shop.simulator.clearTranscript()
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(!shop.simulator.transcript.contains { $0.path == "/ppp/secret/set" })
    }

    @Test("of many accounts one that the router refuses stops none of the others, and says why")
    func oneFails() async throws {
        let shop = try await Shop()
        var accounts: [ServiceAccount] = []
        for number in 1...5 {
            accounts.append(try await shop.account("net\(number)", profile: number == 3 ? "nowhere" : "default"))
        }
        await shop.provisioner.provisionOnce()
        #expect(shop.secrets.map(\.name).sorted() == ["net1", "net2", "net4", "net5"])
        for account in accounts {
            let now = try await shop.account(account.id)
            #expect(now.provisioning == (account.username == "net3" ? .failed : .present))
            if now.provisioning == .failed { #expect(now.provisioningDetail?.contains("profile") == true) }
        }
    }

    @Test(
        "a profile that a package names and the router lacks is made with its speed; one that is there is left as it is"
    )
    func profiles() async throws {
        let shop = try await Shop()
        try shop.openPool()
        for kind in [PackageKind.recurringPPPoE, .recurringHotspot] {
            let package = try await shop.session.packages.create(
                PackageDraft(
                    name: kind.rawValue,
                    kind: kind,
                    terms: VoucherTerms(
                        validityPeriod: .months(1),
                        rateLimit: RateLimit("2M/8M"),
                        sharedUsers: kind == .recurringPPPoE ? 1 : 3,
                        price: Money(decimal: "1", currency: .usd),
                        routerProfile: "fast"
                    )
                ),
                key: .new()
            )
            let service: ServiceKind = kind == .recurringPPPoE ? .pppoe : .hotspot
            _ = try await shop.account("u-\(kind.rawValue)", service, profile: nil, package: package.id)
        }
        await shop.provisioner.provisionOnce()
        let made = try #require(shop.simulator.rows(PPPProfile.self).first { $0.name == "fast" })
        #expect((made.rateLimit, made.comment, made.remoteAddress) == ("2M/8M", "PPPOE_SYSTEM", "clients"))
        let hotspot = try #require(shop.simulator.rows(HotspotUserProfile.self).first { $0.name == "fast" })
        #expect(hotspot.rateLimit == "2M/8M" && hotspot.sharedUsers == .value(3))
        #expect(shop.secrets.first?.profile == "fast")
        try shop.simulator.run("/ppp/profile/set", [".id": "fast", "rate-limit": "9M/9M"])
        _ = try await shop.session.serviceAccounts.create(
            ServiceAccountDraft(
                kind: .pppoe,
                router: shop.router.id,
                username: #require(NumberPattern("more")),
                package: shop.session.packages.list().first { $0.kind == .recurringPPPoE }?.id
            ),
            for: shop.session.customers.create(CustomerDraft(name: "More"), key: .new()).id,
            key: .new()
        )
        await shop.provisioner.provisionOnce()
        #expect(shop.secrets.count == 2)
        #expect(shop.simulator.rows(PPPProfile.self).filter { $0.name == "fast" }.map(\.rateLimit) == ["9M/9M"])
    }

    @Test("what was done to one user and by whom is in the trail, and what the router made of it in the user's record")
    func oneUser() async throws {
        let shop = try await Shop()
        let account = try await shop.account("ann", profile: "nowhere")
        _ = try await shop.account("bob")
        await shop.provisioner.provisionOnce()
        let refused = try await shop.account(account.id)
        #expect(refused.provisioning == .failed && refused.provisioningDetail?.contains("profile") == true)
        shop.advance(by: .seconds(1))
        _ = try await shop.session.serviceAccounts.assign(profile: "default", to: account.id)
        shop.advance(by: .seconds(1))
        _ = try await shop.session.serviceAccounts.disable(account.id)
        await shop.provisioner.provisionOnce()
        let taken = try await shop.account(account.id)
        #expect(taken.provisioning == .present && taken.provisioningDetail == nil)
        let lines = try await shop.session.audit.entries(AuditFilter(subject: "service:\(account.id)")).items
        #expect(lines.map(\.action) == ["service.disable", "service.assign", "service.create"])
        #expect(lines.allSatisfy { $0.actor == shop.session.actor })
    }

    @Test("a router without a profile `default` gets one, for one device at a time")
    func defaultProfile() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/ip/hotspot/user/profile/set", [".id": "default", "name": "guests"])
        let code = try await shop.voucherOnRouter()
        #expect(shop.usersOnRouter == [code])
        let profiles = shop.simulator.rows(HotspotUserProfile.self)
        #expect(profiles.map(\.name).sorted() == ["default", "guests"])
        #expect(profiles.first { $0.name == "default" }?.sharedUsers == .value(1))
        #expect(try await shop.voucher(code).provisioning == .present)
    }

    @Test("an account that was deleted and made again under its name keeps its row, whichever is worked on first")
    func sameName() async throws {
        let shop = try await Shop()
        let first = try await shop.account("ann")
        await shop.provisioner.provisionOnce()
        _ = try await shop.session.serviceAccounts.delete(first.id)
        let second = try await shop.account("ann")
        await shop.provisioner.provisionOnce()
        #expect(shop.secrets.map(\.comment) == ["PPPOE_SYSTEM|C-00002|\(second.id)|"])
        #expect(try await shop.account(first.id).provisioning == .removed)
        #expect(try await shop.account(second.id).provisioning == .present)
    }

    @Test("what somebody waits for is on the router before what is in stock")
    func soldFirst() async throws {
        let shop = try await Shop(chunk: 2)
        shop.simulator.stop()
        let stock = try await shop.generate(6)
        _ = try await shop.account("bob", .hotspot)
        _ = try await shop.session.vouchers.sell(codes: [stock[4]], key: .new())
        _ = try shop.simulator.listen(port: shop.port)
        await shop.provisioner.provisionOnce()
        let added = shop.simulator.transcript.filter { $0.path == "/ip/hotspot/user/add" }.map(\.description)
        let first = ["bob", stock[4]].allSatisfy { name in added.prefix(2).contains { $0.contains("=name=\(name)") } }
        #expect(first && added.count == 7, "\(added)")
    }

    @Test("a PPP profile of ours follows the speed of its package; one of others, and one of a hotspot, does not")
    func profileDrift() async throws {
        let shop = try await Shop()
        try shop.openPool()
        try shop.simulator.run("/ppp/profile/add", ["name": "theirs", "rate-limit": "1M/1M", "comment": "hands off"])
        for (name, kind) in [
            ("fast", PackageKind.recurringPPPoE), ("theirs", .recurringPPPoE), ("fast", .recurringHotspot),
        ] {
            let package = try await shop.session.packages.create(
                PackageDraft(
                    name: "\(name) \(kind.rawValue)",
                    kind: kind,
                    terms: VoucherTerms(
                        validityPeriod: .months(1),
                        rateLimit: RateLimit("2M/8M"),
                        price: Money(decimal: "1", currency: .usd),
                        routerProfile: name
                    )
                ),
                key: .new()
            )
            let service: ServiceKind = kind == .recurringPPPoE ? .pppoe : .hotspot
            _ = try await shop.account("u-\(name)-\(service)", service, profile: nil, package: package.id)
        }
        await shop.provisioner.provisionOnce()
        #expect(try await shop.provisioner.plan(shop.router.id).isConverged)
        try shop.simulator.run("/ppp/profile/set", [".id": "fast", "rate-limit": "9M/9M"])
        try shop.simulator.run("/ip/hotspot/user/profile/set", [".id": "fast", "rate-limit": "9M/9M"])
        let plan = try await shop.provisioner.plan(shop.router.id)
        #expect(plan.changes == 1 && plan.lines.isEmpty && !plan.isConverged)
        #expect(plan.description.contains("~ /ppp/profile fast rate-limit: 9M/9M → 2M/8M"))
        await shop.provisioner.syncOnce()
        let speeds = shop.simulator.rows(PPPProfile.self).filter { $0.comment != nil }.map { [$0.name, $0.rateLimit] }
        #expect(speeds.contains(["fast", "2M/8M"]) && speeds.contains(["theirs", "1M/1M"]))
        #expect(shop.simulator.rows(HotspotUserProfile.self).first { $0.name == "fast" }?.rateLimit == "9M/9M")
        let log = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(log.contains { $0.operation == "profile.change" && $0.outcome == .succeeded })
        #expect(try await shop.provisioner.plan(shop.router.id).isConverged)
    }
}
