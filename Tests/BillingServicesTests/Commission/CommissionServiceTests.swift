import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Commission")
struct CommissionServiceTests {
    private func ugx(_ amount: Int64) -> Money { Money(minorUnits: amount, currency: .ugx) }

    @Test("a statement settles what was earned and is paid once", arguments: Backing.allCases)
    func statementsArePaidOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let earner = try await shop.earner()
        let commission = shop.owner.commission
        #expect(try await commission.preview(of: earner, in: .ugx).total == ugx(1_000))
        let key = IdempotencyKey.new()
        let statement = try await commission.issueStatement(to: earner, in: .ugx, key: key)
        #expect(try await commission.issueStatement(to: earner, in: .ugx, key: key) == statement)
        #expect(statement.number == 1)
        #expect(try await commission.preview(of: earner, in: .ugx).accruals.isEmpty)
        await expectRefusal(.invalidInput) { try await commission.issueStatement(to: earner, in: .ugx, key: .new()) }
        let paying = IdempotencyKey.new()
        for _ in 1...2 { #expect(try await commission.pay(statement.id, from: .bank, key: paying).state == .paid) }
        await expectRefusal(.conflict) { try await commission.pay(statement.id, from: .bank, key: .new()) }
        await expectRefusal(.conflict) { try await commission.cancel(statement.id) }
        #expect(try await shop.balances()["bank"] == -1_000)
    }

    @Test(
        "a cancelled statement gives back what it settled, and its number is not used again",
        arguments: Backing.allCases
    )
    func statementsAreCancelled(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let earner = try await shop.earner()
        let first = try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new())
        _ = try await shop.owner.commission.cancel(first.id)
        #expect(try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new()).number == 2)
    }

    @Test func badRulesAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        let commission = shop.owner.commission
        await expectRefusal(.invalidInput, field: "reward") {
            try await commission.addRule(.rate(basisPoints: 10_001), key: .new())
        }
        await expectRefusal(.invalidInput, field: "amount") {
            try await commission.addRule(.amount(ugx(-1)), key: .new())
        }
        await expectRefusal(.notFound, field: "staff") {
            try await commission.addRule(for: .staff(Identifier(high: 1, low: 1)), .rate(basisPoints: 1), key: .new())
        }
    }
}
