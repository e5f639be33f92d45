import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The money of subscriptions")
struct SubscriptionMoneyTests {
    private func cancel(_ till: Till, _ id: Identifier<Subscription>) async throws {
        _ = try await till.owner.subscriptions.cancel(id, immediately: true, key: .new())
    }

    private func wallet(_ till: Till) async throws -> [Int64] {
        let wallet = try await till.owner.wallets.balance(of: till.customer.id)
        return [wallet.paid.minorUnits, wallet.granted.minorUnits]
    }

    @Test("refunded and then cancelled, or cancelled and then refunded, it pays out once", arguments: Backing.allCases)
    func nothingIsPaidBackTwice(backing: Backing) async throws {
        for refundsFirst in [true, false] {
            let till = try await Till.open(backing)
            let ordered = try await till.order(try till.terms(3_000))
            let payment = try #require(ordered.payment)
            till.days(10)
            let refund = IdempotencyKey.new()
            func payBack() async throws {
                _ = try await till.owner.payments.requestRefund(of: till.ugx(3_000), from: payment.id, key: refund)
                _ = try await till.owner.payments.settleRefund(refund, of: payment.id, reference: "hand")
            }
            if refundsFirst { try await payBack() }
            try await cancel(till, ordered.subscription.id)
            #expect(try await wallet(till) == [refundsFirst ? 0 : 2_000, 0])
            if !refundsFirst { try await payBack() }
            #expect(try await wallet(till) == [0, 0])
            #expect(try await till.shop.balances() == [:])
            try await till.checkBooks()
        }
    }

