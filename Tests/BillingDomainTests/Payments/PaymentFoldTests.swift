import BillingDomain
import TestSupport
import Testing

@Suite("A payment and its events")
struct PaymentFoldTests {
    static let asked = Money(minorUnits: 1000, currency: .kes)

    static func kes(_ units: Int64) -> Money { Money(minorUnits: units, currency: .kes) }

    static func payment(_ events: [PaymentEvent] = []) throws -> Payment {
        try Payment(
            id: Samples.id(1),
            tenant: Samples.id(1),
            method: .gateway("mpesa"),
            amount: asked,
            purpose: .topUp,
            publicReference: "P-0001",
            events: events,
            createdAt: Samples.start
        )
    }

    @Test(
        "a fee of the payer lies between nothing and all that is paid",
        arguments: [-1, 1_001, .max, 0, 1_000] as [Int64]
    )
    func payerFeeIsAPartOfTheAmount(fee: Int64) throws {
        func paid() throws -> Payment {
            try Payment(
                id: Samples.id(1),
                tenant: Samples.id(1),
                method: .cash,
                amount: Self.asked,
                payerFee: Self.kes(fee),
                purpose: .topUp,
                publicReference: "P-0001",
                createdAt: Samples.start
            )
        }
        guard !(0...1_000).contains(fee) else { return #expect(try paid().payerFee == Self.kes(fee)) }
        let error = #expect(throws: DomainError.self) { _ = try paid() }
        #expect(error?.code == .invalidValue)
        #expect(error?.field == "payerFee")
    }

    static func event(_ kind: PaymentEvent.Kind, _ seconds: Int64 = 0) throws -> PaymentEvent {
        try PaymentEvent(kind, at: Samples.start + .seconds(seconds))
    }

    static let histories: [[PaymentEvent.Kind]] = [
        [.pending(reference: "a"), .settled(amount: kes(1000), fee: nil, reference: "R1"), .failed(reason: "late")],
        [
            .settled(amount: kes(1000), fee: nil, reference: "R1"),
            .settled(amount: kes(1000), fee: kes(15), reference: "R1"),
            .refundRequested(amount: kes(400), key: "k"), .refunded(amount: kes(400), reference: "F1", key: "k"),
            .expired,
        ],
        [
            .settled(amount: kes(900), fee: nil, reference: "R1"),
            .released(captured: kes(900), foreign: [], by: "staff:1"),
            .refunded(amount: kes(900), reference: "F1", key: nil), .cancelled(reason: "payer"),
        ],
        [
            .settled(amount: kes(1000), fee: nil, reference: "R1"),
            .settled(amount: kes(999), fee: nil, reference: "R1"),
            .chargedBack(amount: kes(1000), reference: "C1"), .refundFailed(key: "k"),
        ],
        [
            .settled(amount: Money(minorUnits: 10, currency: .usd), fee: nil, reference: "R1"),
            .settled(amount: kes(1000), fee: nil, reference: "R2"), .pending(reference: "a"), .expired,
        ],
        [.refunded(amount: kes(5), reference: "F1", key: nil), .failed(reason: "x"), .cancelled(reason: "y")],
    ]

    @Test(arguments: histories.indices)
    func eventsInAnyOrderAndTwiceGiveOnePayment(history: Int) throws {
        let events = try Self.histories[history].enumerated().map { try Self.event($1, Int64($0 / 2)) }
        let reference = try Self.payment(events)
        for order in permutations(events) {
            var payment = try Self.payment()
            for event in order {
                let isNew = payment.record(event)
                let isNewAgain = payment.record(event)
                #expect(isNew && !isNewAgain)
            }
            for event in order.reversed() { payment.record(event) }
            #expect(payment == reference)
            #expect(payment.status == reference.status)
        }
    }

    private func permutations(_ events: [PaymentEvent]) -> [[PaymentEvent]] {
        guard let first = events.first else { return [[]] }
        return permutations(Array(events.dropFirst())).flatMap { rest in
            (0...rest.count).map { Array(rest[..<$0]) + [first] + Array(rest[$0...]) }
        }
    }

    @Test(
        arguments: zip(
            [
                [], [.pending(reference: "a")], [.expired, .pending(reference: "a")], [.failed(reason: "x"), .expired],
                [.cancelled(reason: "x"), .failed(reason: "x")],
                [.settled(amount: kes(1000), fee: nil, reference: "R"), .cancelled(reason: "x")],
                [.settled(amount: kes(999), fee: nil, reference: "R")],
                [.settled(amount: kes(1001), fee: nil, reference: "R")],
                [.settled(amount: Money(minorUnits: 1000, currency: .usd), fee: nil, reference: "R")],
                [
                    .settled(amount: kes(500), fee: nil, reference: "R1"),
                    .settled(amount: kes(500), fee: nil, reference: "R2"),
                ],
                [
                    .settled(amount: kes(1000), fee: nil, reference: "R1"),
                    .settled(amount: kes(1000), fee: nil, reference: "R2"),
                ],
                [
                    .settled(amount: kes(999), fee: nil, reference: "R"),
                    .released(captured: kes(999), foreign: [], by: "s"),
                ],
                [
                    .settled(amount: kes(999), fee: nil, reference: "R"),
                    .released(captured: kes(998), foreign: [], by: "s"),
                ],
                [
                    .settled(amount: kes(1000), fee: nil, reference: "R"),
                    .refunded(amount: kes(1), reference: "F", key: nil),
                ],
                [
                    .settled(amount: kes(1000), fee: nil, reference: "R"),
                    .refunded(amount: kes(1000), reference: "F", key: nil),
                ],
                [
                    .settled(amount: kes(1000), fee: nil, reference: "R"),
                    .refunded(amount: kes(1001), reference: "F", key: nil),
                    .released(captured: kes(1000), foreign: [], by: "s"),
                ],
                [
                    .settled(amount: kes(1000), fee: nil, reference: "R"),
                    .chargedBack(amount: kes(1000), reference: "C"),
                ],
            ] as [[PaymentEvent.Kind]],
            [
                .initiated, .pending, .expired, .failed, .cancelled, .settled, .quarantined, .quarantined, .quarantined,
                .settled, .quarantined, .settled, .quarantined, .partlyRefunded, .refunded, .quarantined, .chargedBack,
            ] as [PaymentStatus]
        )
    )
    func theStatusIsWhatTheEventsSay(kinds: [PaymentEvent.Kind], status: PaymentStatus) throws {
        let payment = try Self.payment(try kinds.map { try Self.event($0) })
        #expect(payment.status == status)
        #expect(payment.status.grantsService == (status == .settled))
        #expect(payment.refundable(in: payment.captured.currency).minorUnits <= payment.captured.minorUnits)
    }

    @Test func oneReceiptNamedByTwoCallbacksCountsOnce() throws {
        let payment = try Self.payment([
            try Self.event(.settled(amount: Self.asked, fee: nil, reference: "NLJ7"), 5),
            try Self.event(.settled(amount: Self.asked, fee: Self.kes(12), reference: "NLJ7"), 3),
        ])
        #expect(payment.captured == Self.asked)
        #expect(payment.fee == Self.kes(12))
        #expect(payment.settledAt == Samples.start + .seconds(3))
    }

    @Test func moneyThatComesAfterItWasGivenUpIsLateButCounts() throws {
        var payment = try Self.payment([try Self.event(.expired)])
        payment.record(try Self.event(.settled(amount: Self.asked, fee: nil, reference: "R"), 90))
        #expect(payment.status == .settled)
        #expect(payment.isLate)
    }

    @Test func whatAChargebackLeavesCanBeAskedBack() throws {
        var payment = try Self.payment([
            try Self.event(.settled(amount: Self.asked, fee: nil, reference: "R")),
            try Self.event(.chargedBack(amount: Self.kes(400), reference: "C"), 1),
        ])
        #expect(throws: DomainError.self) {
            try payment.requestRefund(of: Self.kes(601), key: "k", at: Samples.start + .seconds(2))
        }
        try payment.requestRefund(of: Self.kes(600), key: "k", at: Samples.start + .seconds(2))
        #expect(payment.refundable(in: .kes).isZero)
        #expect(payment.status == .chargedBack)
    }

