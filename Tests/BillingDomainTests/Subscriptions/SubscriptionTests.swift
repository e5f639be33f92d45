import BillingDomain
import TestSupport
import Testing

@Suite("A subscription")
struct SubscriptionTests {
    typealias Moves = SubscriptionMovesTests

    private let calendar = SubscriptionMovesTests.calendar

    private func at(_ text: String) throws -> Timestamp { calendar.instant(try #require(LocalDateTime(text))) }

    private func local(_ subscription: Subscription) throws -> String {
        calendar.local(try #require(subscription.paidThrough)).description
    }

    @Test func renewalsInTimeDoNotDriftOverAShortMonth() throws {
        var subscription = try Moves.subscription(in: .active)
        var ends = [try local(subscription)]
        for number in UInt64(2)...5 {
            let early = try #require(subscription.paidThrough) - .seconds(3600)
            try subscription.renew(on: Moves.ground(number), at: early, in: calendar)
            ends.append(try local(subscription))
        }
        #expect(
            ends == [
                "2025-02-28T10:00:00", "2025-03-31T10:00:00", "2025-04-30T10:00:00", "2025-05-31T10:00:00",
                "2025-06-30T10:00:00",
            ]
        )
    }

    @Test func oneGroundGrantsOnePeriod() throws {
        var subscription = try Moves.subscription(in: .active)
        try subscription.renew(on: Moves.ground(2), at: Moves.start, in: calendar)
        let before = subscription
        let error = #expect(throws: DomainError.self) {
            try subscription.renew(on: Moves.ground(2), at: Moves.start, in: calendar)
        }
        #expect(error?.code == .illegalMove)
        #expect(subscription == before)
    }

    @Test(arguments: [Int64(0), -1, 1201, .max, .min])
    func aNumberOfPeriodsWithoutMeaningIsRefused(periods: Int64) throws {
        var pending = try Moves.subscription()
        #expect(throws: DomainError.self) {
            try pending.activate(on: Moves.ground(1), periods: periods, at: Moves.start, in: calendar)
        }
        var active = try Moves.subscription(in: .active)
        #expect(throws: DomainError.self) {
            try active.renew(on: Moves.ground(2), periods: periods, at: Moves.start, in: calendar)
        }
        #expect(active == (try Moves.subscription(in: .active)))
    }

    @Test func timeAloneLeadsThroughGraceAndSuspensionToTheEndToTheSecond() throws {
        var subscription = try Moves.subscription(in: .active)
        let end = try at("2025-02-28T10:00:00")
        #expect(subscription.nextDeadline(in: calendar) == end)
        #expect(try !subscription.advance(to: end - .microseconds(1), in: calendar))
        #expect(subscription.servedProfile == "home")
        #expect(try subscription.advance(to: end, in: calendar))
        #expect(subscription.state == .grace)
        #expect(subscription.servedProfile == "slow")
        #expect(subscription.nextDeadline(in: calendar) == (try at("2025-03-05T10:00:00")))
        try subscription.advance(to: try at("2025-03-09T00:00:00"), in: calendar)
        #expect(subscription.state == .suspended)
        #expect(subscription.haltedAt == (try at("2025-03-05T10:00:00")))
        #expect(subscription.suspensionCause == .unpaid)
        try subscription.advance(to: try at("2026-01-01T00:00:00"), in: calendar)
        #expect(subscription.state == .terminated)
        #expect(subscription.endedAt == (try at("2025-05-04T10:00:00")))
        #expect(subscription.nextDeadline(in: calendar) == nil)
    }

    @Test func advancingOnceOrOftenIsTheSame() throws {
        var once = try Moves.subscription(in: .active)
        var often = once
        let end = try at("2025-06-01T00:00:00")
        try once.advance(to: end, in: calendar)
        var now = Moves.start
        while now < end {
            now = now + .seconds(7200)
            try often.advance(to: now, in: calendar)
        }
        #expect(once == often)
    }

    @Test func whatWasServedInGraceIsPaidAndWhatWasNotServedIsNot() throws {
        var inGrace = try Moves.subscription(in: .grace)
        try inGrace.renew(on: Moves.ground(2), at: try at("2025-03-03T08:00:00"), in: calendar)
        #expect(try local(inGrace) == "2025-03-31T10:00:00")
        var suspended = try Moves.subscription(in: .unpaid)
        #expect(suspended.periodsOwed(at: try at("2025-05-20T00:00:00"), in: calendar) == 0)
        try suspended.renew(on: Moves.ground(2), at: try at("2025-05-20T08:00:00"), in: calendar)
        #expect(suspended.state == .active)
        #expect(try local(suspended) == "2025-06-20T08:00:00")
    }

    @Test func whereSuspendedTimeIsInvoicedItIsPaidBeforeServiceResumes() throws {
        var subscription = try Moves.subscription(
            in: .unpaid,
            terms: try Moves.terms(terminationDays: nil, invoicesSuspendedTime: true)
        )
        let now = try at("2025-05-20T08:00:00")
        #expect(subscription.periodsOwed(at: now, in: calendar) == 2)
        try subscription.renew(on: Moves.ground(2), periods: 2, at: now, in: calendar)
        #expect(subscription.state == .suspended)
        #expect(subscription.periodsOwed(at: now, in: calendar) == 0)
        try subscription.renew(on: Moves.ground(3), at: now, in: calendar)
        #expect(subscription.state == .active)
        #expect(try local(subscription) == "2025-05-31T10:00:00")
    }

    @Test func theRestOfAPeriodIsLostOnlyWhereTheTermsRestart() throws {
        var subscription = try Moves.subscription(in: .active, terms: try Moves.terms(extensionPolicy: .restart))
        try subscription.renew(on: Moves.ground(2), at: try at("2025-02-10T12:00:00"), in: calendar)
        #expect(try local(subscription) == "2025-03-10T12:00:00")
    }

    @Test func aPromiseDelaysSuspensionAndAPaymentEndsIt() throws {
        var subscription = try Moves.subscription(in: .grace)
        let now = try at("2025-03-01T00:00:00")
        let promised = try at("2025-03-20T18:00:00")
        try subscription.postpone(until: promised, reason: "salary on the 20th", at: now)
        #expect(subscription.suspensionDue(in: calendar) == promised)
        try subscription.advance(to: promised - .seconds(1), in: calendar)
        #expect(subscription.state == .grace)
        try subscription.renew(on: Moves.ground(2), at: promised - .seconds(1), in: calendar)
        #expect(subscription.postponedUntil == nil)
        #expect(subscription.postponementReason == nil)
        for (until, reason) in [
            (now, "late"), (now + .seconds(1), ""), (now + .seconds(1), String(repeating: "x", count: 501)),
        ] {
            let error = #expect(throws: DomainError.self) {
                try subscription.postpone(until: until, reason: reason, at: now)
            }
            #expect(error?.code == .invalidValue)
        }
    }

    @Test func aPauseGivesBackExactlyTheTimeThatWasLeft() throws {
        var subscription = try Moves.subscription(in: .active)
        let paused = try at("2025-02-10T10:00:00")
        try subscription.pause(at: paused)
        let credit = try subscription.unusedCredit(at: paused + .seconds(90 * 86_400), basis: .days, in: calendar)
        #expect(credit == (try subscription.unusedCredit(at: paused, basis: .days, in: calendar)))
        #expect(try !subscription.advance(to: paused + .seconds(90 * 86_400), in: calendar))
        try subscription.resume(at: paused + .seconds(10 * 86_400))
        #expect(try local(subscription) == "2025-03-10T10:00:00")
        try subscription.renew(on: Moves.ground(2), at: try at("2025-03-01T00:00:00"), in: calendar)
        #expect(subscription.paidThrough == (try at("2025-03-31T10:00:00")) + .seconds(10 * 86_400))
    }

    @Test func resumingWithoutPaidTimeLeavesADebt() throws {
        var subscription = try Moves.subscription(in: .grace)
        try subscription.suspend(at: try at("2025-03-02T00:00:00"), reason: "abuse")
        #expect(throws: DomainError.self) {
            try subscription.renew(on: Moves.ground(2), at: Moves.later, in: calendar)
        }
        try subscription.resume(at: Moves.later)
        #expect(subscription.state == .suspended)
        #expect(subscription.suspensionCause == .unpaid)
        try subscription.renew(on: Moves.ground(2), at: Moves.later, in: calendar)
        #expect(subscription.state == .active)
    }

    @Test func anUpgradeCreditsWhatIsNotUsed() throws {
        var subscription = try Moves.subscription()
        let start = try at("2025-04-01T00:00:00")
        try subscription.activate(on: Moves.ground(1), periods: 3, at: start, in: calendar)
        let now = try at("2025-04-11T00:00:00")
        #expect(try subscription.unusedCredit(at: now, basis: .days, in: calendar).minorUnits == 2000 + 6000)
        #expect(try subscription.unusedCredit(at: start, basis: .seconds, in: calendar).minorUnits == 9000)
        let bigger = try Moves.terms(price: 5000)
        #expect(ChangePolicy.usual(from: subscription.terms, to: bigger) == .immediately)
        try subscription.change(to: bigger, on: .balance(Samples.id(9)), at: now, in: calendar)
        #expect(try local(subscription) == "2025-05-11T00:00:00")
        #expect(subscription.terms == bigger)
        let dollars = try SubscriptionTerms(packageName: "x", cycle: .monthly, price: .zero(.usd))
        let error = #expect(throws: DomainError.self) {
            try subscription.change(to: dollars, on: Moves.ground(7), at: now, in: calendar)
        }
        #expect(error?.code == .currencyMismatch)
    }

    @Test func aDowngradePaidEarlyBeginsWhenThePaidTimeEnds() throws {
        var subscription = try Moves.subscription(in: .active)
        let smaller = try Moves.terms(price: 700, cycle: .weeks(1))
        #expect(ChangePolicy.usual(from: subscription.terms, to: smaller) == .atPeriodEnd)
        try subscription.scheduleChange(to: smaller)
        try subscription.renew(on: Moves.ground(2), periods: 2, at: try at("2025-02-20T00:00:00"), in: calendar)
        #expect(subscription.terms.price.minorUnits == 3000)
        #expect(throws: DomainError.self) { try subscription.withdrawChange() }
        try subscription.advance(to: try at("2025-03-01T00:00:00"), in: calendar)
        #expect(subscription.state == .active)
        #expect(subscription.terms == smaller)
        #expect(try local(subscription) == "2025-03-14T10:00:00")
    }

    @Test func aScheduledEndIsACancellation() throws {
        var subscription = try Moves.subscription(in: .active)
        try subscription.scheduleCancellation()
        try subscription.advance(to: Moves.later, in: calendar)
        #expect(subscription.state == .cancelled)
        #expect(subscription.endedAt == (try at("2025-02-28T10:00:00")))
        var inGrace = try Moves.subscription(in: .grace)
        try inGrace.scheduleCancellation()
        try inGrace.advance(to: Moves.later, in: calendar)
        #expect(inGrace.state == .cancelled)
    }

    @Test func nothingIsRenewedByItselfUnlessWishedForAndCovered() throws {
        var subscription = try Moves.subscription(in: .active)
        let plenty = Money(minorUnits: 10_000, currency: .kes)
        #expect(try subscription.autoRenewal(for: subscription.nextPrice, fromBalance: plenty) == .off)
        subscription.autoRenews = true
        #expect(
            try subscription.autoRenewal(for: subscription.nextPrice, fromBalance: plenty)
                == .affordable(Money(minorUnits: 3000, currency: .kes))
        )
        let short = Money(minorUnits: 2999, currency: .kes)
        #expect(
            try subscription.autoRenewal(for: subscription.nextPrice, fromBalance: short)
                == .short(Money(minorUnits: 1, currency: .kes))
        )
        #expect(throws: DomainError.self) {
            try subscription.autoRenewal(for: subscription.nextPrice, fromBalance: .zero(.usd))
        }
        try subscription.scheduleCancellation()
        #expect(try subscription.autoRenewal(for: subscription.nextPrice, fromBalance: plenty) == .off)
    }

    @Test(arguments: [
        "payment:00000000-0000-0001-0000-000000000001", "balance:00000000-0000-0001-0000-000000000001", "grant:a:b",
    ])
    func aGroundReadsWhatItWrites(text: String) throws {
        #expect(try #require(RenewalGround(text)).description == text)
        #expect(RenewalGround("payment:x") == nil)
        #expect(RenewalGround("gift") == nil)
    }

    @Test func termsWithoutMeaningAreRefused() throws {
        for body in [
            { try Moves.terms(price: -1) }, { try Moves.terms(cycle: .days(0)) }, { try Moves.terms(graceDays: 91) },
            { try Moves.terms(graceDays: -1) }, { try Moves.terms(terminationDays: -1) },
            { try SubscriptionTerms(packageName: "x", cycle: .monthly, price: .zero(.kes), routerProfile: "") },
            { try SubscriptionTerms(packageName: "x", cycle: .monthly, price: .zero(.kes), throttledProfile: "a\n") },
        ] as [() throws -> SubscriptionTerms] {
            let error = #expect(throws: DomainError.self) { try body() }
            #expect(error?.code == .invalidValue)
        }
    }
}