    @Test("a refund of a part comes off what is unused", arguments: Backing.allCases)
    func partsComeOffTheUnused(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(try till.terms(3_000))
        let payment = try #require(ordered.payment)
        till.days(10)
        _ = try await till.owner.payments.requestRefund(of: till.ugx(500), from: payment.id, key: .new())
        try await cancel(till, ordered.subscription.id)
        #expect(try await wallet(till) == [1_500, 0])
        #expect(
            try await till.shop.balances()["subscription-revenue"] == -1_000
        )
        try await till.checkBooks()
    }

    @Test("a period that was given never becomes money, whatever was paid before or after", arguments: Backing.allCases)
    func giftsAreNotPaidBack(backing: Backing) async throws {
        for giftFirst in [true, false] {
            let till = try await Till.open(backing)
            let id = try await till.order(try till.terms(3_000), by: .bankTransfer).subscription.id
            for isGift in [giftFirst, !giftFirst] {
                if isGift {
                    _ = try await till.owner.subscriptions.grant(1, to: id, reason: "welcome", key: .new())
                } else {
                    _ = try await till.pay(3_000, for: .subscription(id))
                }
            }
            till.days(10)
            try await cancel(till, id)
            // Ten days of the first period are used: they were given, or paid.
            #expect(try await wallet(till) == [giftFirst ? 3_000 : 2_000, 0])
            try await till.checkBooks()
        }
    }

    @Test(
        "given credit that was spent on a subscription comes back as given credit",
        arguments: Backing.allCases,
        [true, false]
    )
    func givenCreditStaysGiven(backing: Backing, byPayment: Bool) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(try till.terms(3_000), by: .bankTransfer).subscription.id
        try await till.owner.wallets.grant(till.ugx(2_000), to: till.customer.id, reason: "sorry", key: .new())
        try await till.topUp(1_000)
        if byPayment {
            _ = try await till.pay(3_000, for: .subscription(id), by: .balance)
        } else {
            _ = try await till.owner.subscriptions.renewFromBalance(id, key: .new())
        }
        #expect(try await wallet(till) == [0, 0])
        till.days(10)
        try await cancel(till, id)
        // The given credit was spent first: of the 2 000 that are left, 1 000 was paid in.
        #expect(try await wallet(till) == [1_000, 1_000])
        try await till.checkBooks()
    }

    @Test("an upgrade credits what was paid for the old terms, and nothing for a gift", arguments: Backing.allCases)
    func upgradesCreditWhatWasPaid(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let id = try await till.order(try till.terms(3_000), by: .bankTransfer).subscription.id
        _ = try await till.owner.subscriptions.grant(1, to: id, reason: "trial", key: .new())
        till.days(10)
        try await till.topUp(6_000)
        _ = try await till.owner.subscriptions.change(id, to: .terms(try till.terms(6_000)), key: .new())
        #expect(try await wallet(till) == [0, 0])
        try await till.checkBooks()
    }

    @Test(
        "a refund that failed is served again, or credited where the service has ended since",
        arguments: Backing.allCases
    )
    func failedRefundsGoBack(backing: Backing) async throws {
        for ends in [false, true] {
            let till = try await Till.open(backing)
            let ordered = try await till.order(try till.terms(3_000))
            let payment = try #require(ordered.payment)
            till.days(10)
            let refund = IdempotencyKey.new()
            _ = try await till.owner.payments.requestRefund(of: till.ugx(2_000), from: payment.id, key: refund)
            if ends { try await cancel(till, ordered.subscription.id) }
            #expect(try await wallet(till) == [0, 0])
            _ = try await till.owner.payments.failRefund(refund, of: payment.id)
            if !ends { try await cancel(till, ordered.subscription.id) }
            #expect(try await wallet(till) == [2_000, 0])
            let balances = try await till.shop.balances()
            #expect(balances["subscription-revenue"] == -1_000)
            #expect(balances["deferred-subscriptions"] == nil)
            // Asked for again, what was credited goes back first.
            _ = try await till.owner.payments.requestRefund(of: till.ugx(3_000), from: payment.id, key: .new())
            #expect(try await wallet(till) == [0, 0])
            #expect(try await till.shop.balances().filter { $0.key != "refunds-payable" }.map(\.value) == [3_000])
            try await till.checkBooks()
        }
    }

    @Test(
        "collected, charged and earned are told apart: a period is earned day by day, a pause earns nothing",
        arguments: Backing.allCases
    )
    func periodsAreEarned(backing: Backing) async throws {
        let till = try await Till.open(backing)
        // The day of the shop begins at 21:00 UTC.
        let midnight = try #require(Timestamp("2027-01-31T21:00:00Z"))
        till.shop.clock.advance(by: midnight - till.shop.clock.now)
        let terms = try SubscriptionTerms(
            packageName: "Home",
            cycle: .days(30),
            price: till.ugx(3_001),
            allowsPause: true
        )
        let id = try await till.order(terms).subscription.id
        let first = LocalDate(year: 2027, month: 2, day: 1)
        func recognise() async throws {
            for _ in 0..<2 { _ = try await till.shop.billing.saveMissedDays(of: till.shop.tenant.id) }
        }
        func earned(_ day: Int64) async throws -> [Int64] {
            let days = DateRange(from: try #require(first).adding(days: day), days: 1)
            return try await till.owner.reports.revenue(days).flatMap(\.figures).flatMap {
                [$0.expected.minorUnits, $0.received.minorUnits, $0.earned.minorUnits]
            }
        }
        till.days(1)
        try await recognise()
        #expect(try await earned(0) == [3_001, 3_001, 100])
        till.days(9)
        try await recognise()
        _ = try await till.owner.subscriptions.pause(id)
        till.days(100)
        try await recognise()
        #expect(try await till.shop.balances()["subscription-revenue"] == -1_000)
        _ = try await till.owner.subscriptions.resume(id)
        till.days(10)
        try await recognise()
        #expect(try await till.shop.balances()["subscription-revenue"] == -2_000)
        till.days(20)
        try await recognise()
        let balances = try await till.shop.balances()
        #expect(balances["subscription-revenue"] == -3_001)
        #expect(balances["deferred-subscriptions"] == nil)
        #expect(try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id) == 0)
        try await till.checkBooks()
    }

    @Test("a sweep reaches every subscription, however many pages they are")
    func sweepsArePaged() async throws {
        let till = try await Till.open(.memory)
        for _ in 0..<205 { _ = try await till.order(try till.terms(cycle: .days(1))) }
        till.days(2)
        let summary = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(summary.failed.isEmpty)
        #expect(summary.moved == [.suspended: 205])
        #expect(try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id) == 0)
        #expect(try await till.shop.balances()["subscription-revenue"] == -205_000)
    }
}