    @Test func aReleaseHoldsForWhatWasKnownWhateverTheClocksOfGatewaysSay() throws {
        let foreign = Money(minorUnits: 7, currency: .usd)
        let release = PaymentEvent.Kind.released(captured: Self.asked, foreign: [foreign], by: "s")
        var payment = try Self.payment([
            try Self.event(.settled(amount: Self.asked, fee: nil, reference: "R1"), 90),
            try Self.event(.settled(amount: foreign, fee: nil, reference: "R2"), 5),
            try Self.event(.released(captured: Self.asked, foreign: [], by: "s"), 6),
        ])
        #expect(payment.status == .quarantined)
        #expect(payment.foreign == [foreign])
        payment.record(try Self.event(release, 4))
        #expect(payment.status == .settled)
        // It is heard of afterwards and has happened before.
        payment.record(try Self.event(.settled(amount: foreign, fee: nil, reference: "R3"), 3))
        #expect(payment.status == .quarantined)
    }

    @Test func moneyOfEveryCurrencyGoesBackInItsOwn() throws {
        let foreign = Money(minorUnits: 7, currency: .usd)
        var payment = try Self.payment([
            try Self.event(.settled(amount: Self.asked, fee: nil, reference: "R1")),
            try Self.event(.settled(amount: foreign, fee: nil, reference: "R2")),
            try Self.event(.released(captured: Self.asked, foreign: [foreign], by: "s")),
        ])
        let more = Money(minorUnits: 8, currency: .usd)
        #expect(throws: DomainError.self) { try payment.requestRefund(of: more, key: "d", at: Samples.start) }
        #expect(throws: DomainError.self) { try payment.requestRefund(of: .zero(.ugx), key: "d", at: Samples.start) }
        try payment.requestRefund(of: Self.asked, key: "k", at: Samples.start)
        payment.record(try Self.event(.refunded(amount: Self.asked, reference: "F1", key: "k"), 1))
        #expect(payment.status == .partlyRefunded)
        try payment.requestRefund(of: foreign, key: "d", at: Samples.start)
        #expect(payment.refundable(in: .usd).isZero)
        payment.record(try Self.event(.refunded(amount: foreign, reference: "F2", key: "d"), 2))
        #expect(payment.status == .refunded)
    }

