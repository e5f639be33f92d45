import BillingDomain
import TestSupport
import Testing

/// Random moves, legal or not, against what must hold of every voucher whatever happened to it.
@Suite("A voucher under random moves")
struct VoucherRandomRunTests {
    private static let terms: [VoucherTerms] = {
        let hour = Duration.seconds(3600)
        let deadlines = VoucherDeadlines(
            activateAfterCreation: hour * 20,
            activateAfterPurchase: hour * 10,
            useAfterActivation: hour * 40
        )
        var all: [VoucherTerms] = []
        for rule in StartRule.allCases {
            for action in [ExpiryRule.Action.keep, .remove, .notice, .moveTo(profile: "pay")] {
                for quotaEnd in [QuotaEndPolicy.cut, .topUp, .throttle(profile: "slow")] {
                    guard
                        let terms = try? Samples.terms(
                            validityPeriod: .days(1),
                            uptimeAllowance: hour * 4,
                            dataQuota: ByteQuota(bytes: 1000),
                            quotaEnd: quotaEnd,
                            locksToDevice: true,
                            startRule: rule,
                            expiryRule: ExpiryRule(action, after: hour * 2),
                            deadlines: deadlines
                        )
                    else { continue }
                    all.append(terms)
                }
            }
        }
        return all
    }()

    @Test(arguments: 1...20)
    func whatMustHoldHolds(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for terms in Self.terms {
            var now = Samples.start
            var voucher = try Samples.voucher(terms: terms)
            try voucher.issue()
            for _ in 0..<60 {
                now = now + .seconds(Int.random(in: 0...7200, using: &random))
                let before = voucher
                do {
                    try Self.move(&voucher, now, &random)
                } catch let error as DomainError {
                    #expect(voucher == before, "\(error)")
                    continue
                }
                Self.check(voucher, before, now)
            }
        }
    }

    private static func move(_ voucher: inout Voucher, _ now: Timestamp, _ random: inout SplitMix64) throws {
        let small = Int.random(in: 0...9, using: &random)
        switch Int.random(in: 0...20, using: &random) {
        case 0: try voucher.reserve(for: "payment:\(small % 2)", until: now + .seconds(600), at: now)
        case 1: try voucher.release()
        case 2: try voucher.sell(at: now, reference: small < 5 ? "payment:0" : nil)
        case 3: try voucher.revoke(at: now)
        case 4: try voucher.refund(refundable(voucher, at: now), at: now)
        case 5: if small == 0 { try voucher.writeOff() }
        case 6, 7: try voucher.activate(at: now, evidence: .userCounters, notBefore: now - .seconds(600))
        case 8: try voucher.improveActivation(to: now - .seconds(small * 90), evidence: .loginCallback)
        case 9: try voucher.expire(at: now)
        case 10: try voucher.disable()
        case 11: try voucher.enable()
        case 12, 13: try voucher.endIfDue(at: now)
        case 14: try voucher.cleanUp(at: now)
        case 15: _ = try voucher.transfer(toRouter: Samples.id(UInt64(small)))
        case 16: try voucher.transfer(toCustomer: Samples.id(UInt64(small)))
        case 17: _ = try voucher.meet(#require(DeviceAddress("AA:BB:CC:00:11:2\(small)")))
        case 18:
            let counters = VoucherUsage.Counters(uptime: .seconds(small * 900), bytesIn: Int64(small) * 110)
            voucher.usage.observe(row: counters, session: nil, at: now)
        default:
            let grant = try VoucherGrant(
                time: small < 6 ? .days(1 + small) : nil,
                policy: small % 2 == 0 ? .append : .restart,
                bytes: small > 3 ? ByteQuota(bytes: 200) : nil,
                uptime: small > 7 ? .seconds(600) : nil
            )
            _ = try voucher.extend(grant, id: Samples.id(1), by: .system("run"), cause: "run", at: now)
        }
    }

    private static func refundable(_ voucher: Voucher, at now: Timestamp) -> Money {
        let parts = voucher.refundable(at: now, policy: .unusedFraction)
        return Money(minorUnits: parts.reduce(0) { $0 + $1.amount.minorUnits }, currency: voucher.paidPrice.currency)
    }

    private static func check(_ voucher: Voucher, _ before: Voucher, _ now: Timestamp) {
        #expect(voucher.access.isFinal == (voucher.endedAt != nil))
        #expect((voucher.activatedAt != nil) == (voucher.activationEvidence != nil))
        #expect((voucher.commercial == .reserved) == (voucher.reservedFor != nil))
        if voucher.access == .active || voucher.access == .depleted { #expect(voucher.activatedAt != nil) }
        if voucher.access == .unused { #expect(voucher.activatedAt == nil) }
        if let first = before.activatedAt {
            #expect(voucher.activatedAt.map { $0 <= first } == true, "a first login is neither lost nor moved later")
        }
        if before.access == .revoked { #expect(voucher.access == .revoked) }
        if before.commercial == .refunded { #expect(voucher.commercial == .refunded) }
        if before.commercial == .writtenOff { #expect(voucher.commercial == .writtenOff) }
        if before.access.isFinal, !voucher.access.isFinal {
            #expect(voucher.extensionCount == before.extensionCount + 1)
        }
        if voucher.commercial == .refunded { #expect(voucher.access.isFinal) }
        #expect(voucher.desiredPresence != .enabled || !voucher.access.isFinal || voucher.cleanedUpAt != nil)
        #expect((0...voucher.paidPrice.minorUnits).contains(refundable(voucher, at: now).minorUnits))
        if let refunded = voucher.refundedAmount { #expect(refunded.minorUnits <= voucher.paidPrice.minorUnits) }
        let left = voucher.remaining(at: now)
        #expect((left.bytes ?? 0) >= 0 && (left.time ?? .zero) >= .zero && (left.uptime ?? .zero) >= .zero)
    }
}
