import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Agents")
struct AgentServiceTests {
    private func ugx(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .ugx) }

    @Test("a prepaid agent's money is theirs until they use it", arguments: Backing.allCases)
    func agentsPayInAdvance(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agent = try await shop.agent()
        let key = IdempotencyKey.new()
        for _ in 1...2 {
            #expect(
                try await shop.owner.agents.takeMoney(ugx(5_000), of: agent.id, into: .safe, key: key) == ugx(5_000)
            )
        }
        #expect(try await shop.owner.agents.balance(of: agent.id) == ugx(5_000))
        await expectRefusal(.conflict) { try await shop.owner.agents.close(agent.id) }
        await expectRefusal(.conflict, field: "terms") {
            let draft = AgentDraft(name: "Other", terms: .consignment(ceiling: ugx(1)))
            return try await shop.owner.agents.update(agent.id, draft)
        }
        await expectRefusal(.invalidInput, field: "amount") {
            try await shop.owner.agents.takeMoney(ugx(0), of: agent.id, into: .safe, key: .new())
        }
    }

    @Test("what a prepaid agent has not used is paid back, and then they can be closed", arguments: Backing.allCases)
    func agentsArePaidOut(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agents = shop.owner.agents
        let agent = try await shop.agent()
        _ = try await agents.takeMoney(ugx(5_000), of: agent.id, into: .safe, key: .new())
        // To suspend them stops their sales and not the way out.
        _ = try await agents.suspend(agent.id)
        await expectRefusal(.conflict) { try await agents.payOut(ugx(5_001), to: agent.id, from: .safe, key: .new()) }
        await expectRefusal(.invalidInput, field: "amount") {
            try await agents.payOut(ugx(0), to: agent.id, from: .safe, key: .new())
        }
        let key = IdempotencyKey.new()
        for _ in 1...2 {
            #expect(try await agents.payOut(ugx(2_000), to: agent.id, from: .bank, key: key) == ugx(3_000))
        }
        _ = try await agents.payOut(ugx(3_000), to: agent.id, from: .safe, key: .new())
        #expect(try await agents.close(agent.id).state == .closed)
        #expect(try await shop.balances() == ["safe": 2_000, "bank": -2_000])
        try await shop.expectSoundBooks()
    }

    @Test(
        "what a consignment agent handed over for a voucher that was taken back is paid back",
        arguments: Backing.allCases
    )
    func consignmentIsPaidBack(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agents = shop.owner.agents
        let agent = try await shop.agent(.consignment(ceiling: ugx(5_000)))
        let code = try await shop.generate().vouchers[0].code
        let options = SaleOptions(method: .agent(agent.id))
        _ = try await shop.owner.vouchers.sell(codes: [code], options: options, key: .new())
        // The ceiling is no credit to be paid out.
        await expectRefusal(.conflict, field: "amount") {
            try await agents.payOut(ugx(1), to: agent.id, from: .safe, key: .new())
        }
        _ = try await agents.takeMoney(ugx(2_500), of: agent.id, into: .safe, key: .new())
        _ = try await shop.owner.vouchers.refund(code: code, reason: "returned", key: .new())
        #expect(try await agents.balance(of: agent.id) == ugx(-2_500))
        await expectRefusal(.conflict) { try await agents.close(agent.id) }
        #expect(try await agents.payOut(ugx(2_500), to: agent.id, from: .safe, key: .new()) == ugx(0))
        #expect(try await agents.close(agent.id).state == .closed)
        #expect(try await shop.balances() == [:])
    }

    @Test("nobody pays themselves out", arguments: Backing.allCases)
    func agentsAreNotPaidByThemselves(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.superAdministrator)
        let draft = AgentDraft(name: "Kiosk", staff: person.id, terms: .prepaid)
        let agent = try await shop.owner.agents.add(draft, key: .new())
        _ = try await shop.owner.agents.takeMoney(ugx(5_000), of: agent.id, into: .bank, key: .new())
        await expectRefusal(.forbidden) {
            try await person.session.agents.payOut(ugx(5_000), to: agent.id, from: .bank, key: .new())
        }
        #expect(try await shop.owner.agents.payOut(ugx(5_000), to: agent.id, from: .bank, key: .new()) == ugx(0))
    }

    @Test(
        "nobody pays themselves out by a program of theirs, or by letting the agent go first",
        arguments: Backing.allCases
    )
    func agentsAreNotPaidByTheirPrograms(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.superAdministrator)
        let draft = AgentDraft(name: "Kiosk", staff: person.id, terms: .prepaid)
        let agent = try await shop.owner.agents.add(draft, key: .new())
        _ = try await shop.owner.agents.takeMoney(ugx(5_000), of: agent.id, into: .bank, key: .new())
        let program = try await shop.program(of: person.session)
        // A program that a program has made is its maker's too.
        for session in [program, try await shop.program(of: program)] {
            await expectRefusal(.forbidden) {
                try await session.agents.payOut(ugx(5_000), to: agent.id, from: .bank, key: .new())
            }
        }
        for session in [person.session, program] {
            await expectRefusal(.forbidden, field: "staff") {
                try await session.agents.update(agent.id, AgentDraft(name: "Kiosk", terms: .prepaid))
            }
            _ = try await session.agents.update(agent.id, AgentDraft(name: "Stall", staff: person.id, terms: .prepaid))
        }
        _ = try await shop.owner.agents.update(agent.id, AgentDraft(name: "Kiosk", terms: .prepaid))
        #expect(try await shop.owner.agents.payOut(ugx(5_000), to: agent.id, from: .bank, key: .new()) == ugx(0))
    }

    @Test("an agent's account is in the currency of the house alone", arguments: Backing.allCases)
    func agentsHaveOneCurrency(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agent = try await shop.agent()
        let dollar = Money(minorUnits: 100, currency: .usd)
        let terms = try VoucherTerms(validity: .seconds(60), price: dollar)
        let foreign = try await shop.owner.vouchers.generate(1, terms: terms, on: shop.router.id, key: .new())
        await expectRefusal(.conflict, field: "payment") {
            let options = SaleOptions(method: .agent(agent.id))
            return try await shop.owner.vouchers.sell(batch: foreign.batch.id, options: options, key: .new())
        }
        await expectRefusal(.conflict, field: "payment") {
            let postings = try [Posting.debit(.bank, dollar), .credit(agent.account, dollar)]
            return try await shop.owner.ledger.enter(postings, reason: "by hand", key: .new())
        }
        #expect(try await shop.owner.agents.close(agent.id).state == .closed)
    }

    @Test("the stock of an agent is what was sold on their account and is unused", arguments: Backing.allCases)
    func agentsHoldStock(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (agent, other) = (try await shop.agent(.consignment(ceiling: ugx(50_000))), try await shop.agent())
        let codes = try await shop.generate(4).vouchers.map(\.code)
        let options = SaleOptions(method: .agent(agent.id))
        _ = try await shop.owner.vouchers.sell(codes: Array(codes.prefix(3)), options: options, key: .new())
        _ = try await shop.owner.vouchers.sell(codes: [codes[3]], key: .new())
        try await shop.see(codes[0])
        func found(_ filter: VoucherFilter) async throws -> Set<String> {
            Set(try await shop.owner.vouchers.list(filter).items.map(\.code))
        }
        #expect(try await found(VoucherFilter(agent: agent.id)) == Set(codes.prefix(3)))
        #expect(try await found(VoucherFilter(documentStatus: .pending, agent: agent.id)) == Set(codes[1...2]))
        #expect(try await found(VoucherFilter(agent: other.id)) == [])
    }

    @Test("an agent on consignment pays no more than they owe", arguments: Backing.allCases)
    func consignmentIsSettled(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let agents = shop.owner.agents
        let agent = try await agents.add(
            AgentDraft(name: "Kiosk", terms: .consignment(ceiling: ugx(5_000))),
            key: .new()
        )
        await expectRefusal(.conflict, field: "amount") {
            try await agents.takeMoney(ugx(1), of: agent.id, into: .safe, key: .new())
        }
        await expectRefusal(.duplicate, field: "name") {
            try await agents.add(AgentDraft(name: "KIOSK", terms: .prepaid), key: .new())
        }
        await expectRefusal(.invalidInput, field: "ceiling") {
            let foreign = Money(minorUnits: 1, currency: .usd)
            return try await agents.add(AgentDraft(name: "Stall", terms: .consignment(ceiling: foreign)), key: .new())
        }
        #expect(try await agents.close(agent.id).state == .closed)
        await expectRefusal(.conflict) { try await agents.suspend(agent.id) }
    }
}
