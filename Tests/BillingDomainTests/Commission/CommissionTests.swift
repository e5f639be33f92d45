import BillingDomain
import TestSupport
import Testing

@Suite("Commission and agents")
struct CommissionTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    private func rule(
        _ number: UInt64,
        _ reward: CommissionRule.Reward,
        earner: CommissionEarner? = nil,
        package: Identifier<Package>? = nil
    ) throws -> CommissionRule {
        try CommissionRule(
            id: Samples.id(number),
            tenant: Samples.id(1),
            earner: earner,
            package: package,
            reward: reward,
            createdAt: Samples.start
        )
    }

    private func accrual(_ number: UInt64, _ units: Int64, at second: Int64 = 0) -> CommissionAccrual {
        CommissionAccrual(
            id: Samples.id(number),
            tenant: Samples.id(1),
            earner: .staff(Samples.id(1)),
            rule: Samples.id(1),
            cause: "sale:\(number)",
            amount: ugx(units),
            createdAt: Samples.start + .seconds(second)
        )
    }

    @Test(arguments: [
        (2000, 2500, 500), (0, 2500, 0), (10_000, 2500, 2500), (5000, 1, 0), (5000, 3, 2), (1, 5000, 0), (1, 15_000, 2),
    ])
    func aRateIsRoundedHalfToEven(basisPoints: Int, price: Int64, earned: Int64) throws {
        #expect(try rule(1, .rate(basisPoints: basisPoints)).commission(on: ugx(price)) == ugx(earned))
    }

    @Test func aFixedAmountCountsUnitsAndIsNeverMoreThanThePrice() throws {
        #expect(try rule(1, .amount(ugx(100))).commission(on: ugx(1000), quantity: 3) == ugx(300))
        #expect(try rule(1, .amount(ugx(100))).commission(on: ugx(250), quantity: 3) == ugx(250))
        #expect(throws: DomainError.self) { try rule(1, .amount(ugx(1))).commission(on: .zero(.usd)) }
        #expect(throws: DomainError.self) { try rule(1, .rate(basisPoints: 10_001)) }
        #expect(throws: DomainError.self) { try rule(1, .amount(ugx(-1))) }
        #expect(try rule(1, .rate(basisPoints: 10_000)).commission(on: ugx(.max)) == ugx(.max))
    }

    @Test func theMostParticularRuleInForceApplies() throws {
        let amina = CommissionEarner.staff(Samples.id(1))
        let daily: Identifier<Package> = Samples.id(9)
        var rules = [
            try rule(1, .rate(basisPoints: 1)), try rule(2, .rate(basisPoints: 2), package: daily),
            try rule(3, .rate(basisPoints: 3), earner: amina),
            try rule(4, .rate(basisPoints: 4), earner: amina, package: daily),
        ]
        func best(_ earner: CommissionEarner, _ package: Identifier<Package>?, at second: Int64 = 0) -> UInt64? {
            CommissionRule.applying(to: earner, package: package, at: Samples.start + .seconds(second), among: rules)?
                .id.high
        }
        #expect(best(amina, daily) == 4)
        #expect(best(amina, nil) == 3)
        #expect(best(.agent(Samples.id(1)), daily) == 2)
        #expect(best(.agent(Samples.id(1)), nil) == 1)
        #expect(best(amina, daily, at: -1) == nil)
        rules[3].endedAt = Samples.start + .seconds(5)
        #expect(best(amina, daily, at: 4) == 4)
        #expect(best(amina, daily, at: 5) == 3)
    }

    @Test func refundsTakeCommissionBackInProportionAndNeverMore() throws {
        let earned = accrual(1, 333)
        let half = try #require(
            try earned.reversal(
                id: Samples.id(2),
                refunded: ugx(500),
                of: ugx(1000),
                alreadyReversed: ugx(0),
                at: Samples.start
            )
        )
        #expect(half.amount == ugx(-166))
        #expect(half.reverses == earned.id)
        let rest = try earned.reversal(
            id: Samples.id(3),
            refunded: ugx(1000),
            of: ugx(1000),
            alreadyReversed: ugx(166),
            at: Samples.start
        )
        #expect(rest?.amount == ugx(-167))
        let none = try earned.reversal(
            id: Samples.id(4),
            refunded: ugx(500),
            of: ugx(1000),
            alreadyReversed: ugx(333),
            at: Samples.start
        )
        #expect(none == nil)
        #expect(throws: DomainError.self) {
            try half.reversal(
                id: Samples.id(5),
                refunded: ugx(1),
                of: ugx(1),
                alreadyReversed: ugx(0),
                at: Samples.start
            )
        }
    }

    @Test func ofASaleOfManyAUnitGivesBackWhatItHasEarned() throws {
        func reversal(unit: Int64, refunded: Int64, already: Int64) throws -> Money? {
            try accrual(1, 300).reversal(
                id: Samples.id(2),
                unit: ugx(unit),
                refunded: ugx(refunded),
                of: ugx(1000),
                alreadyReversed: ugx(already),
                at: Samples.start
            )?.amount
        }
        #expect(try reversal(unit: 100, refunded: 1000, already: 0) == ugx(-100))
        #expect(try reversal(unit: 100, refunded: 500, already: 100) == ugx(-50))
        // Never more than is left, nor than was earned in all.
        #expect(try reversal(unit: 100, refunded: 1000, already: 250) == ugx(-50))
        #expect(try reversal(unit: 999, refunded: 1000, already: 0) == ugx(-300))
    }

    @Test func aPreviewPostsNothingAndAStatementSettlesWhatItShowed() throws {
        let earner = CommissionEarner.staff(Samples.id(1))
        let accruals = [accrual(2, 50, at: 2), accrual(1, 100, at: 1), accrual(3, -30, at: 3), accrual(4, 9, at: 99)]
        let before = Samples.start + .seconds(10)
        let preview = try CommissionPreview(of: accruals, earner: earner, in: .ugx, before: before)
        #expect(preview.total == ugx(120))
        #expect(preview.accruals.map(\.id.high) == [1, 2, 3])
        var (statement, settled) = try CommissionStatement.issue(
            preview,
            id: Samples.id(7),
            tenant: Samples.id(1),
            number: 1,
            before: before,
            at: before
        )
        #expect(statement.accrualCount == 3)
        #expect(settled.allSatisfy { $0.statement == statement.id })
        #expect(try CommissionPreview(of: settled, earner: earner, in: .ugx, before: before).total.isZero)
        #expect(throws: DomainError.self) { try settled[0].settle(on: Samples.id(8)) }
        try settled[0].release()
        #expect(throws: DomainError.self) { try settled[0].release() }
        try statement.pay(at: before)
        #expect(throws: DomainError.self) { try statement.cancel(at: before) }
        #expect(throws: DomainError.self) { try statement.pay(at: before) }
        #expect(statement.state == .paid)
    }

    @Test func thereIsNoStatementOfNothing() throws {
        let preview = try CommissionPreview(
            of: [accrual(1, -5)],
            earner: .staff(Samples.id(1)),
            in: .ugx,
            before: .init(
                secondsSince1970: .max
            )
        )
        #expect(throws: DomainError.self) {
            try CommissionStatement.issue(
                preview,
                id: Samples.id(1),
                tenant: Samples.id(1),
                number: 1,
                before: Samples.start,
                at: Samples.start
            )
        }
    }

    private func agent(_ terms: Agent.Terms, _ state: Agent.State = .active) -> Agent {
        Agent(
            id: Samples.id(1),
            tenant: Samples.id(1),
            name: "Kiosk",
            terms: terms,
            state: state,
            createdAt: Samples.start
        )
    }

    @Test func salesStopAtTheCeilingAndAtTheEndOfTheCredit() throws {
        let consignment = agent(.consignment(ceiling: ugx(1000)))
        try consignment.checkStock(ugx(400), balance: ugx(600))
        #expect(throws: DomainError.self) { try consignment.checkStock(ugx(401), balance: ugx(600)) }
        let prepaid = agent(.prepaid)
        try prepaid.checkStock(ugx(600), balance: ugx(-600))
        #expect(throws: DomainError.self) { try prepaid.checkStock(ugx(601), balance: ugx(-600)) }
        #expect(throws: DomainError.self) { try agent(.prepaid, .suspended).checkStock(ugx(1), balance: ugx(-5)) }
        #expect(prepaid.account != consignment.account)
    }

    @Test(arguments: Agent.State.allCases)
    func anAgentMovesAsTheTableSays(state: Agent.State) throws {
        let table: [Agent.State: [Agent.State?]] = [
            .active: [.suspended, nil, .closed], .suspended: [nil, .active, .closed], .closed: [nil, nil, nil],
        ]
        let moves: [(inout Agent) throws -> Void] = [
            { try $0.suspend() }, { try $0.resume() }, { try $0.close(balance: .zero(.ugx)) },
        ]
        for (move, next) in zip(moves, table[state] ?? []) {
            var agent = agent(.prepaid, state)
            if let next {
                try move(&agent)
                #expect(agent.state == next)
            } else {
                #expect(throws: DomainError.self) { try move(&agent) }
                #expect(agent.state == state)
            }
        }
        var owing = agent(.prepaid, state)
        #expect(throws: DomainError.self) { try owing.close(balance: ugx(1)) }
    }

    @Test(arguments: ["staff:00000000-0000-0001-0000-000000000001", "agent:00000000-0000-0001-0000-000000000001"])
    func anEarnerIsReadAsItIsWritten(text: String) {
        #expect(CommissionEarner(text)?.description == text)
        #expect(CommissionEarner(text + "x") == nil)
    }
}
