import BillingDomain
import Testing

@Suite("What is paid back")
struct RefundPolicyTests {
    private let start = Samples.start
    private let hour = Duration.seconds(3600)
    private let price = Money(minorUnits: 250, currency: .usd)

    private func sold(_ terms: VoucherTerms? = nil) throws -> Voucher {
        var voucher = try Samples.voucher(terms: terms)
        try voucher.sell(at: start)
        return voucher
    }

    /// What is paid back in all.
    private func paidBack(
        of voucher: Voucher,
        at instant: Timestamp,
        policy: RefundPolicy,
        _ extensions: [VoucherEntitlement] = []
    ) throws -> Money {
        let parts = voucher.refundable(at: instant, policy: policy, extensions: extensions)
        return try Money.sum(parts.map(\.amount), in: .usd)
    }

    @Test(arguments: RefundPolicy.allCases)
    func whatWasNeverUsedIsPaidBackInFull(policy: RefundPolicy) throws {
        var voucher = try sold()
        #expect(try paidBack(of: voucher, at: start + hour, policy: policy) == price)
        try voucher.disable()
        #expect(try paidBack(of: voucher, at: start + hour, policy: policy) == price)
        try voucher.revoke(at: start + hour)
        #expect(try paidBack(of: voucher, at: start + hour * 9, policy: policy) == price)
        try voucher.refund(price)
        #expect(try paidBack(of: voucher, at: start + hour * 9, policy: policy).isZero)
        #expect(try paidBack(of: Samples.voucher(), at: start, policy: policy).isZero)
    }

    @Test(arguments: [
        // Of three hours, two hours of session time and 1000 bytes.
        (0, 0, Int64(0), Int64(250)),
        (1, 0, 0, 166),
        (1, 1, 0, 125),
        (1, 0, 900, 25),
        (2, 1, 100, 83),
        (3, 0, 0, 0),
        (9, 0, 0, 0),
        (1, 0, 5000, 0),
    ])
    func ofWhatWasUsedTheSmallestUnusedPart(hours: Int, uptime: Int, bytes: Int64, amount: Int64) throws {
        var voucher = try sold(Samples.terms(uptimeAllowance: hour * 2, dataQuota: ByteQuota(bytes: 1000)))
        try voucher.activate(at: start, evidence: .log)
        voucher.usage.observe(row: .init(uptime: hour * uptime, bytesIn: bytes), session: nil, at: start)
        let now = start + hour * hours
        #expect(try paidBack(of: voucher, at: now, policy: .unusedFraction).minorUnits == amount)
        #expect(try paidBack(of: voucher, at: now, policy: .nothing).isZero)
        try voucher.revoke(at: now)
        #expect(try paidBack(of: voucher, at: now + hour, policy: .unusedFraction).minorUnits == amount)
    }

    @Test func whatEndedByItselfOrHasNoLimitGivesNothing() throws {
        var endless = try sold(VoucherTerms(price: price))
        try endless.activate(at: start, evidence: .log)
        #expect(try paidBack(of: endless, at: start, policy: .unusedFraction).isZero)
        for state in [AccessState.expired, .depleted] {
            let voucher = try Samples.voucher(commercial: .sold, access: state)
            #expect(try paidBack(of: voucher, at: start, policy: .unusedFraction).isZero)
        }
    }

    /// A voucher of ten hours for 1000, in use for five of them, to which hours are added.
    private func extended(
        _ hours: Int,
        for price: Int64?,
        policy: VoucherGrant.Policy = .append,
        soldFor: Int64 = 1000
    ) throws -> (voucher: Voucher, extensions: [VoucherEntitlement]) {
        func usd(_ units: Int64) -> Money { Money(minorUnits: units, currency: .usd) }
        var voucher = try Samples.voucher(terms: VoucherTerms(validity: hour * 10, price: usd(1000)))
        try voucher.sell(at: start, for: usd(soldFor), paidInto: .bank)
        try voucher.activate(at: start, evidence: .log)
        let record = try voucher.extend(
            VoucherGrant(time: .elapsed(hour * hours), policy: policy),
            id: Samples.id(9),
            paid: price.map { VoucherPayment(usd($0), account: .safe) },
            by: .system("test"),
            cause: "order:1",
            at: start + hour * 5
        )
        return (voucher, [record])
    }

    @Test(
        "each payment gives back its own unused part, a gift nothing",
        arguments: [
            // Ten hours for nothing, after ten for 1000.
            (nil, 1000, VoucherGrant.Policy.append, [500]),
            // Ten hours for 200, after ten for 1000.
            (200, 1000, .append, [200, 500]),
            // Ten hours for 200, after ten that were a gift.
            (200, 0, .append, [200]),
            // To begin anew forfeits what was left.
            (200, 1000, .restart, [200]),
        ] as [(Int64?, Int64, VoucherGrant.Policy, [Int64])]
    )
    func paymentsAreToldApart(price: Int64?, soldFor: Int64, policy: VoucherGrant.Policy, parts: [Int64]) throws {
        let (voucher, extensions) = try extended(10, for: price, policy: policy, soldFor: soldFor)
        let refundable = voucher.refundable(
            at: start + hour * 5,
            policy: .unusedFraction,
            extensions: extensions
        )
        #expect(refundable.map(\.amount.minorUnits) == parts)
        let half = voucher.refundable(at: start + hour * 15, policy: .unusedFraction, extensions: extensions)
        #expect(half.map(\.amount.minorUnits) == (price == nil || policy == .restart ? [] : [100]))
    }

    @Test func whatWasGrantedIsGivenBackLast() {
        let payment = VoucherPayment(price, account: .bank, granted: Money(minorUnits: 100, currency: .usd))
        #expect(payment.money.minorUnits == 150)
        #expect(payment.part(150).granted.isZero)
        #expect(payment.part(200).granted.minorUnits == 50)
        #expect(payment.part(999) == payment)
        #expect(payment.part(-1).amount.isZero)
    }

    @Test func theLargestPriceAndQuotaDoNotOverflow() throws {
        let largest = Money(minorUnits: VoucherTerms.maximumPrice, currency: .usd)
        var voucher = try sold(VoucherTerms(dataQuota: ByteQuota(bytes: .max), price: largest))
        try voucher.activate(at: start, evidence: .log)
        #expect(try paidBack(of: voucher, at: start, policy: .unusedFraction) == largest)
        voucher.usage.observe(row: .init(bytesIn: .max / 2 + 1), session: nil, at: start)
        let half = try paidBack(of: voucher, at: start, policy: .unusedFraction)
        #expect(half.minorUnits == VoucherTerms.maximumPrice / 2 - 1)
    }
}
