import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What selling earns")
struct CommissionSaleTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    private func seller(_ shop: Shop) async throws -> Shop.Person { try await shop.person(.superAdministrator) }

    private func earned(_ earner: CommissionEarner, _ shop: Shop) async throws -> [Int64] {
        let accruals = try await shop.owner.commission.accruals(of: earner).items
        let owed = try await shop.balances()["commission-payable:\(earner)"] ?? 0
        #expect(owed == -accruals.reduce(0) { $0 + $1.amount.minorUnits }, "the books say what was accrued")
        return accruals.map(\.amount.minorUnits).reversed()
    }

    @Test("a sale earns once for all of it, and a refund takes its part back", arguments: Backing.allCases)
    func salesAndRefunds(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await seller(shop)
        _ = try await shop.owner.commission.addRule(.rate(basisPoints: 1_000), key: .new())
        let codes = try await shop.generate(3).vouchers.map(\.code)
        _ = try await person.session.vouchers.sell(codes: codes, key: .new())
        #expect(try await earned(.staff(person.id), shop) == [750])
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.owner.vouchers.refund(code: codes[0], reason: "x", key: .new())
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.owner.vouchers.refund(code: codes[1], amount: ugx(1_250), reason: "x", key: .new())
        #expect(try await earned(.staff(person.id), shop) == [750, -250, -125])
        try await shop.expectSoundBooks()
    }

    @Test("a rule for the first use earns with that, once", arguments: Backing.allCases)
    func firstUses(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await seller(shop)
        _ = try await shop.owner.commission.addRule(
            for: .staff(person.id),
            package: shop.package.id,
            .amount(ugx(200)),
            moment: .firstUse,
            key: .new()
        )
        // The more particular rule decides, also about when.
        _ = try await shop.owner.commission.addRule(.rate(basisPoints: 5_000), key: .new())
        let codes = try await shop.generate(2).vouchers.map(\.code)
        _ = try await person.session.vouchers.sell(codes: codes, key: .new())
        #expect(try await earned(.staff(person.id), shop) == [])
        try await shop.see(codes[0])
        try await shop.see(codes[0])
        #expect(try await earned(.staff(person.id), shop) == [200])
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.owner.vouchers.refund(code: codes[0], amount: ugx(625), reason: "x", key: .new())
        #expect(try await earned(.staff(person.id), shop) == [200, -50])
    }

    @Test(
        "generating and selling at once, a payment, and an extension earn as a sale does",
        arguments: Backing.allCases
    )
    func otherSales(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await seller(shop)
        _ = try await shop.owner.commission.addRule(.rate(basisPoints: 1_000), key: .new())
        let sold = try await person.session.vouchers.quickSale(2, of: shop.package.id, on: shop.router.id, key: .new())
        shop.clock.advance(by: .seconds(1))
        let stock = try await shop.generate().vouchers[0]
        let draft = PaymentDraft(
            customer: nil,
            method: .cash,
            price: ugx(2_500),
            purpose: .voucher(stock.id)
        )
        _ = try await person.session.payments.take(draft, key: .new())
        shop.clock.advance(by: .seconds(1))
        _ = try await person.session.vouchers.extend(
            code: sold.vouchers[0].code,
            by: VoucherGrant(bytes: .mebibytes(1)),
            price: ugx(1_000),
            cause: "top-up",
            key: .new()
        )
        #expect(try await earned(.staff(person.id), shop) == [500, 250, 100])
        shop.clock.advance(by: .seconds(1))
        _ = try await shop.owner.vouchers.refund(code: sold.vouchers[0].code, reason: "x", key: .new())
        #expect(try await earned(.staff(person.id), shop).reduce(0, +) == 500)
        // Credit that a voucher becomes earns when it is spent, so that going round earns nothing.
        let customer = try await shop.customer()
        let round = try await shop.generate().vouchers[0]
        for code in [stock.code, round.code] {
            _ = try await shop.owner.vouchers.redeemToBalance(code: code, of: customer.id, key: .new())
            #expect(try await earned(.staff(person.id), shop).reduce(0, +) == 250)
            guard code == stock.code else { break }
            let options = SaleOptions(method: .balance, customerID: customer.id)
            _ = try await person.session.vouchers.sell(codes: [round.code], options: options, key: .new())
            #expect(try await earned(.staff(person.id), shop).reduce(0, +) == 500)
        }
    }

    @Test("an agent on consignment earns; one who buys in advance has the margin", arguments: Backing.allCases)
    func agents(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.owner.commission.addRule(.rate(basisPoints: 2_000), key: .new())
        let consignment = try await shop.agent(.consignment(ceiling: ugx(100_000)))
        let prepaid = try await shop.agent(.prepaid)
        _ = try await shop.owner.agents.takeMoney(ugx(50_000), of: prepaid.id, into: .safe, key: .new())
        for agent in [consignment, prepaid] {
            let code = try await shop.generate().vouchers[0].code
            let options = SaleOptions(method: .agent(agent.id))
            _ = try await shop.owner.vouchers.sell(codes: [code], options: options, key: .new())
        }
        #expect(try await earned(.agent(consignment.id), shop) == [500])
        #expect(try await earned(.agent(prepaid.id), shop) == [])
    }

    @Test("what the person of an agent takes over the counter is the agent's to hand over", arguments: Backing.allCases)
    func personsOfAgents(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await seller(shop)
        let draft = AgentDraft(name: "Kiosk", staff: person.id, terms: .consignment(ceiling: ugx(5_000)))
        let agent = try await shop.owner.agents.add(draft, key: .new())
        await expectRefusal(.duplicate, field: "staff") {
            try await shop.owner.agents.add(AgentDraft(name: "Stall", staff: person.id, terms: .prepaid), key: .new())
        }
        let codes = try await shop.generate(3).vouchers.map(\.code)
        _ = try await person.session.vouchers.sell(codes: [codes[0]], key: .new())
        let customer = try await shop.customer()
        let topUp = PaymentDraft(customer: customer.id, method: .cash, price: ugx(2_000), purpose: .topUp)
        _ = try await person.session.payments.take(topUp, key: .new())
        #expect(try await shop.owner.agents.balance(of: agent.id) == ugx(4_500))
        #expect(try await shop.balances()["cash:\(person.id)"] == nil)
        // The ceiling holds for both.
        await expectRefusal(.conflict) { try await person.session.vouchers.sell(codes: [codes[1]], key: .new()) }
        await expectRefusal(.conflict) { try await person.session.payments.take(topUp, key: .new()) }
        _ = try await shop.owner.agents.takeMoney(ugx(4_500), of: agent.id, into: .safe, key: .new())
        _ = try await person.session.vouchers.sell(codes: [codes[1]], key: .new())
        _ = try await shop.owner.agents.suspend(agent.id)
        await expectRefusal(.conflict) { try await person.session.vouchers.sell(codes: [codes[2]], key: .new()) }
        try await shop.expectSoundBooks()
    }
}
