import BillingDomain
import TestSupport
import Testing

@Suite("What paid for the periods of a subscription")
struct PeriodRunTests {
    typealias Moves = SubscriptionMovesTests

    private let calendar = Moves.calendar
    private let start = Timestamp(secondsSince1970: 1_743_465_600)  // 2025-04-01T00:00:00Z, summer time

    private func kes(_ units: Int64) -> Money { Money(minorUnits: units, currency: .kes) }

    private func days(_ count: Int64) -> Timestamp { start + .seconds(count * 86_400) }

    private func active(_ terms: SubscriptionTerms, on ground: RenewalGround) throws -> Subscription {
        var subscription = try Moves.subscription(terms)
        try subscription.activate(on: ground, at: start, in: calendar)
        return subscription
    }

    @Test func onlyWhatWasPaidIsCredited() throws {
        var subscription = try active(try Moves.terms(cycle: .days(30)), on: .grant("trial"))
        #expect(try subscription.unusedCredit(at: days(10), basis: .days, in: calendar).isZero)
        try subscription.renew(on: Moves.ground(2), at: days(1), in: calendar)
        try subscription.renew(on: .grant("sorry"), at: days(1), in: calendar)
        #expect(try subscription.unusedCredit(at: days(10), basis: .seconds, in: calendar) == kes(3_000))
        #expect(try subscription.unusedCredit(at: days(40), basis: .seconds, in: calendar) == kes(2_000))
        #expect(try subscription.unusedCredit(at: days(70), basis: .seconds, in: calendar).isZero)
    }

    @Test func whatGoesBackComesOffTheUnusedEnd() throws {
        var subscription = try active(try Moves.terms(cycle: .days(30)), on: Moves.ground(1))
        let units = try subscription.takeBack(kes(500), of: Moves.ground(1))
        #expect(units.deferred == kes(500))
        #expect(units.earned.isZero)
        #expect(try subscription.unusedCredit(at: days(10), basis: .days, in: calendar) == kes(1_500))
        #expect(try subscription.earn(at: days(15), in: calendar) == kes(1_500))
        // Half is earned; of the next 2 000, a thousand is held no more.
        let more = try subscription.takeBack(kes(2_000), of: Moves.ground(1))
        #expect([more.deferred, more.earned] == [kes(1_000), kes(1_000)])
        #expect(try subscription.earn(at: days(30), in: calendar).isZero)
        #expect(!subscription.isEarning)
    }

    @Test func taxIsNeverEarnedAndGoesBackWithWhatItIsOn() throws {
        var subscription = try Moves.subscription(try Moves.terms(price: 1_180, cycle: .days(30)))
        let price = try TaxedPrice(asked: kes(1_180), tax: kes(180))
        try subscription.activate(on: Moves.ground(1), price: price, at: start, in: calendar)
        #expect(try subscription.earn(at: days(15), in: calendar) == kes(500))
        let units = try subscription.takeBack(kes(590), of: Moves.ground(1))
        #expect([units.deferred, units.earned, units.tax] == [kes(500), kes(0), kes(90)])
        #expect(try subscription.earn(at: days(30), in: calendar).isZero)
        let rest = try subscription.takeBack(kes(590), of: Moves.ground(1))
        #expect([rest.deferred, rest.earned, rest.tax] == [kes(0), kes(500), kes(90)])
        #expect(throws: DomainError.self) { try TaxedPrice(asked: kes(10), tax: kes(11)) }
    }

    @Test func givenCreditIsUsedFirst() throws {
        var subscription = try Moves.subscription(try Moves.terms(cycle: .days(30)))
        let ground = RenewalGround.balance(Samples.id(5))
        try subscription.activate(on: ground, granted: kes(2_500), at: start, in: calendar)
        let units = try subscription.takeBackUnused(at: days(20), basis: .seconds, in: calendar)
        #expect(units.map(\.paid) == [kes(500)])
        #expect(units.map(\.granted) == [kes(500)])
    }

    @Test func whatIsPaidAheadForOtherTermsIsHeldUntilTheyBegin() throws {
        var subscription = try active(try Moves.terms(cycle: .days(30)), on: Moves.ground(1))
        try subscription.scheduleChange(to: try Moves.terms(price: 700, cycle: .weeks(1)))
        try subscription.renew(on: Moves.ground(2), periods: 2, at: days(1), in: calendar)
        #expect(subscription.scheduledPeriods == 2)
        #expect(try subscription.earn(at: days(30) - .seconds(3_600), in: calendar) == kes(2_995))
        try subscription.advance(to: days(37), in: calendar)
        #expect(subscription.scheduledPeriods == 0)
        #expect(try subscription.earn(at: days(37), in: calendar) == kes(5 + 700))
    }

