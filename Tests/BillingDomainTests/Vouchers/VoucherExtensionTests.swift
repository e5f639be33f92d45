import BillingDomain
import Testing

@Suite("Extending a voucher")
struct VoucherExtensionTests {
    private let start = Samples.start
    private let hour = Duration.seconds(3600)

    private func extend(_ voucher: inout Voucher, _ grant: VoucherGrant, at instant: Timestamp) throws
        -> VoucherEntitlement
    {
        try voucher.extend(grant, id: Samples.id(9), by: .system("test"), cause: "order:1", at: instant)
    }

    private func limited() throws -> VoucherTerms {
        try Samples.terms(uptimeAllowance: hour * 2, dataQuota: ByteQuota(bytes: 1000))
    }

    private func consume(_ voucher: inout Voucher, bytes: Int64) {
        voucher.usage.observe(row: .init(bytesIn: bytes), session: nil, at: start)
    }

    @Test(arguments: VoucherGrant.Policy.allCases, [1, 2, 3, 4])
    func appendedTimeFollowsTheOldEndAndRestartedTimeThePresent(policy: VoucherGrant.Policy, hours: Int) throws {
        var voucher = try Samples.voucher(access: .active)
        let now = start + hour * hours
        let end = start + hour * 3
        let before = voucher
        let record = try extend(&voucher, VoucherGrant(time: .elapsed(hour), policy: policy), at: now)
        let expected = policy == .append ? max(now, end) + hour : now + hour
        #expect(voucher.expiresAt == expected)
        #expect(record.newEnd == expected)
        #expect(record.previousEnd == before.expiresAt)
        #expect(record.previousAccess == .active)
        #expect(record.voucher == voucher.id)
        #expect(voucher.access == .active)
        #expect(voucher.extensionCount == 1)
        #expect(voucher.desiredUptimeLimit == expected - start)
    }

