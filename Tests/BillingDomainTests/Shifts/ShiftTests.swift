import BillingDomain
import TestSupport
import Testing

@Suite("A shift")
struct ShiftTests {
    enum Move: CaseIterable {
        case record
        case count
        case recount
        case close
        case approve

        func make(_ shift: inout Shift) throws {
            switch self {
            case .record: try shift.record(ShiftTests.movement(.sale, 100))
            case .count: try shift.count(ShiftTests.ugx(1000), by: .staff(Samples.id(1)), at: ShiftTests.later)
            case .recount: try shift.recount()
            case .close: try shift.close(by: .staff(Samples.id(1)), at: ShiftTests.later)
            case .approve: try shift.approve(by: .staff(Samples.id(2)), reason: nil, at: ShiftTests.later)
            }
        }
    }

    /// Every legal move of a drawer that holds what is expected; whatever is not here must be refused.
    static let table: [ShiftState: [Move: ShiftState]] = [
        .open: [.record: .open, .count: .counted],
        .counted: [.recount: .open, .close: .closed, .approve: .approved],
        .closed: [:],
        .approved: [:],
    ]

    static let later = Samples.start + .seconds(3600)

    static func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    static func movement(_ kind: CashMovement.Kind, _ units: Int64, shift: UInt64 = 1) throws -> CashMovement {
        try CashMovement(
            id: Samples.id(1),
            tenant: Samples.id(1),
            shift: Samples.id(shift),
            at: later,
            kind: kind,
            amount: ugx(units),
            actor: .staff(Samples.id(1)),
            cause: "sale",
            reason: "change"
        )
    }

    private func shift(_ state: ShiftState = .open, counted: Money? = nil) -> Shift {
        Shift(
            id: Samples.id(1),
            tenant: Samples.id(1),
            staff: Samples.id(1),
            openingFloat: Self.ugx(1000),
            counted: state == .open ? nil : counted ?? Self.ugx(1000),
            state: state,
            createdAt: Samples.start
        )
    }

    @Test(arguments: ShiftState.allCases, Move.allCases)
    func everyMoveFromEveryStateIsAsTheTableSays(state: ShiftState, move: Move) throws {
        let before = shift(state)
        var after = before
        if let next = Self.table[state]?[move] {
            try move.make(&after)
            #expect(after.state == next)
            #expect((after.endedAt != nil) == next.isFinal)
        } else {
            let error = #expect(throws: DomainError.self) { try move.make(&after) }
            #expect(error?.code == .illegalMove)
            #expect(error?.message.contains(state.rawValue) == true)
            #expect(after == before)
        }
    }

    @Test func expectedFollowsFromWhatMoved() throws {
        var shift = shift()
        for (kind, units) in [
            (CashMovement.Kind.sale, Int64(500)), (.refund, 200), (.cashIn, 50), (.cashOut, 20), (.handOver, 900),
        ] {
            try shift.record(Self.movement(kind, units))
        }
        #expect(try shift.expected() == Self.ugx(430))
        try shift.count(Self.ugx(400), by: .staff(Samples.id(1)), at: Self.later)
        #expect(try shift.difference() == Self.ugx(-30))
    }

    @Test func aDifferenceTakesASecondPersonAndAReason() throws {
        var shift = shift(.counted, counted: Self.ugx(970))
        let owner = BillingDomain.Actor.staff(Samples.id(1))
        let other = BillingDomain.Actor.staff(Samples.id(2))
        let before = shift
        #expect(throws: DomainError.self) { try shift.close(by: other, at: Self.later) }
        #expect(throws: DomainError.self) { try shift.close(by: other, tolerance: Self.ugx(29), at: Self.later) }
        #expect(throws: DomainError.self) { try shift.approve(by: owner, reason: "lost", at: Self.later) }
        #expect(throws: DomainError.self) { try shift.approve(by: other, reason: "", at: Self.later) }
        #expect(shift == before)
        var tolerated = shift
        try tolerated.close(by: owner, tolerance: Self.ugx(30), at: Self.later)
        #expect(tolerated.state == .closed)
        try shift.approve(by: other, reason: "a torn note", at: Self.later)
        #expect(shift.endedBy == other)
        #expect(shift.reason == "a torn note")
    }

    @Test func whoeverCountsADrawerApprovesNoDifferenceInIt() throws {
        let counter = BillingDomain.Actor.staff(Samples.id(2))
        for (units, isApproved) in [(Int64(1000), true), (999, false), (1001, false)] {
            var shift = shift()
            try shift.count(Self.ugx(units), by: counter, at: Self.later)
            #expect(shift.countedBy == counter)
            if isApproved {
                try shift.approve(by: counter, reason: nil, at: Self.later)
            } else {
                let error = #expect(throws: DomainError.self) {
                    try shift.approve(by: counter, reason: "lost", at: Self.later)
                }
                #expect(error?.code == .illegalMove)
                try shift.approve(by: .staff(Samples.id(3)), reason: "lost", at: Self.later)
            }
            #expect(shift.state == .approved)
        }
        var again = shift()
        try again.count(Self.ugx(999), by: counter, at: Self.later)
        try again.recount()
        #expect(again.countedBy == nil)
    }

    @Test func nothingGoesOutThatIsNotThereAndNothingOfAnotherShiftComesIn() throws {
        var shift = shift()
        let before = shift
        #expect(throws: DomainError.self) { try shift.record(Self.movement(.handOver, 1001)) }
        #expect(throws: DomainError.self) { try shift.record(Self.movement(.sale, 1, shift: 2)) }
        #expect(throws: DomainError.self) { try shift.record(Self.movement(.sale, .max)) }
        #expect(throws: DomainError.self) { try shift.count(Self.ugx(-1), by: .system("s"), at: Self.later) }
        #expect(throws: DomainError.self) { try shift.count(.zero(.usd), by: .system("s"), at: Self.later) }
        #expect(shift == before)
        #expect(throws: DomainError.self) { try Self.movement(.sale, 0) }
    }

    @Test func aRandomRunAgreesWithAPlainSum() throws {
        var random = SplitMix64(seed: 3)
        var shift = shift()
        var expected: Int64 = 1000
        for _ in 0..<2000 {
            let kind = CashMovement.Kind.allCases[Int(random.next() % 5)]
            let units = Int64(1 + random.next() % 400)
            let signed = kind.comesIn ? units : -units
            if kind.comesIn || expected + signed >= 0 {
                try shift.record(Self.movement(kind, units))
                expected += signed
            } else {
                #expect(throws: DomainError.self) { try shift.record(Self.movement(kind, units)) }
            }
        }
        #expect(try shift.expected() == Self.ugx(expected))
    }
}
