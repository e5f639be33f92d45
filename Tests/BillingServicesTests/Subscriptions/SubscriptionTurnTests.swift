import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Turns in the life of a subscription")
struct SubscriptionTurnTests {
    private func sweep(_ till: Till) async throws {
        let summary = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(summary.failed.isEmpty)
    }

    private func terms(
        _ till: Till,
        grace: Int = 0,
        service: GraceService = .full,
        termination: Int? = nil,
        pause: Bool = false
    ) throws -> SubscriptionTerms {
        try SubscriptionTerms(
            packageName: "Home",
            cycle: .days(30),
            price: till.ugx(1_000),
            routerProfile: "home",
            throttledProfile: "slow",
            graceDays: grace,
            graceService: service,
            terminationDays: termination,
            allowsPause: pause
        )
    }

    @Test("cancelled at the end of its period, it is served until then and ends with it", arguments: Backing.allCases)
    func cancellationWaitsForThePeriod(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(try terms(till, grace: 3))
        let id = ordered.subscription.id
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let cancelled = try await till.owner.subscriptions.cancel(id, reason: "moves", key: key)
            #expect(cancelled.state == .active)
            #expect(cancelled.endsWithPeriod)
        }
        till.days(29)
        try await sweep(till)
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .enabled)
        till.days(1)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(id).state == .cancelled)
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .disabled)
        #expect(try await till.owner.customers.customer(till.customer.id).status == .expired)
        #expect(try await till.balance() == 0)
    }

    @Test("a cancellation that is withdrawn leaves it as it was", arguments: Backing.allCases)
    func cancellationsAreWithdrawn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(try terms(till, grace: 3)).subscription.id
        await expectRefusal(.conflict) { try await till.owner.subscriptions.withdrawCancellation(id) }
        _ = try await till.owner.subscriptions.cancel(id, key: .new())
        #expect(try await till.owner.subscriptions.withdrawCancellation(id).endsWithPeriod == false)
        till.days(30)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(id).state == .grace)
    }

    @Test("other terms that were scheduled are withdrawn again", arguments: Backing.allCases)
    func changesAreWithdrawn(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(till.terms(3_000)).subscription.id
        await expectRefusal(.conflict) { try await till.owner.subscriptions.withdrawChange(id) }
        let cheaper = try till.terms(1_000)
        _ = try await till.owner.subscriptions.change(id, to: .terms(cheaper), key: .new())
        #expect(try await till.owner.subscriptions.withdrawChange(id).scheduledTerms == nil)
        try await till.topUp(3_000)
        till.days(30)
        _ = try await till.owner.subscriptions.renewFromBalance(id, key: .new())
        #expect(try await till.owner.subscriptions.subscription(id).terms.price == till.ugx(3_000))
        #expect(try await till.balance() == 0)
    }

    @Test("paused at the customer's wish, it lets nobody in and keeps its paid time", arguments: Backing.allCases)
    func pausesKeepTime(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(try terms(till, pause: true))
        let id = ordered.subscription.id
        till.days(10)
        #expect(try await till.owner.subscriptions.pause(id).state == .paused)
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .disabled)
        till.days(100)
        try await sweep(till)
        let resumed = try await till.owner.subscriptions.resume(id)
        #expect(resumed.state == .active)
        #expect(resumed.paidThrough == till.shop.clock.now + .seconds(20 * 86_400))
        #expect(try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).access == .enabled)
    }

    @Test("suspended for debt long enough, it is terminated by the sweep", arguments: Backing.allCases)
    func debtTerminates(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(try terms(till, termination: 60)).subscription.id
        till.days(30)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(id).state == .suspended)
        till.days(59)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(id).state == .suspended)
        till.days(1)
        for _ in 0..<2 { try await sweep(till) }
        let ended = try await till.owner.subscriptions.subscription(id)
        #expect(ended.state == .terminated)
        #expect(ended.reason == "not paid")
        await expectRefusal(.conflict) { try await till.owner.subscriptions.renewFromBalance(id, key: .new()) }
    }

    @Test("days of grace may be slow, and are at full speed again once paid", arguments: Backing.allCases)
    func graceIsThrottled(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(try terms(till, grace: 3, service: .throttled))
        func profile() async throws -> String {
            try await till.owner.serviceAccounts.account(ordered.serviceAccount.id).routerProfile
        }
        till.days(30)
        try await sweep(till)
        #expect(try await till.owner.subscriptions.subscription(ordered.subscription.id).state == .grace)
        #expect(try await profile() == "slow")
        try await till.topUp(1_000)
        _ = try await till.owner.subscriptions.renewFromBalance(ordered.subscription.id, key: .new())
        #expect(try await profile() == "home")
    }

    @Test("those whose paid time ends before an instant are listed", arguments: Backing.allCases)
    func endingOnesAreListed(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let early = try await till.order().subscription
        till.days(5)
        let late = try await till.order().subscription
        let end = try #require(early.paidThrough)
        func listed(_ instant: Timestamp) async throws -> [Identifier<Subscription>] {
            try await till.owner.subscriptions.list(SubscriptionFilter(paidBefore: instant)).items.map(\.id)
        }
        #expect(try await listed(end).isEmpty)
        #expect(try await listed(end + .seconds(1)) == [early.id])
        #expect(try await Set(listed(end + .seconds(6 * 86_400))) == [early.id, late.id])
    }
}