    @Test func whatARestartLeavesBehindIsEarned() throws {
        let terms = try Moves.terms(cycle: .days(30), extensionPolicy: .restart)
        var subscription = try active(terms, on: Moves.ground(1))
        try subscription.renew(on: Moves.ground(2), at: days(10), in: calendar)
        #expect(try subscription.earn(at: days(10), in: calendar) == kes(3_000))
        #expect(try subscription.unusedCredit(at: days(10), basis: .days, in: calendar) == kes(3_000))
    }

    @Test func whatIsPutBackIsServedAgainUnlessThatIsOver() throws {
        var subscription = try active(try Moves.terms(cycle: .days(30)), on: Moves.ground(1))
        let before = subscription
        _ = try subscription.takeBack(kes(500), of: Moves.ground(1))
        #expect(try subscription.putBack(deferred: kes(500), earned: kes(0), tax: kes(0), of: Moves.ground(1)))
        #expect(subscription == before)
        #expect(try !subscription.putBack(deferred: kes(1), earned: kes(0), tax: kes(0), of: Moves.ground(1)))
        try subscription.cancel(at: days(1))
        #expect(try !subscription.putBack(deferred: kes(0), earned: kes(0), tax: kes(0), of: Moves.ground(1)))
    }

    @Test func aRandomLifeLosesNoUnitAndInventsNone() throws {
        var random = SplitMix64(seed: 7)
        for life in 0..<60 {
            let cycle = CycleScheduleTests.cycles[life % CycleScheduleTests.cycles.count]
            let terms = try Moves.terms(
                cycle: cycle,
                extensionPolicy: life % 3 == 0 ? .restart : .append,
                invoicesSuspendedTime: life % 5 == 0
            )
            var subscription = try Moves.subscription(terms)
            var (given, back, earned, tax) = (Int64(0), Int64(0), Int64(0), Int64(0))
            var now = Moves.start
            func grantedSince(_ before: Subscription) -> Int64 {
                guard let last = subscription.runs.last, last.ground != before.lastGround else { return 0 }
                tax += last.tax.minorUnits
                return last.paid.minorUnits + last.granted.minorUnits
            }
            /// Every other life is taxed, at a rate that leaves fractions.
            func price(_ terms: SubscriptionTerms) throws -> TaxedPrice? {
                life % 2 == 0 ? nil : try TaxedPrice(asked: terms.price, tax: terms.price.fraction(18, of: 118))
            }
            for step in 0..<60 {
                now = now + .seconds(Int64.random(in: 0...1_500_000, using: &random))
                try subscription.advance(to: now, in: calendar)
                let ground: RenewalGround =
                    step % 4 == 0 ? .grant("g\(step)") : .payment(Samples.id(UInt64(1_000 + step)))
                let before = subscription
                do {
                    switch Int.random(in: 0..<8, using: &random) {
                    case 0, 1:
                        if subscription.state == .pendingPayment {
                            let price = try price(subscription.terms)
                            try subscription.activate(on: ground, periods: 2, price: price, at: now, in: calendar)
                        } else {
                            let price = try price(subscription.scheduledTerms ?? subscription.terms)
                            try subscription.renew(on: ground, periods: 3, price: price, at: now, in: calendar)
                        }
                    case 2:
                        for units in try subscription.takeBackUnused(at: now, basis: .days, in: calendar) {
                            back += units.paid.minorUnits + units.granted.minorUnits
                            earned -= units.earned.minorUnits
                            tax -= units.tax.minorUnits
                        }
                        let terms = try Moves.terms(price: 5_000)
                        try subscription.change(to: terms, on: ground, price: price(terms), at: now, in: calendar)
                    case 3: try subscription.scheduleChange(to: try Moves.terms(price: 700, cycle: .days(7)))
                    case 4: try subscription.pause(at: now)
                    case 5: try subscription.resume(at: now)
                    case 6:
                        if let ground = subscription.runs.first?.ground, !ground.isGift {
                            let held = subscription.runs.reduce(0) { $1.ground == ground ? $0 + 1 : $0 }
                            guard held > 0, given - back > 1_000 else { break }
                            let units = try subscription.takeBack(kes(10), of: ground)
                            back += 10
                            earned -= units.earned.minorUnits
                            tax -= units.tax.minorUnits
                        }
                    default:
                        let due = try subscription.earn(at: now, in: calendar)
                        #expect(!due.isNegative)
                        earned += due.minorUnits
                    }
                } catch let error as DomainError {
                    #expect(error.code == .illegalMove)
                }
                given += grantedSince(before)
                let credit = try subscription.unusedCredit(at: now, basis: .days, in: calendar)
                #expect(!credit.isNegative)
                #expect(credit.minorUnits <= given - back)
            }
            if !subscription.state.isFinal { try subscription.cancel(at: now) }
            earned += try subscription.earn(at: now, in: calendar).minorUnits
            #expect(!subscription.isEarning)
            #expect(given == back + earned + tax, "life \(life)")
        }
    }
}
