import BillingDomain
import TestSupport
import Testing

@Suite("The moves of a subscription")
struct SubscriptionMovesTests {
    static let calendar = TransitionCalendar.london
    static let start = Timestamp("2025-01-31T10:00:00Z") ?? Samples.start
    static let later = start + .seconds(40 * 86_400)

    enum Standing: String, CaseIterable {
        case pendingPayment
        case active
        case grace
        case unpaid
        case byHand
        case paused
        case terminated
        case cancelled
    }

    enum Move: String, CaseIterable {
        case activate
        case amend
        case renew
        case change
        case scheduleChange
        case withdrawChange
        case scheduleCancellation
        case withdrawCancellation
        case lapse
        case postpone
        case suspend
        case resume
        case pause
        case terminate
        case cancel
    }

    static func ground(_ number: UInt64) -> RenewalGround { .payment(Samples.id(number)) }

    static func terms(
        price: Int64 = 3000,
        cycle: BillingCycle = .monthly,
        graceDays: Int = 5,
        extensionPolicy: ExtensionPolicy = .append,
        terminationDays: Int? = 60,
        invoicesSuspendedTime: Bool = false,
        graceService: GraceService = .throttled
    ) throws -> SubscriptionTerms {
        try SubscriptionTerms(
            packageName: "Home 5M",
            cycle: cycle,
            price: Money(minorUnits: price, currency: .kes),
            routerProfile: "home",
            throttledProfile: "slow",
            graceDays: graceDays,
            graceService: graceService,
            terminationDays: terminationDays,
            extensionPolicy: extensionPolicy,
            allowsPause: true,
            invoicesSuspendedTime: invoicesSuspendedTime
        )
    }

    static func subscription(_ terms: SubscriptionTerms? = nil) throws -> Subscription {
        Subscription(
            id: Samples.id(1),
            tenant: Samples.id(1),
            customer: Samples.id(1),
            kind: .pppoe,
            terms: try terms ?? self.terms(),
            createdAt: start
        )
    }

    static func subscription(in standing: Standing, terms: SubscriptionTerms? = nil) throws -> Subscription {
        var subscription = try subscription(terms)
        guard standing != .pendingPayment else { return subscription }
        try subscription.activate(on: ground(1), at: start, in: calendar)
        switch standing {
        case .pendingPayment, .active: break
        case .grace: try subscription.lapse(at: start + .seconds(28 * 86_400), in: calendar)
        case .unpaid: try subscription.advance(to: later, in: calendar)
        case .byHand: try subscription.suspend(at: start + .seconds(86_400), reason: "abuse")
        case .paused: try subscription.pause(at: start + .seconds(86_400))
        case .terminated: try subscription.terminate(at: start, reason: "moved")
        case .cancelled: try subscription.cancel(at: start)
        }
        return subscription
    }

    /// The table of ``Subscription``, at an instant when all paid time and grace is over.
    static func expected(_ move: Move, from standing: Standing) -> Set<SubscriptionState>? {
        switch (move, standing) {
        case (.activate, .pendingPayment): [.active]
        case (.amend, .pendingPayment): [.pendingPayment]
        case (.renew, .active), (.renew, .unpaid), (.change, .active), (.change, .grace), (.change, .unpaid): [.active]
        case (.renew, .grace): [.active]
        case (.scheduleChange, .active), (.scheduleCancellation, .active): [.active]
        case (.scheduleChange, .grace), (.scheduleCancellation, .grace): [.grace]
        case (.lapse, .active), (.lapse, .grace): [.suspended]
        case (.postpone, .active): [.active]
        case (.postpone, .grace), (.postpone, .unpaid): [.grace]
        case (.suspend, .active), (.suspend, .grace), (.suspend, .unpaid), (.suspend, .paused): [.suspended]
        case (.resume, .byHand), (.resume, .paused): [.active]
        case (.terminate, .pendingPayment), (.terminate, .terminated), (.terminate, .cancelled): nil
        case (.terminate, _): [.terminated]
        case (.cancel, .terminated), (.cancel, .cancelled): nil
        case (.cancel, _): [.cancelled]
        // A paid period that is over cannot be paused; nothing is scheduled that could be withdrawn.
        case (.pause, .active): nil
        default: nil
        }
    }