    @Test func aVoucherIsExtendedAThousandTimesAtMost() throws {
        var voucher = try Samples.voucher(terms: limited(), access: .active)
        for _ in 0..<Voucher.maximumExtensions {
            _ = try extend(&voucher, VoucherGrant(bytes: .mebibytes(1)), at: start)
        }
        let full = voucher
        let refused = #expect(throws: DomainError.self) {
            try extend(&voucher, VoucherGrant(bytes: .mebibytes(1)), at: start)
        }
        #expect(refused?.code == .illegalMove)
        #expect(voucher == full)
    }

    @Test func whatExpiredIsActiveAgainAndItsRowIsWrittenAnew() throws {
        var voucher = try Samples.voucher(access: .active, provisioning: .present)
        try voucher.expire(at: start + hour * 3)
        try voucher.requestRemoval()
        try voucher.markRemoved()
        _ = try extend(&voucher, VoucherGrant(time: .elapsed(hour)), at: start + hour * 5)
        #expect(voucher.access == .active)
        #expect(voucher.expiresAt == start + hour * 6)
        #expect(voucher.endedAt == nil)
        #expect(voucher.provisioning == .pending)
        #expect(voucher.desiredPresence == .enabled)
        #expect(try voucher.endIfDue(at: start + hour * 6))
    }

    @Test func whatIsUsedUpNeedsWhatItLacks() throws {
        var voucher = try Samples.voucher(terms: limited(), access: .active)
        consume(&voucher, bytes: 1000)
        try voucher.deplete(at: start + hour)
        let before = voucher
        let insufficient: [VoucherGrant] = [
            try VoucherGrant(time: .elapsed(hour)), try VoucherGrant(uptime: hour),
        ]
        for grant in insufficient {
            #expect(throws: DomainError.self) { try extend(&voucher, grant, at: start + hour) }
            #expect(voucher == before)
        }
        #expect(throws: DomainError.self) {
            try extend(&voucher, VoucherGrant(bytes: ByteQuota(bytes: 500)), at: start + hour * 9)
        }
        _ = try extend(&voucher, VoucherGrant(bytes: ByteQuota(bytes: 500)), at: start + hour)
        #expect(voucher.access == .active)
        #expect(voucher.dataLimit?.bytes == 1500)
        #expect(voucher.remaining(at: start + hour).bytes == 500)
        #expect(voucher.desiredByteLimit?.bytes == 1500)
    }

    @Test func whatIsOverInBothNeedsBoth() throws {
        var voucher = try Samples.voucher(terms: limited(), access: .active)
        consume(&voucher, bytes: 1000)
        try voucher.deplete(at: start + hour)
        let now = start + hour * 9
        _ = try extend(&voucher, VoucherGrant(time: .elapsed(hour), bytes: ByteQuota(bytes: 1)), at: now)
        #expect(voucher.access == .active)
        #expect(voucher.expiresAt == now + hour)
    }

    @Test(arguments: AccessState.allCases, CommercialState.allCases)
    func aVoucherIsExtendedInEveryStateButWithdrawn(access: AccessState, commercial: CommercialState) throws {
        let terms = try Samples.terms(
            uptimeAllowance: hour,
            dataQuota: ByteQuota(bytes: 10),
            deadlines: VoucherDeadlines(activateAfterCreation: hour)
        )
        var voucher = try Samples.voucher(terms: terms, commercial: commercial, access: access)
        let before = voucher
        let grant = try VoucherGrant(time: .elapsed(hour), bytes: ByteQuota(bytes: 5), uptime: hour)
        if access == .revoked || commercial == .refunded || commercial == .writtenOff {
            let error = #expect(throws: DomainError.self) { try extend(&voucher, grant, at: start) }
            #expect(error?.code == .illegalMove)
            #expect(voucher == before)
        } else {
            let record = try extend(&voucher, grant, at: start)
            #expect(voucher.access == (access.isFinal ? .active : access))
            #expect(record.previousAccess == access)
            #expect(voucher.extraBytes == 5)
            #expect(voucher.uptimeLimit == hour * 2)
            #expect(voucher.commercial == commercial)
        }
    }

    @Test func timeForAnUnusedVoucherMovesTheTimeToBeginIt() throws {
        let deadlines = VoucherDeadlines(activateAfterCreation: hour)
        var voucher = try Samples.voucher(terms: Samples.terms(deadlines: deadlines))
        try voucher.expire(at: start + hour)
        _ = try extend(&voucher, VoucherGrant(time: .days(1)), at: start + hour * 2)
        #expect(voucher.access == .unused)
        #expect(voucher.activateBy == start + hour * 26)
        #expect(voucher.expiresAt == nil)
        try voucher.activate(at: start + hour * 3, evidence: .log)
        #expect(voucher.expiresAt == start + hour * 6)
        var endless = try Samples.voucher()
        #expect(throws: DomainError.self) { try extend(&endless, VoucherGrant(time: .days(1)), at: start) }
    }

    @Test func nothingIsAddedToWhatHasNoLimit() throws {
        var voucher = try Samples.voucher(terms: VoucherTerms(price: .zero(.ugx)))
        let before = voucher
        for grant in [try VoucherGrant(bytes: ByteQuota(bytes: 1)), try VoucherGrant(uptime: hour)] {
            #expect(throws: DomainError.self) { try extend(&voucher, grant, at: start) }
        }
        #expect(voucher == before)
        #expect(throws: DomainError.self) { try VoucherGrant() }
        #expect(throws: DomainError.self) { try VoucherGrant(bytes: ByteQuota(bytes: 0)) }
        #expect(throws: DomainError.self) { try VoucherGrant(time: .days(0)) }
        #expect(throws: DomainError.self) { try VoucherGrant(uptime: .zero) }
    }

    @Test func hugeAdditionsSaturate() throws {
        var voucher = try Samples.voucher(terms: limited(), access: .active)
        for _ in 0..<3 {
            _ = try extend(&voucher, VoucherGrant(bytes: ByteQuota(bytes: .max)), at: start)
        }
        #expect(voucher.dataLimit?.bytes == .max)
        #expect(voucher.remaining(at: start).bytes == .max)
    }

    @Test func atTheEndOfTheDataThePolicyDecides() throws {
        for (policy, access, presence, profile) in [
            (QuotaEndPolicy.cut, AccessState.depleted, RouterPresence.absent, "default"),
            (.throttle(profile: "slow"), .active, .enabled, "slow"),
            (.topUp, .depleted, .disabled, "default"),
        ] {
            let terms = try Samples.terms(dataQuota: ByteQuota(bytes: 10), quotaEnd: policy)
            var voucher = try Samples.voucher(terms: terms, access: .active)
            consume(&voucher, bytes: 10)
            try voucher.endIfDue(at: start)
            #expect(voucher.access == access)
            #expect(voucher.desiredPresence == presence)
            #expect(voucher.desiredProfile == profile)
            #expect(voucher.isThrottled == (profile == "slow"))
            #expect((voucher.desiredByteLimit == nil) == (profile == "slow"))
            #expect(voucher.cleanUpDue == (policy == .topUp ? start + hour * 3 : nil))
            #expect(QuotaEndPolicy(policy.description) == policy)
        }
        #expect(QuotaEndPolicy("throttle:") == nil)
        #expect(QuotaEndPolicy("burst") == nil)
    }

    @Test func whatIsLeftIsShownForEveryLimit() throws {
        var voucher = try Samples.voucher(terms: limited())
        #expect(voucher.remaining(at: start).time == hour * 3)
        try voucher.activate(at: start, evidence: .log)
        voucher.usage.observe(row: .init(uptime: hour, bytesIn: 300), session: nil, at: start)
        let left = voucher.remaining(at: start + hour)
        #expect(left == VoucherRemaining(time: hour * 2, uptime: hour, bytes: 700))
        #expect(left.countdown == hour)
        #expect(left.countdownText == "01:00:00")
        #expect(!left.isOver)
        #expect(VoucherRemaining(time: .seconds(183_845), uptime: nil, bytes: nil).countdownText == "2d 03:04:05")
        #expect(VoucherRemaining(time: nil, uptime: nil, bytes: nil).countdownText == "")
        #expect(voucher.remaining(at: start + hour * 99).isOver)
        try voucher.revoke(at: start)
        #expect(voucher.remaining(at: start) == VoucherRemaining(time: .zero, uptime: .zero, bytes: 0))
    }
}
