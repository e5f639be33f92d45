import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Subscriptions")
struct SubscriptionServiceTests {
    private func sweep(_ till: Till) async throws {
        let summary = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(summary.failed.isEmpty)
    }

    @Test("an order with cash starts the service and wakes the customer", arguments: Backing.allCases)
    func orderStartsService(backing: Backing) async throws {
        let till = try await Till.open(backing)
        #expect(till.customer.status == .pending)
        let ordered = try await till.order()
        #expect(ordered.subscription.state == .active)
        #expect(ordered.payment?.status == .settled)
        #expect(ordered.serviceAccount.username == "net0001")
        #expect(ordered.serviceAccount.access == .enabled)
        #expect(ordered.serviceAccount.routerProfile == "home")
        #expect(try await till.owner.customers.customer(till.customer.id).status == .active)
        let payment = try #require(ordered.payment)
        #expect(try await till.owner.payments.receipt(of: payment.id).number.text == "RCP-00001")
        try await till.checkBooks()
    }

    @Test("paid time, grace, suspension: each on its second, whoever sweeps how often", arguments: Backing.allCases)
    func lapseFollowsTheClock(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(try till.terms(grace: 3))
        let id = ordered.subscription.id
        func state() async throws -> SubscriptionState { try await till.owner.subscriptions.subscription(id).state }
        func access() async throws -> ServiceAccess {
            try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access
        }
        till.shop.clock.advance(by: .seconds(30 * 86_400 - 1))
        try await sweep(till)
        #expect(try await state() == .active)
        till.shop.clock.advance(by: .seconds(1))
        for _ in 0..<2 { try await sweep(till) }
        #expect(try await state() == .grace)
        #expect(try await access() == .enabled)
        till.days(3)
        for _ in 0..<2 { try await sweep(till) }
        #expect(try await state() == .suspended)
        #expect(try await access() == .disabled)
        #expect(try await till.owner.customers.customer(till.customer.id).status == .suspended)
        _ = try await till.owner.subscriptions.postpone(
            id,
            until: till.shop.clock.now + .seconds(60),
            reason: "promised"
        )
        #expect(try await access() == .enabled)
        await expectRefusal(.conflict) { try await till.owner.serviceAccounts.enable(ordered.serviceAccount.id) }
    }

    @Test("nothing renews by itself unless it was wished for and the balance covers it", arguments: Backing.allCases)
    func autoRenewalIsOffByDefault(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order().subscription.id
        try await till.topUp(1_500)
        till.days(30)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(id).state == .suspended)
        #expect(try await till.balance() == 1_500)
        _ = try await till.owner.subscriptions.renewFromBalance(id, key: .new())
        _ = try await till.owner.subscriptions.setAutoRenewal(true, of: id)
        try await till.topUp(500)
        till.days(30)
        for _ in 0..<3 { try await sweep(till) }
        #expect(try await till.owner.subscriptions.subscription(id).state == .active)
        #expect(try await till.balance() == 0)
        till.days(30)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(id).state == .suspended)
        try await till.checkBooks()
    }

    @Test("an upgrade is paid with the unused part and the balance, or refused", arguments: Backing.allCases)
    func upgradesAreProrated(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(try till.terms(3_000)).subscription.id
        till.days(10)
        let better = try till.terms(6_000)
        await expectRefusal(.conflict) {
            try await till.owner.subscriptions.change(id, to: .terms(better), key: .new())
        }
        #expect(try await till.balance() == 0)
        try await till.topUp(4_500)
        let key = IdempotencyKey.new()
        for _ in 0..<2 { _ = try await till.owner.subscriptions.change(id, to: .terms(better), key: key) }
        let changed = try await till.owner.subscriptions.subscription(id)
        #expect(changed.terms == better)
        #expect(changed.paidThrough == till.shop.clock.now + .seconds(30 * 86_400))
        // 2 000 of 3 000 unused + 4 500 − 6 000.
        #expect(try await till.balance() == 500)
        let cheaper = try till.terms(1_000)
        #expect(
            try await till.owner.subscriptions.change(id, to: .terms(cheaper), key: .new()).scheduledTerms == cheaper
        )
        try await till.checkBooks()
    }

    @Test("cancelling at once credits what is unused, never what was given", arguments: Backing.allCases)
    func cancelCreditsUnused(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let paid = try await till.order(try till.terms(3_000)).subscription.id
        let given = try await till.order(try till.terms(3_000), by: .bankTransfer).subscription.id
        _ = try await till.owner.subscriptions.grant(1, to: given, reason: "trial", key: .new())
        till.days(10)
        for id in [paid, given] {
            let key = IdempotencyKey.new()
            for _ in 0..<2 {
                let ended = try await till.owner.subscriptions.cancel(id, immediately: true, key: key)
                #expect(ended.state == .cancelled)
            }
        }
        #expect(try await till.balance() == 2_000)
        #expect(try await till.owner.customers.customer(till.customer.id).status == .expired)
        try await till.checkBooks()
    }

    @Test("switched off by hand, paid time waits", arguments: Backing.allCases)
    func suspensionByHandKeepsTime(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order()
        let id = ordered.subscription.id
        till.days(10)
        _ = try await till.owner.subscriptions.suspend(id, reason: "moved house")
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .disabled)
        till.days(50)
        try await sweep(till)
        let resumed = try await till.owner.subscriptions.resume(id)
        #expect(resumed.paidThrough == till.shop.clock.now + .seconds(20 * 86_400))
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .enabled)
        await expectRefusal(.conflict) { try await till.owner.subscriptions.pause(id) }
        await expectRefusal(.invalidInput, field: "reason") {
            try await till.owner.subscriptions.terminate(id, reason: "", key: .new())
        }
        let ended = try await till.owner.subscriptions.terminate(id, reason: "fraud", key: .new())
        #expect(ended.state == .terminated)
    }

    @Test("ended by the house, what is unused goes to the balance unless it is forfeited", arguments: Backing.allCases)
    func terminationCreditsUnused(backing: Backing) async throws {
        let till = try await Till.open(backing)
        for forfeits in [false, true] {
            let id = try await till.order(till.terms(3_000)).subscription.id
            _ = try await till.pay(3_000, for: .subscription(id))
            till.days(10)
            // What is switched off by hand does not run down.
            _ = try await till.owner.subscriptions.suspend(id, reason: "moved house")
            till.days(5)
            let key = IdempotencyKey.new()
            for _ in 0..<2 {
                let ended = try await till.owner.subscriptions.terminate(
                    id,
                    reason: "mast is gone",
                    forfeitsUnused: forfeits,
                    key: key
                )
                #expect(ended.state == .terminated)
            }
            #expect(try await till.balance() == 5_000)
        }
        let balances = try await till.shop.balances()
        #expect(balances["subscription-revenue"] == -1_000 - 6_000)
        #expect(balances["deferred-subscriptions"] == nil)
        let details = try await till.owner.audit.entries().items.filter { $0.action == "subscription.terminate" }
        #expect(details.map(\.detail) == ["mast is gone; what was unused is forfeited", "mast is gone"])
        try await till.checkBooks()
    }
}
