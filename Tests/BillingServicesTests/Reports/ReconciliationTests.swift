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
        let drawer = Account.cash(shop.owner.actor)
        let result = try await shop.owner.reports.reconciliation(days, stated: [drawer: [ugx(12_500)]])
        #expect(result.lines.map(\.subject) == [.sales, .unusedVouchers, .account(drawer)])
        #expect(result.lines.map(\.books) == [ugx(12_500), ugx(10_000), ugx(12_500)])
        #expect(result.isClean)
        #expect(result.vouchers == VoucherFlow(ordered: 6, generated: 6, sold: 5, firstUsed: 1, refunded: 0))
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
        let drawer = Account.cash(shop.owner.actor)
        let stated = [drawer: [ugx(2_400)], Account.bank: [ugx(700)], .gatewayClearing("momo"): [ugx(10)]]
        let result = try await shop.owner.reports.reconciliation(days, stated: stated)
        #expect(!result.isClean)
        #expect(result.usedButUnsold == 1)
        let differences = Dictionary(
            uniqueKeysWithValues: result.differences.map { ($0.subject, $0.difference.minorUnits) }
        )
        #expect(
            differences == [
                .unusedVouchers: -700, .account(drawer): -100, .account(.gatewayClearing("momo")): 10,
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
        let drawer = Account.cash(shop.owner.actor)
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
        #expect(try await shop.owner.reports.verifyBooks() == nil)
    }
}
