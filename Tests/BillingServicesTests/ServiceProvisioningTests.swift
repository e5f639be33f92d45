import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Provisioning of service accounts")
struct ServiceProvisioningTests {
    /// Everything that changes what should stand on the router for an account.
    enum Move: CaseIterable {
        case create, enable, disable, delete, password, profile, address, callerID, pay, lapse, disableCustomer
        case enableCustomer, closeCustomer
    }

    @Test("whatever changes the row of an account asks for it, in the same transaction", arguments: Move.allCases)
    func everyMoveConverges(move: Move) async throws {
        let till = try await Till.open(.memory)
        let accounts = till.owner.serviceAccounts
        let customers = till.owner.customers
        let isSubscribed = [.pay, .lapse, .enableCustomer].contains(move)
        let ordered = isSubscribed ? try await till.order() : nil
        let account: ServiceAccount
        if let ordered {
            account = ordered.serviceAccount
        } else {
            account = try await accounts.create(till.serviceDraft(), for: till.customer.id, key: .new())
        }
        if move != .create { try await till.shop.provision(.present) }
        switch move {
        case .enable: _ = try await accounts.disable(account.id)
        case .enableCustomer: _ = try await customers.disable(till.customer.id)
        default: break
        }
        if move == .enable || move == .enableCustomer { try await till.shop.provision(.present) }
        switch move {
        case .create: break
        case .enable: _ = try await accounts.enable(account.id)
        case .disable: _ = try await accounts.disable(account.id)
        case .delete: _ = try await accounts.delete(account.id)
        case .password: _ = try await accounts.setPassword("another", of: account.id)
        case .profile: _ = try await accounts.assign(profile: "fast", to: account.id)
        case .address: _ = try await accounts.setStaticAddress("10.0.0.9", of: account.id)
        case .callerID: _ = try await accounts.bind(account.id, to: "AA:BB:CC:DD:EE:FF")
        case .pay:
            let id = try #require(ordered).subscription.id
            _ = try await till.owner.subscriptions.grant(1, to: id, reason: "sorry", key: .new())
        case .lapse:
            till.shop.clock.advance(by: .seconds(31 * 86_400))
            _ = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        case .disableCustomer: _ = try await customers.disable(till.customer.id)
        case .enableCustomer: _ = try await customers.enable(till.customer.id)
        case .closeCustomer: _ = try await customers.close(till.customer.id)
        }
        let claim = try #require(try await till.shop.billing.provisioning.claim(owner: "worker"))
        let work = try await till.shop.billing.provisioning.work(claim, limit: 10)
        #expect(work.map(\.entry.subject) == [.service(account.id)])
        let recorded = try await accounts.account(account.id)
        #expect(work.first?.entry.record as? ServiceAccount == recorded)
        let isGone = move == .delete || move == .closeCustomer
        try await till.shop.billing.provisioning.finish(
            claim,
            outcomes: work.map { ProvisioningOutcome($0, isGone ? .removed : .present) }
        )
        #expect(try await accounts.account(account.id).provisioning == (isGone ? .removed : .present))
        #expect(try await till.owner.reports.dashboard().outboxDepth == 0)
    }

    @Test("work holds what the row is made of, and its description no password", arguments: Backing.allCases)
    func work(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order()
        _ = try await till.owner.serviceAccounts.setPassword("canary-7391", of: ordered.serviceAccount.id)
        let claim = try #require(try await till.shop.billing.provisioning.claim(owner: "worker"))
        let work = try await till.shop.billing.provisioning.work(claim, limit: 10)
        guard case .service(let service)? = work.first?.entry else {
            Issue.record("no work")
            return
        }
        #expect(service.password == "canary-7391" && service.customerNumber == till.customer.number)
        #expect(service.paidThrough == ordered.subscription.paidThrough)
        var dumped = ""
        dump(work, to: &dumped)
        for text in ["\(work)", String(reflecting: work), dumped] { #expect(!text.contains("canary")) }
    }

    @Test(
        "who has not paid goes into the profile of those where there is one, and back when paid",
        arguments: [true, false]
    )
    func unpaid(hasProfile: Bool) async throws {
        let till = try await Till.open(.memory)
        if hasProfile { _ = try await till.owner.settings.set(.unpaidProfile, to: "unpaid") }
        let ordered = try await till.order()
        let id = ordered.serviceAccount.id
        till.shop.clock.advance(by: .seconds(31 * 86_400))
        _ = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        let lapsed = try await till.owner.serviceAccounts.account(id)
        #expect(lapsed.access == (hasProfile ? .enabled : .disabled))
        #expect(lapsed.desiredProfile == (hasProfile ? "unpaid" : "home"))
        _ = try await till.owner.subscriptions.grant(1, to: ordered.subscription.id, reason: "paid", key: .new())
        let served = try await till.owner.serviceAccounts.account(id)
        #expect((served.access, served.desiredProfile) == (.enabled, "home"))
    }

    @Test("a sale makes what waits for its vouchers urgent", arguments: Backing.allCases)
    func soldFirst(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(5).vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: [codes[3]], key: .new())
        let claim = try #require(try await shop.billing.provisioning.claim(owner: "worker"))
        let work = try await shop.billing.provisioning.work(claim, limit: 10)
        #expect(work.first?.entry.voucher?.code == codes[3] && work.count == 5)
        #expect(work.map(\.job.urgency) == [.urgent] + Array(repeating: .ordinary, count: 4))
    }

    @Test("a deviation is put right unless it changed meanwhile or is on its way", arguments: Backing.allCases)
    func deviations(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let vouchers = try await shop.generate(3).vouchers
        try await shop.provision(.present)
        let provisioning = shop.billing.provisioning
        let intent = try #require(try await provisioning.intent(for: shop.router.id))
        #expect(intent.waiting.isEmpty && intent.entries.count == 3)
        try await shop.see(vouchers[0].code)
        _ = try await shop.owner.vouchers.disable(code: vouchers[1].code)
        let found = intent.entries.map { RouterDeviation($0, "It is missing.") }
        #expect(try await provisioning.putRight(shop.router.id, found) == 1)
        #expect(try await provisioning.putRight(shop.router.id, found) == 0)
        let after = try #require(try await provisioning.intent(for: shop.router.id))
        #expect(after.waiting.count == 3)
    }
}
