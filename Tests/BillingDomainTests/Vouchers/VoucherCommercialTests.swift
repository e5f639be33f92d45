import BillingDomain
import Testing

@Suite("A voucher's money side")
struct VoucherCommercialTests {
    enum Move: String, CaseIterable {
        case reserve
        case release
        case sell
        case sellToItsReservation
        case refund
        case writeOff

        func make(_ voucher: inout Voucher) throws {
            switch self {
            case .reserve: try voucher.reserve(for: "payment:2", until: now + .seconds(60), at: now)
            case .release: try voucher.release()
            case .sell: try voucher.sell(at: now)
            case .sellToItsReservation: try voucher.sell(at: now, reference: "payment:1")
            case .refund: try voucher.refund()
            case .writeOff: try voucher.writeOff()
            }
        }
    }

    private static let now = Samples.start + .seconds(60)
    private static let seller = BillingDomain.Actor.staff(Samples.id(7))

    /// Every legal move; whatever is not here must be refused.
    static let table: [CommercialState: [Move: CommercialState]] = [
        .generated: [.reserve: .reserved, .sell: .sold, .sellToItsReservation: .sold, .writeOff: .writtenOff],
        .reserved: [.release: .generated, .sellToItsReservation: .sold],
        .sold: [.refund: .refunded, .writeOff: .writtenOff],
        .refunded: [:],
        .writtenOff: [:],
    ]

    /// What the use side forbids beside.
    private static func forbids(_ access: AccessState, _ move: Move) -> Bool {
        switch move {
        case .reserve: access != .unused
        case .sell, .sellToItsReservation: access == .disabled || access == .revoked
        case .refund: !access.isFinal
        case .release, .writeOff: false
        }
    }

    @Test(arguments: CommercialState.allCases, AccessState.allCases)
    func everyMoveFromEveryStateIsAsTheTableSays(commercial: CommercialState, access: AccessState) throws {
        for move in Move.allCases {
            let before = try Samples.voucher(commercial: commercial, access: access)
            var voucher = before
            let next = Self.forbids(access, move) ? nil : Self.table[commercial]?[move]
            guard let next else {
                let error = #expect(throws: DomainError.self) { try move.make(&voucher) }
                #expect(error?.code == .illegalMove)
                #expect(voucher == before)
                continue
            }
            try move.make(&voucher)
            #expect(voucher.commercial == next)
            #expect(voucher.access == access)
            #expect(voucher.soldAt == (next == .sold ? Self.now : nil))
            #expect((voucher.reservedFor != nil) == (next == .reserved))
            #expect((voucher.reservedUntil != nil) == (next == .reserved))
            #expect(voucher.refundedAmount == (next == .refunded ? before.terms.price : nil))
        }
    }

    @Test func aReservationKeepsOthersOutUntilItIsOver() throws {
        var voucher = try Samples.voucher(commercial: .reserved)
        let end = Samples.start + .seconds(600)
        #expect(voucher.isReserved(at: end - .microseconds(1)))
        #expect(!voucher.isReserved(at: end))
        var late = voucher
        try late.sell(at: end, by: Self.seller)
        #expect(late.soldBy == Self.seller)
        late = voucher
        try late.reserve(for: "payment:2", until: end + .seconds(1), at: end)
        #expect(late.reservedFor == "payment:2")
        try voucher.reserve(for: "payment:1", until: end + .seconds(9), at: Self.now)
        #expect(voucher.reservedUntil == end + .seconds(9))
        try voucher.sell(at: end + .seconds(99), reference: "payment:1")
        #expect(voucher.commercial == .sold)
    }

    @Test(arguments: [("", 60), (String(repeating: "p", count: 201), 60), ("p", 0), ("p", -1)])
    func aReservationHasAReferenceAndAFuture(reference: String, seconds: Int) throws {
        var voucher = try Samples.voucher()
        let before = voucher
        #expect(throws: DomainError.self) {
            try voucher.reserve(for: reference, until: Self.now + .seconds(seconds), at: Self.now)
        }
        #expect(voucher == before)
    }

    @Test func whatWasPaidBoundsWhatIsPaidBack() throws {
        var voucher = try Samples.voucher()
        let paid = Money(minorUnits: 200, currency: .usd)
        try voucher.sell(at: Self.now, for: paid)
        #expect(voucher.paidPrice == paid)
        try voucher.revoke(at: Self.now)
        for amount in [Money(minorUnits: 201, currency: .usd), Money(minorUnits: -1, currency: .usd), .zero(.ugx)] {
            let error = #expect(throws: DomainError.self) { try voucher.refund(amount, at: Self.now) }
            #expect(error?.field == "amount")
        }
        try voucher.refund(paid, at: Self.now)
        #expect(voucher.refundedAmount == paid)
        #expect(voucher.refundedAt == Self.now)
    }

    @Test func aVoucherIsSoldInTheCurrencyOfItsPrice() throws {
        var voucher = try Samples.voucher()
        for price in [Money.zero(.ugx), Money(minorUnits: -1, currency: .usd)] {
            #expect(throws: DomainError.self) { try voucher.sell(at: Self.now, for: price) }
        }
        #expect(voucher.commercial == .generated)
    }

    @Test func aVoucherThatMayNoLongerBeBegunIsNotSold() throws {
        let terms = try Samples.terms(deadlines: VoucherDeadlines(activateAfterCreation: .seconds(100)))
        var voucher = try Samples.voucher(terms: terms)
        let end = Samples.start + .seconds(100)
        #expect(throws: DomainError.self) { try voucher.sell(at: end) }
        #expect(throws: DomainError.self) { try voucher.reserve(for: "p", until: end + .seconds(9), at: end) }
        try voucher.expire(at: end)
        #expect(throws: DomainError.self) { try voucher.sell(at: end) }
        try voucher.writeOff()
        #expect(voucher.commercial == .writtenOff)
    }
}