    static func make(_ move: Move, _ subscription: inout Subscription, at instant: Timestamp) throws {
        let other = try terms(price: 5000)
        switch move {
        case .activate: try subscription.activate(on: ground(2), at: instant, in: calendar)
        case .amend: try subscription.amend(to: other)
        case .renew: try subscription.renew(on: ground(2), periods: 2, at: instant, in: calendar)
        case .change: try subscription.change(to: other, on: ground(2), at: instant, in: calendar)
        case .scheduleChange: try subscription.scheduleChange(to: other)
        case .withdrawChange: try subscription.withdrawChange()
        case .scheduleCancellation: try subscription.scheduleCancellation()
        case .withdrawCancellation: try subscription.withdrawCancellation()
        case .lapse: try subscription.lapse(at: instant, in: calendar)
        case .postpone: try subscription.postpone(until: instant + .seconds(60), reason: "promised", at: instant)
        case .suspend: try subscription.suspend(at: instant, reason: "abuse")
        case .resume: try subscription.resume(at: instant)
        case .pause: try subscription.pause(at: instant)
        case .terminate: try subscription.terminate(at: instant, reason: "gone")
        case .cancel: try subscription.cancel(at: instant)
        }
    }

    @Test(arguments: Move.allCases, Standing.allCases)
    func everyMoveFromEveryStateIsAsTheTableSays(move: Move, standing: Standing) throws {
        let before = try Self.subscription(in: standing)
        var subscription = before
        let expected = Self.expected(move, from: standing)
        do {
            try Self.make(move, &subscription, at: Self.later)
            #expect(expected?.contains(subscription.state) == true, "\(subscription.state)")
        } catch let error as DomainError {
            #expect(expected == nil, "\(error)")
            #expect(error.code == .illegalMove)
            #expect(error.message.contains(before.state.rawValue))
            #expect(subscription == before)
        }
    }

    @Test func whatIsScheduledCanBeWithdrawnAndAPaidPeriodCanBePaused() throws {
        var subscription = try Self.subscription(in: .active)
        try subscription.scheduleChange(to: try Self.terms(price: 1))
        try subscription.withdrawChange()
        try subscription.scheduleCancellation()
        try subscription.withdrawCancellation()
        #expect(subscription == (try Self.subscription(in: .active)))
        try subscription.pause(at: Self.start)
        #expect(subscription.state == .paused)
        #expect(subscription.servedProfile == nil)
    }

    @Test func aRandomLifeNeverLeavesTheTableAndNeverServesUnpaidTime() throws {
        var random = SplitMix64(seed: 2026)
        for life in 0..<300 {
            var terms = try Self.terms(cycle: CycleScheduleTests.cycles[life % CycleScheduleTests.cycles.count])
            if life % 3 == 0 { terms = try Self.terms(extensionPolicy: .restart, invoicesSuspendedTime: life % 2 == 0) }
            var subscription = try Self.subscription(terms)
            var now = Self.start
            for step in 0..<60 {
                now = now + .seconds(Int64.random(in: 0...1_000_000, using: &random))
                try subscription.advance(to: now, in: Self.calendar)
                let before = subscription
                let move = Move.allCases.dropLast(life % 4 == 0 ? 0 : 2).randomElement(using: &random) ?? .renew
                do {
                    if move == .renew {
                        let ground = Self.ground(UInt64(100 + step))
                        try subscription.renew(on: ground, at: now, in: Self.calendar)
                    } else {
                        try Self.make(move, &subscription, at: now)
                    }
                } catch let error as DomainError {
                    #expect([.illegalMove, .currencyMismatch].contains(error.code))
                    #expect(subscription == before)
                }
                switch subscription.state {
                case .active: #expect(try #require(subscription.paidThrough) > now)
                case .grace: #expect(try #require(subscription.suspensionDue(in: Self.calendar)) >= now)
                default: #expect(subscription.servedProfile == nil)
                }
                let credit = try subscription.unusedCredit(at: now, basis: .days, in: Self.calendar)
                #expect(!credit.isNegative)
                #expect((subscription.suspensionCause == nil) == (subscription.state != .suspended))
            }
        }
    }
}
