import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The tax on subscriptions")
struct SubscriptionTaxTests {
    /// A till whose subscriptions are taxed at 18 %.
    private func taxed(_ backing: Backing = .memory, isIncluded: Bool = true, seed: UInt64 = 1) async throws -> Till {
        let till = try await Till.open(backing, seed: seed)
        _ = try await till.owner.settings.set(.pricesIncludeTax, to: isIncluded)
        let vat = try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1_800))
        _ = try await till.owner.taxes.add(vat, on: [.subscription], key: .new())
        return till
    }

    private func balances(_ till: Till, _ accounts: String...) async throws -> [Int64] {
        let balances = try await till.shop.balances()
        return accounts.map { balances[$0] ?? 0 }
    }

    private func books(_ till: Till) async throws -> [Int64] {
        try await balances(till, "deferred-subscriptions", "subscription-revenue", "tax-payable")
    }

    @Test("a price includes its tax, which is owed at once and never earned", arguments: Backing.allCases)
    func includedTax(backing: Backing) async throws {
        let till = try await taxed(backing)
        let id = try await till.order(till.terms(2_950)).subscription.id
        #expect(try await books(till) == [-2_500, 0, -450])
        till.days(31)
        _ = try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id)
        #expect(try await books(till) == [0, -2_500, -450])
        #expect(try await till.owner.subscriptions.nextPrice(of: id).tax == till.ugx(450))
        try await till.checkBooks()
    }

    @Test("a tax on top is asked by orders, payments and renewals alike", arguments: Backing.allCases)
    func taxOnTop(backing: Backing) async throws {
        let till = try await taxed(backing, isIncluded: false)
        let ordered = try await till.order(till.terms(2_500))
        let id = ordered.subscription.id
        #expect(ordered.payment?.amount == till.ugx(2_950))
        #expect(try await till.owner.subscriptions.nextPrice(of: id).asked == till.ugx(2_950))
        await expectRefusal(.invalidInput, field: "price") { try await till.pay(2_500, for: .subscription(id)) }
        _ = try await till.pay(2 * 2_950, for: .subscription(id))
        try await till.topUp(2_949)
        await expectRefusal(.conflict) { try await till.owner.subscriptions.renewFromBalance(id, key: .new()) }
        try await till.topUp(1)
        let renewed = try await till.owner.subscriptions.renewFromBalance(id, key: .new())
        #expect(renewed.paidPeriods == 4)
        #expect(try await till.balance() == 0)
        #expect(try await books(till) == [-10_000, 0, -1_800])
        try await till.checkBooks()
    }

    @Test("it is renewed by itself only where the balance covers the tax too", arguments: Backing.allCases)
    func autoRenewal(backing: Backing) async throws {
        let till = try await taxed(backing, isIncluded: false)
        let id = try await till.order(till.terms(1_000, grace: 3), autoRenews: true).subscription.id
        try await till.topUp(1_179)
        till.days(30)
        _ = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(try await till.owner.subscriptions.subscription(id).state == .grace)
        try await till.topUp(1)
        till.days(3)
        _ = try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(try await till.owner.subscriptions.subscription(id).state == .active)
        #expect(try await till.balance() == 0)
    }

    @Test("what goes back takes its tax along: cancelled, changed or refunded", arguments: Backing.allCases)
    func whatGoesBackTakesItsTaxAlong(backing: Backing) async throws {
        let till = try await taxed(backing)
        let cancelled = try await till.order(till.terms(2_950)).subscription.id
        till.days(15)
        _ = try await till.owner.subscriptions.cancel(cancelled, immediately: true, key: .new())
        #expect(try await till.balance() == 1_475)
        #expect(try await books(till) == [0, -1_250, -225])

        let changed = try await till.order(till.terms(2_950)).subscription.id
        till.days(15)
        let terms = try till.terms(1_180)
        _ = try await till.owner.subscriptions.change(changed, to: .terms(terms), policy: .immediately, key: .new())
        #expect(try await till.balance() == 1_475 + 1_475 - 1_180)
        #expect(try await books(till) == [-1_000, -2_500, -225 - 225 - 180])

        let payment = try #require(try await till.order(till.terms(2_950)).payment)
        let refund = IdempotencyKey.new()
        _ = try await till.owner.payments.requestRefund(of: till.ugx(1_180), from: payment.id, key: refund)
        #expect(try await books(till) == [-1_000 - 1_500, -2_500, -630 - 270])
        _ = try await till.owner.payments.failRefund(refund, of: payment.id)
        #expect(try await books(till) == [-1_000 - 2_500, -2_500, -630 - 450])
        try await till.checkBooks()
    }

    @Test("a refund of a period that is over gives its tax back too", arguments: Backing.allCases)
    func periodsThatAreOver(backing: Backing) async throws {
        let till = try await taxed(backing)
        let ordered = try await till.order(till.terms(2_950))
        let payment = try #require(ordered.payment)
        till.days(29)
        _ = try await till.pay(2_950, for: .subscription(ordered.subscription.id))
        till.days(2)
        _ = try await till.shop.billing.collection.recogniseRevenue(tenant: till.shop.tenant.id)
        let before = try await balances(till, "tax-payable")
        _ = try await till.owner.payments.requestRefund(of: till.ugx(2_950), from: payment.id, key: .new())
        #expect(try await balances(till, "tax-payable", "bad-debts") == [before[0] + 450, 0])
        try await till.checkBooks()
    }

    @Test("a tax that comes between asking and paying changes nothing of what was asked", arguments: Backing.allCases)
    func quotesHold(backing: Backing) async throws {
        let till = try await taxed(backing, isIncluded: false)
        let old = try #require(try await till.owner.taxes.list().first)
        let id = try await till.order(till.terms(2_500), by: .bankTransfer).subscription.id
        let asked = try await till.initiate(.subscription(id), 2_950)
        let voucher = try await till.shop.generate().vouchers[0]
        let bought = try await till.initiate(.voucher(voucher.id), 2_500)
        let vat = try TaxRate(name: "Higher", rate: Percentage(basisPoints: 2_000))
        _ = try await till.owner.taxes.end(old.id)
        _ = try await till.owner.taxes.add(vat, on: [.subscription, .voucher], key: .new())
        try await till.receive(FakeGateway.callback(asked))
        try await till.receive(FakeGateway.callback(bought, receipt: "R2"))
        #expect(try await till.owner.subscriptions.subscription(id).state == .active)
        #expect(try await till.owner.vouchers.voucher(code: voucher.code).commercial == .sold)
        #expect(try await books(till) == [-2_500, 0, -450])
        #expect(try await till.balance() == 0)
        #expect(try await till.owner.subscriptions.nextPrice(of: id).asked == till.ugx(3_000))
        // Other terms are sold at their own price alone.
        let late = try await till.initiate(.subscription(id), 3_000)
        let terms = try till.terms(5_000)
        _ = try await till.owner.subscriptions.change(id, to: .terms(terms), policy: .atPeriodEnd, key: .new())
        try await till.receive(FakeGateway.callback(late, receipt: "R3"))
        #expect(try await till.balance() == 3_000)
        try await till.checkBooks()
    }

    @Test("a reminder names the price that is taken, its tax included", arguments: Backing.allCases)
    func remindersNameWhatIsAsked(backing: Backing) async throws {
        let till = try await taxed(backing, isIncluded: false)
        let id = try await till.order(till.terms(2_500)).subscription.id
        till.days(28)
        #expect(try await till.shop.billing.collection.remind(tenant: till.shop.tenant.id) == 1)
        let notice = try #require(try await till.owner.notifications.list().items.first)
        #expect(notice.variables["price"] == till.ugx(2_950).description)
        _ = try await till.pay(2_950, for: .subscription(id))
    }

    @Test("sales are reported with the tax that was paid")
    func sales() async throws {
        let till = try await taxed(isIncluded: false)
        _ = try await till.order(till.terms(2_500))
        let days = DateRange(from: LocalDate(till.shop.clock.now), days: 1)
        let sold = try await till.owner.reports.packageSales(days)
        #expect(sold.map(\.amount) == [till.ugx(2_950)])
        #expect(sold.map(\.count) == [1])
    }
}