    @Test(
        arguments: [
            .refunded(amount: Money(minorUnits: 7, currency: .usd), reference: "F", key: nil),
            .chargedBack(amount: Money(minorUnits: 7, currency: .usd), reference: "C"),
        ] as [PaymentEvent.Kind]
    )
    func whatGoesBackOfACurrencyThatNeverCameInIsQuarantinedAndHoldsNothingUp(kind: PaymentEvent.Kind) throws {
        var payment = try Self.payment([
            try Self.event(.settled(amount: Self.asked, fee: nil, reference: "R")), try Self.event(kind, 1),
        ])
        #expect(payment.status == .quarantined)
        #expect(payment.discrepancies == [.overRefunded])
        #expect(!payment.awaitsRelease)
        try payment.requestRefund(of: Self.asked, key: "k", at: Samples.start)
        #expect(payment.refundable(in: .kes).isZero)
    }

    @Test func neverMoreGoesBackThanCameIn() throws {
        var payment = try Self.payment()
        let now = Samples.start
        let early = #expect(throws: DomainError.self) { try payment.requestRefund(of: Self.kes(1), key: "k", at: now) }
        #expect(early?.code == .illegalMove)
        payment.record(try Self.event(.settled(amount: Self.asked, fee: nil, reference: "R")))
        try payment.requestRefund(of: Self.kes(600), key: "k1", at: now)
        try payment.requestRefund(of: Self.kes(600), key: "k1", at: now + .seconds(9))
        #expect(payment.refundPending == Self.kes(600))
        #expect(payment.refundable(in: .kes) == Self.kes(400))
        let more = #expect(throws: DomainError.self) {
            try payment.requestRefund(of: Self.kes(401), key: "k2", at: now)
        }
        #expect(more?.code == .invalidValue)
        let other = #expect(throws: DomainError.self) { try payment.requestRefund(of: Self.kes(1), key: "k1", at: now) }
        #expect(other?.code == .illegalMove)
        #expect(throws: DomainError.self) { try payment.requestRefund(of: .zero(.kes), key: "k3", at: now) }
        payment.record(try Self.event(.refundFailed(key: "k1"), 1))
        #expect(payment.refundable(in: .kes) == Self.asked)
        try payment.requestRefund(of: Self.asked, key: "k4", at: now)
        payment.record(try Self.event(.refunded(amount: Self.asked, reference: "F", key: "k4"), 2))
        #expect(payment.status == .refunded)
        #expect(payment.refundable(in: .kes).isZero)
    }

    @Test func eventsWithoutMeaningAreRefused() {
        for kind in [
            .settled(amount: Self.kes(0), fee: nil, reference: "R"),
            .settled(amount: Self.kes(-5), fee: nil, reference: "R"),
            .settled(amount: Self.kes(5), fee: Self.kes(-1), reference: "R"),
            .settled(amount: Self.kes(5), fee: .zero(.usd), reference: "R"),
            .settled(amount: Self.kes(5), fee: nil, reference: ""),
            .pending(reference: String(repeating: "x", count: 201)),
            .refunded(amount: Self.kes(5), reference: "R", key: ""), .chargedBack(amount: Self.kes(-5), reference: "R"),
        ] as [PaymentEvent.Kind] {
            #expect(throws: DomainError.self) { try PaymentEvent(kind, at: Samples.start) }
        }
        #expect(throws: DomainError.self) {
            try Payment(
                id: Samples.id(1),
                tenant: Samples.id(1),
                method: .cash,
                amount: .zero(.kes),
                purpose: .topUp,
                publicReference: "P",
                createdAt: Samples.start
            )
        }
    }

    @Test func absurdAmountsDoNotTrap() throws {
        let payment = try Self.payment([
            try Self.event(.settled(amount: Self.kes(.max), fee: nil, reference: "R1")),
            try Self.event(.settled(amount: Self.kes(.max), fee: nil, reference: "R2")),
            try Self.event(.refunded(amount: Self.kes(.max), reference: "F", key: nil)),
            try Self.event(.chargedBack(amount: Self.kes(.max), reference: "C")),
        ])
        #expect(payment.status == .quarantined)
        #expect(payment.refundable(in: .kes).isZero)
    }
}
