import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Reconciliation")
struct ReconciliationTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test("vouchers, drawers and books agree after sales and use", arguments: Backing.allCases)
    func nothingToLookInto(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 1)
        let codes = try await shop.generate(4).vouchers.map(\.code)
        _ = try await shop.generate(2, sold: true)
        _ = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(3)), key: .new())
        try await shop.see(codes[0])
        let drawer = Account.safe
        let result = try await shop.owner.reports.reconciliation(days, stated: [drawer: [ugx(12_500)]])
        #expect(result.lines.map(\.subject) == [.sales, .unusedVouchers, .account(drawer)])
        #expect(result.lines.map(\.books) == [ugx(12_500), ugx(10_000), ugx(12_500)])
        #expect(result.isClean)
        #expect(result.vouchers == VoucherFlow(ordered: 6, generated: 6, sold: 5, firstUsed: 1, refunded: 0))
    }

    @Test("what was sold below its price, lapsed or was extended is no difference", arguments: Backing.allCases)
    func onlyRealDifferences(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 60)
        var draft = try PackageDraft.fixture("Begin soon")
        draft.terms = try VoucherTerms(
            validity: .seconds(3_600),
            deadlines: VoucherDeadlines(activateAfterCreation: .seconds(10 * 86_400)),
            price: ugx(1_000)
        )
        let package = try await shop.owner.packages.create(draft, key: .new())
        let soon = try await shop.owner.vouchers.generate(
            3,
            of: package.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        ).vouchers.map(\.code)
        // At a lower price, and more of it paid for before it is used.
        let codes = try await shop.generate(3).vouchers.map(\.code)
        let cheap = SaleOptions(unitPrice: ugx(2_000))
        _ = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(2)), options: cheap, key: .new())
        let vouchers = shop.owner.vouchers
        let more = try VoucherGrant(time: .elapsed(.seconds(86_400)))
        _ = try await vouchers.extend(code: soon[0], by: more, price: ugx(300), cause: "asked", key: .new())
        // Two of the three lapse; one of those is brought back for money.
        shop.clock.advance(by: .seconds(10 * 86_400 + 1))
        _ = try await shop.billing.upkeep.run()
        _ = try await vouchers.extend(code: soon[1], by: more, price: ugx(500), cause: "asked", key: .new())
        let result = try await shop.owner.reports.reconciliation(days)
        #expect(result.differences == [])
        #expect(result.lines.map(\.books) == [ugx(7_800), ugx(5_800)])
    }

    @Test("a voucher bought through a payment is a sale", arguments: Backing.allCases)
    func paymentsAreSales(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let days = DateRange(from: LocalDate(till.shop.clock.now), days: 1)
        let voucher = try #require(try await till.shop.generate(1).vouchers.first)
        let draft = PaymentDraft(
            customer: till.customer.id,
            method: .cash,
            price: till.ugx(2_500),
            purpose: .voucher(voucher.id)
        )
        _ = try await till.owner.payments.take(draft, key: .new())
        let result = try await till.owner.reports.reconciliation(days)
        #expect(result.differences == [])
        #expect(result.lines.first?.books == till.ugx(2_500))
    }

    @Test("every kind of difference is named", arguments: Backing.allCases)
    func differencesAreNamed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 1)
        let codes = try await shop.generate(2).vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: [codes[0]], key: .new())
        // Used although nobody entered its sale.
        try await shop.see(codes[1])
        // Money that is owed to nobody's voucher.
        try await shop.post("stray", [.debit(.bank, ugx(700)), try .credit(.deferredVouchers, ugx(700))])
        let drawer = Account.safe
        let stated = [drawer: [ugx(2_400)], Account.bank: [ugx(700)], .gatewayClearing("momo"): [ugx(10)]]
        let result = try await shop.owner.reports.reconciliation(days, stated: stated)
        #expect(!result.isClean)
        #expect(result.usedButUnsold == 1)
        let differences = Dictionary(
            uniqueKeysWithValues: result.differences.map { ($0.subject, $0.difference.minorUnits) }
        )
        #expect(
            differences == [
                .sales: -700, .unusedVouchers: -700, .account(drawer): -100, .account(.gatewayClearing("momo")): 10,
            ]
        )
    }

    @Test("a statement is compared with the end of its last day", arguments: Backing.allCases)
    func statementsAreOfTheirDay(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 1)
        _ = try await shop.generate(1, sold: true)
        shop.clock.advance(by: .seconds(86_400))
        _ = try await shop.generate(1, sold: true)
        let drawer = Account.safe
        let result = try await shop.owner.reports.reconciliation(days, stated: [drawer: [ugx(2_500)]])
        #expect(result.isClean)
        #expect(result.lines.first?.books == ugx(2_500))
    }

    @Test("the trial balance sums to zero and the books verify", arguments: Backing.allCases)
    func theBooksBalance(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let codes = try await shop.generate(3, sold: true).vouchers.map(\.code)
        try await shop.see(codes[0])
        let report = try await shop.owner.reports.trialBalance()
        #expect(report.isBalanced)
        #expect(report.totals == [ugx(0)])
        #expect(report.totals(of: .asset) == [ugx(7_500)])
        #expect(report.totals(of: .liability) == [ugx(-5_000)])
        #expect(report.totals(of: .income) == [ugx(-2_500)])
        #expect(try await shop.owner.audit.verify() == nil)
    }
}
