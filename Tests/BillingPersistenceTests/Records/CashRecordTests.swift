import BillingDomain
import Testing

@testable import BillingPersistence

@Suite("The records of cash and commission")
struct CashRecordTests {
    @Test("cash and commission read back in every field", arguments: 0..<50 as Range<UInt64>)
    func cash(seed: UInt64) throws {
        var d = Draw(seed: seed)
        let currency = d.currency()
        func money(_ d: inout Draw) -> Money { Money(minorUnits: d.number(), currency: currency) }
        try checkRecord(
            Shift(
                id: d.id(),
                tenant: d.id(),
                staff: d.id(),
                site: d.maybe { $0.id() },
                openingFloat: money(&d),
                sales: money(&d),
                refunds: money(&d),
                cashIn: money(&d),
                cashOut: money(&d),
                handedOver: money(&d),
                counted: d.maybe { money(&$0) },
                reason: d.maybe { $0.text() },
                state: d.one(of: ShiftState.allCases),
                countedBy: d.maybe { $0.actor() },
                endedBy: d.maybe { $0.actor() },
                createdAt: d.at(),
                countedAt: d.maybe { $0.at() },
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try checkRecord(
            CashMovement(
                id: d.id(),
                tenant: d.id(),
                shift: d.id(),
                at: d.at(),
                kind: d.one(of: CashMovement.Kind.allCases),
                amount: d.money(),
                actor: d.actor(),
                cause: d.text(),
                reason: d.text()
            )
        )
        try checkRecord(
            CommissionRule(
                id: d.id(),
                tenant: d.id(),
                earner: d.maybe { $0.earner() },
                package: d.maybe { $0.id() },
                reward: d.flag() ? .rate(basisPoints: d.count() % 10_001) : .amount(d.money()),
                moment: d.one(of: CommissionRule.Moment.allCases),
                createdAt: d.at(),
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try checkRecord(
            CommissionAccrual(
                id: d.id(),
                tenant: d.id(),
                earner: d.earner(),
                rule: d.id(),
                cause: d.text(),
                amount: money(&d),
                reverses: d.maybe { $0.id() },
                statement: d.maybe { $0.id() },
                createdAt: d.at(),
                revision: d.number()
            )
        )
        try checkRecord(
            CommissionStatement(
                id: d.id(),
                tenant: d.id(),
                number: d.number(),
                earner: d.earner(),
                total: d.money(),
                accrualCount: d.number(),
                before: d.at(),
                state: d.one(of: CommissionStatement.State.allCases),
                createdAt: d.at(),
                endedAt: d.maybe { $0.at() },
                revision: d.number()
            )
        )
        try checkRecord(
            Agent(
                id: d.id(),
                tenant: d.id(),
                name: d.text(),
                phone: d.maybe { $0.text() },
                email: d.maybe { $0.text() },
                staff: d.maybe { $0.id() },
                terms: d.flag() ? .prepaid : .consignment(ceiling: d.money()),
                state: d.one(of: Agent.State.allCases),
                createdAt: d.at(),
                revision: d.number()
            )
        )
    }
}
