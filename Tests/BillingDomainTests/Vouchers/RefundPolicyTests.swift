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

    @Test(arguments: RefundPolicy.allCases)
    func whatWasNeverUsedIsPaidBackInFull(policy: RefundPolicy) throws {
        var voucher = try sold()
        #expect(voucher.refundableAmount(at: start + hour, policy: policy) == price)
        try voucher.disable()
        #expect(voucher.refundableAmount(at: start + hour, policy: policy) == price)
        try voucher.revoke(at: start + hour)
        #expect(voucher.refundableAmount(at: start + hour * 9, policy: policy) == price)
        try voucher.refund(price)
        #expect(voucher.refundableAmount(at: start + hour * 9, policy: policy).isZero)
        #expect(try Samples.voucher().refundableAmount(at: start, policy: policy).isZero)
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
        #expect(voucher.refundableAmount(at: now, policy: .unusedFraction).minorUnits == amount)
        #expect(voucher.refundableAmount(at: now, policy: .nothing).isZero)
        try voucher.revoke(at: now)
        #expect(voucher.refundableAmount(at: now + hour, policy: .unusedFraction).minorUnits == amount)
    }

    @Test func whatEndedByItselfOrHasNoLimitGivesNothing() throws {
        var endless = try sold(VoucherTerms(price: price))
        try endless.activate(at: start, evidence: .log)
        #expect(endless.refundableAmount(at: start, policy: .unusedFraction).isZero)
        for state in [AccessState.expired, .depleted] {
            let voucher = try Samples.voucher(commercial: .sold, access: state)
            #expect(voucher.refundableAmount(at: start, policy: .unusedFraction).isZero)
        }
    }

    @Test func theLargestPriceAndQuotaDoNotOverflow() throws {
        let largest = Money(minorUnits: VoucherTerms.maximumPrice, currency: .usd)
        var voucher = try sold(VoucherTerms(dataQuota: ByteQuota(bytes: .max), price: largest))
        try voucher.activate(at: start, evidence: .log)
        #expect(voucher.refundableAmount(at: start, policy: .unusedFraction) == largest)
        voucher.usage.observe(row: .init(bytesIn: .max / 2 + 1), session: nil, at: start)
        let half = voucher.refundableAmount(at: start, policy: .unusedFraction)
        #expect(half.minorUnits == VoucherTerms.maximumPrice / 2 - 1)
    }
}
