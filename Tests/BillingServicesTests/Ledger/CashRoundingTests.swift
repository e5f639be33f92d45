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
        let odd = try VoucherTerms(validity: .seconds(3_600), price: ugx(1_013))
        let made = try await shop.owner.vouchers.generate(2, terms: odd, on: shop.router.id, key: .new())
        let codes = made.vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: codes, key: .new())
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
        #expect(try await person.shifts.close(.ugx, key: .new()).state == .closed)
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

    @Test("a part of what is paid back and a price of one's own are chosen too", arguments: Backing.allCases)
    func chosenPartsAndPrices(backing: Backing) async throws {
        let till = try await Till.open(backing)
        _ = try await till.owner.settings.set(.cashRounding, to: CashRounding.nearest.rawValue)
        let (payments, vouchers) = (till.owner.payments, till.owner.vouchers)
        let payment = try await till.topUp(1_000)
        await expectRefusal(.invalidInput, field: "amount") {
            try await payments.requestRefund(of: ugx(501), from: payment.id, key: .new())
        }
        _ = try await payments.requestRefund(of: ugx(500), from: payment.id, key: .new())
        let code = try await till.shop.generate().vouchers[0].code
        func sell(_ units: Int64, _ method: PaymentMethod = .cash) async throws {
            let options = SaleOptions(method: method, unitPrice: ugx(units))
            _ = try await vouchers.sell(codes: [code], options: options, key: .new())
        }
        await expectRefusal(.invalidInput, field: "unitPrice") { try await sell(2_001) }
        try await sell(2_000)
        func extend(_ units: Int64) async throws {
            let grant = try VoucherGrant(bytes: .mebibytes(100))
            _ = try await vouchers.extend(code: code, by: grant, price: ugx(units), cause: "more", key: .new())
        }
        await expectRefusal(.invalidInput, field: "price") { try await extend(501) }
        try await extend(500)
        await expectRefusal(.invalidInput, field: "amount") {
            try await vouchers.refund(code: code, amount: ugx(601), reason: "x", key: .new())
        }
        _ = try await vouchers.refund(code: code, amount: ugx(600), reason: "x", key: .new())
        #expect(try await till.shop.balances()["rounding"] == nil)
        try await till.checkBooks()
    }

    @Test("a price of one's own is in coins with the tax that is asked on top of it", arguments: Backing.allCases)
    func chosenPricesAreTaxed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.settings.set(.cashRounding, to: CashRounding.nearest.rawValue)
        _ = try await shop.owner.settings.set(.pricesIncludeTax, to: false)
        let vat = try TaxRate(name: "VAT", rate: Percentage(basisPoints: 1_800))
        _ = try await shop.owner.taxes.add(vat, on: [.voucher], key: .new())
        let code = try await shop.generate().vouchers[0].code
        func sell(_ units: Int64) async throws {
            let options = SaleOptions(unitPrice: ugx(units))
            _ = try await shop.owner.vouchers.sell(codes: [code], options: options, key: .new())
        }
        // 2 350 and 423 of tax are not made of coins, 2 288 and 412 are.
        await expectRefusal(.invalidInput, field: "unitPrice") { try await sell(2_350) }
        try await sell(2_288)
        #expect(
            try await shop.balances() == ["safe": 2_700, "deferred-vouchers": -2_288, "tax-payable": -412]
        )
    }

    @Test("nothing is rounded until that is chosen")
    func notByDefault() async throws {
        let till = try await Till.open(.memory)
        try await till.topUp(1_001)
        #expect(try await till.shop.balances()[Account.safe.rawValue] == 1_001)
    }
}
