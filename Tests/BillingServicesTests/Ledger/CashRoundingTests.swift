import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Cash in coins")
struct CashRoundingTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test("cash is booked as it is handed over, the rest is rounding", arguments: Backing.allCases)
    func salesAndRefunds(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.settings.set(.cashRounding, to: CashRounding.nearest.rawValue)
        let cash = Account.cash(shop.owner.actor).rawValue
        let codes = try await shop.generate(2).vouchers.map(\.code)
        let odd = SaleOptions(unitPrice: ugx(1_013))
        _ = try await shop.owner.vouchers.sell(codes: codes, options: odd, key: .new())
        // Together 2 026: coins of 50 make it 2 050.
        #expect(try await shop.balances() == [cash: 2_050, "deferred-vouchers": -2_026, "rounding": -24])
        _ = try await shop.owner.vouchers.refund(code: codes[0], reason: "asked", key: .new())
        #expect(try await shop.balances() == [cash: 1_050, "deferred-vouchers": -1_013, "rounding": -37])
        let day = DateRange(from: LocalDate(shop.clock.now), days: 1)
        #expect(try await shop.owner.reports.reconciliation(day).differences == [])
    }

    @Test("what does not go through hands, or is counted, stays exact", arguments: Backing.allCases)
    func onlyCash(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.owner.settings.set(.cashRounding, to: CashRounding.up.rawValue)
        _ = try await till.owner.ledger.ownerPutsIn(ugx(77), into: .safe, reference: "start", key: .new())
        #expect(try await till.shop.balances()["safe"] == 77)
        try await till.topUp(1_001)
        #expect(try await till.balance() == 1_001)
        #expect(try await till.shop.balances()[Account.cash(till.owner.actor).rawValue] == 1_050)
        try await till.checkBooks()
    }

    @Test("nothing is rounded until that is chosen")
    func notByDefault() async throws {
        let till = try await Till.open(.memory)
        try await till.topUp(1_001)
        #expect(try await till.shop.balances()[Account.cash(till.owner.actor).rawValue] == 1_001)
    }
}
