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
        let cash = Account.safe.rawValue
        let codes = try await shop.generate(2).vouchers.map(\.code)
        let odd = SaleOptions(unitPrice: ugx(1_013))
        _ = try await shop.owner.vouchers.sell(codes: codes, options: odd, key: .new())
        // Together 2 026: coins of 50 make it 2 050.
        #expect(try await shop.balances() == [cash: 2_050, "deferred-vouchers": -2_026, "rounding": -24])
        // Nobody is paid more than they are owed.
        _ = try await shop.owner.vouchers.refund(code: codes[0], reason: "asked", key: .new())
        #expect(try await shop.balances() == [cash: 1_050, "deferred-vouchers": -1_013, "rounding": -37])
        _ = try await shop.owner.settings.set(.cashRounding, to: CashRounding.up.rawValue)
        _ = try await shop.owner.vouchers.refund(code: codes[1], reason: "asked", key: .new())
        #expect(try await shop.balances() == [cash: 50, "rounding": -50])
        let day = DateRange(from: LocalDate(shop.clock.now), days: 1)
        #expect(try await shop.owner.reports.reconciliation(day).differences == [])
    }

    @Test("what does not go through hands, or is counted, stays exact", arguments: Backing.allCases)
    func onlyCash(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.owner.settings.set(.cashRounding, to: CashRounding.up.rawValue)
        _ = try await till.owner.ledger.ownerPutsIn(ugx(77), into: .safe, reference: "start", key: .new())
        #expect(try await till.shop.balances()["safe"] == 77)
        let person = try await till.shop.person(.cashier).session
        _ = try await person.shifts.open(float: ugx(33), key: .new())
        _ = try await person.shifts.count(ugx(33))
        #expect(try await person.shifts.close(.ugx).state == .closed)
        #expect(try await till.shop.balances()["safe"] == 77)
        let agent = try await till.shop.agent()
        _ = try await till.owner.agents.takeMoney(ugx(1_001), of: agent.id, into: .bank, key: .new())
        #expect(try await till.shop.balances()["bank"] == 1_001)
        try await till.checkBooks()
    }

    @Test("an amount that somebody chooses to pay in cash is one that coins make", arguments: Backing.allCases)
    func chosenAmounts(backing: Backing) async throws {
        let till = try await Till.open(backing)
        try await till.topUp(1_001)
        _ = try await till.owner.settings.set(.cashRounding, to: CashRounding.nearest.rawValue)
        let invoice = try await till.issued(2_013)
        let agent = try await till.shop.agent()
        let (id, agents, wallets) = (till.customer.id, till.owner.agents, till.owner.wallets)
        await expectRefusal(.invalidInput, field: "price") { try await till.topUp(1_001) }
        await expectRefusal(.invalidInput, field: "price") { try await till.pay(1_001, for: .invoice(invoice.id)) }
        await expectRefusal(.invalidInput, field: "amount") {
            try await wallets.refund(ugx(1_001), of: id, reason: "x", key: .new())
        }
        await expectRefusal(.invalidInput, field: "amount") {
            try await agents.takeMoney(ugx(1_001), of: agent.id, into: .safe, key: .new())
        }
        // What is left over stays the customer's, and what is owed can be paid.
        _ = try await wallets.refund(ugx(1_000), of: id, reason: "x", key: .new())
        #expect(try await till.balance() == 1)
        _ = try await wallets.refund(ugx(1), of: id, by: .bankTransfer, reason: "x", key: .new())
        _ = try await till.pay(2_013, for: .invoice(invoice.id))
        #expect(try await till.owner.invoices.invoice(invoice.id).state == .paid)
        _ = try await agents.takeMoney(ugx(1_050), of: agent.id, into: .safe, key: .new())
        await expectRefusal(.invalidInput, field: "amount") {
            try await agents.payOut(ugx(1), to: agent.id, from: .safe, key: .new())
        }
        #expect(try await till.shop.balances()["safe"] == 3_051)
        try await till.checkBooks()
    }

    @Test("nothing is rounded until that is chosen")
    func notByDefault() async throws {
        let till = try await Till.open(.memory)
        try await till.topUp(1_001)
        #expect(try await till.shop.balances()[Account.safe.rawValue] == 1_001)
    }
}
