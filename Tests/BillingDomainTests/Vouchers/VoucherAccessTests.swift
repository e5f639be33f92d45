import BillingDomain
import Testing

@Suite("A voucher's access")
struct VoucherAccessTests {
    enum Move: String, CaseIterable {
        case activate
        case improve
        case expire
        case deplete
        case disable
        case enable
        case revoke

        func make(_ voucher: inout Voucher) throws {
            switch self {
            case .activate: try voucher.activate(at: Samples.start, evidence: .activeSession)
            case .improve: try voucher.improveActivation(to: Samples.start, evidence: .loginCallback)
            case .expire: try voucher.expire(at: later)
            case .deplete: try voucher.deplete(at: later)
            case .disable: try voucher.disable()
            case .enable: try voucher.enable()
            case .revoke: try voucher.revoke(at: later)
            }
        }
    }

    /// Every legal move; whatever is not here must be refused.
    static let table: [AccessState: [Move: AccessState]] = [
        .unused: [.activate: .active, .expire: .expired, .disable: .disabled, .revoke: .revoked],
        .active: [.improve: .active, .expire: .expired, .deplete: .depleted, .disable: .disabled, .revoke: .revoked],
        .expired: [:],
        .depleted: [:],
        .disabled: [.enable: .unused, .revoke: .revoked],
        .revoked: [:],
    ]

    /// Three hours from the first login, which has to be within a year.
    private static func terms() throws -> VoucherTerms {
        try Samples.terms(deadlines: VoucherDeadlines(activateAfterCreation: .seconds(365 * 86_400)))
    }

    static let later = Timestamp(secondsSince1970: 2_000_000_000)

    /// Whether the row on the router would have to say something else.
    private static let changesTheRow: Set<Move> = [.disable, .enable]

    @Test(arguments: AccessState.allCases, Move.allCases)
    func everyMoveFromEveryStateIsAsTheTableSays(state: AccessState, move: Move) throws {
        for provisioning in ProvisioningState.allCases {
            try check(move, Samples.voucher(terms: Self.terms(), access: state, provisioning: provisioning))
        }
    }

    private func check(_ move: Move, _ before: Voucher) throws {
        var voucher = before
        if let next = Self.table[before.access]?[move] {
            try move.make(&voucher)
            #expect(voucher.access == next)
            #expect(voucher.endedAt == (next.isFinal ? Self.later : nil))
            #expect(voucher.commercial == before.commercial)
            guard move != .improve else { return }
            let isUnconfirmed = before.provisioning == .present && Self.changesTheRow.contains(move)
            #expect(voucher.provisioning == (isUnconfirmed ? .pending : before.provisioning))
        } else {
            let error = #expect(throws: DomainError.self) { try move.make(&voucher) }
            #expect(error?.code == .illegalMove)
            #expect(error?.message.contains(voucher.maskedCode) == true)
            #expect(voucher == before)
        }
    }

    @Test func aVoucherActivatesOnceAndItsValidityStartsThen() throws {
        var voucher = try Samples.voucher()
        try voucher.activate(at: Samples.start, evidence: .userCounters)
        #expect(voucher.activatedAt == Samples.start)
        #expect(voucher.activationEvidence == .userCounters)
        #expect(voucher.expiresAt == Samples.start + .seconds(3 * 3600))
        #expect(throws: DomainError.self) { try voucher.activate(at: Self.later, evidence: .loginCallback) }
        #expect(voucher.activatedAt == Samples.start)
    }

    @Test func aVoucherWithoutValidityNeverExpiresOnceActive() throws {
        var voucher = try Samples.voucher(terms: VoucherTerms(price: .zero(.ugx)))
        try voucher.activate(at: Samples.start, evidence: .log)
        #expect(voucher.expiresAt == nil)
        #expect(throws: DomainError.self) { try voucher.expire(at: Self.later) }
    }

    @Test func anActiveVoucherDoesNotExpireBeforeItsTime() throws {
        var voucher = try Samples.voucher()
        try voucher.activate(at: Samples.start, evidence: .log)
        let end = Samples.start + .seconds(3 * 3600)
        #expect(throws: DomainError.self) { try voucher.expire(at: end - .microseconds(1)) }
        try voucher.expire(at: end)
        #expect(voucher.access == .expired)
    }

    @Test func enablingGivesBackTheStateBefore() throws {
        var voucher = try Samples.voucher()
        try voucher.disable()
        try voucher.enable()
        #expect(voucher.access == .unused)
        try voucher.activate(at: Samples.start, evidence: .log)
        try voucher.disable()
        try voucher.enable()
        #expect(voucher.access == .active)
        #expect(voucher.expiresAt == Samples.start + .seconds(3 * 3600))
    }

    @Test(arguments: [
        (AccessState.unused, DocumentStatus.pending, RouterPresence.enabled),
        (.active, .active, .enabled),
        (.expired, .expired, .absent),
        (.depleted, .used, .absent),
        (.disabled, .disabled, .disabled),
        (.revoked, .disabled, .absent),
    ])
    func everyStateHasItsStatusWordAndItsPlaceOnTheRouter(
        access: AccessState,
        status: DocumentStatus,
        presence: RouterPresence
    ) throws {
        let voucher = try Samples.voucher(access: access)
        #expect(voucher.documentStatus == status)
        #expect(voucher.desiredPresence == presence)
        #expect(status.accessStates.contains(access))
    }

    @Test func theAllowanceIsUsedUpByBytesInBothDirectionsOrBySessionTime() throws {
        let terms = try VoucherTerms(
            uptimeAllowance: .seconds(60),
            dataQuota: ByteQuota(bytes: 100),
            price: .zero(.ugx)
        )
        var voucher = try Samples.voucher(terms: terms)
        voucher.usage.observe(
            row: .init(uptime: .seconds(59), bytesIn: 50, bytesOut: 49),
            session: nil,
            at: Samples.start
        )
        #expect(!voucher.isAllowanceUsedUp)
        voucher.usage.observe(
            row: .init(uptime: .seconds(59), bytesIn: 50, bytesOut: 50),
            session: nil,
            at: Samples.start
        )
        #expect(voucher.isAllowanceUsedUp)
        var other = try Samples.voucher(terms: terms)
        other.usage.observe(row: .init(uptime: .seconds(60)), session: nil, at: Samples.start)
        #expect(other.isAllowanceUsedUp)
    }
}
