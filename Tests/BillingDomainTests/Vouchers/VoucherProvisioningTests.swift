import BillingDomain
import Testing

@Suite("A voucher's agreement with its router")
struct VoucherProvisioningTests {
    enum Move: String, CaseIterable {
        case request
        case present
        case drifted
        case removal
        case removed
        case failed

        func make(_ voucher: inout Voucher) throws {
            switch self {
            case .request: try voucher.requestProvisioning()
            case .present: try voucher.markPresent()
            case .drifted: try voucher.markDrifted("limit-uptime")
            case .removal: try voucher.requestRemoval()
            case .removed: try voucher.markRemoved()
            case .failed: try voucher.markFailed("no such profile")
            }
        }
    }

    /// Every legal move; whatever is not here must be refused.
    static let table: [ProvisioningState: [Move: ProvisioningState]] = [
        .pending: [
            .request: .pending, .present: .present, .drifted: .drifted, .removal: .removing, .failed: .failed,
        ],
        .present: [
            .request: .present, .present: .present, .drifted: .drifted, .removal: .removing, .failed: .failed,
        ],
        .drifted: [
            .request: .pending, .present: .present, .drifted: .drifted, .removal: .removing, .failed: .failed,
        ],
        .removing: [.request: .pending, .removal: .removing, .removed: .removed, .failed: .failed],
        .removed: [.request: .pending, .removed: .removed],
        .failed: [
            .request: .pending, .present: .present, .drifted: .drifted, .removal: .removing, .removed: .removed,
            .failed: .failed,
        ],
    ]

    @Test(arguments: ProvisioningState.allCases, Move.allCases)
    func everyMoveFromEveryStateIsAsTheTableSays(state: ProvisioningState, move: Move) throws {
        let before = try Samples.voucher(provisioning: state)
        var voucher = before
        if let next = Self.table[state]?[move] {
            try move.make(&voucher)
            #expect(voucher.provisioning == next)
            #expect((voucher.provisioningDetail != nil) == (move == .drifted || move == .failed))
            #expect(voucher.access == before.access)
        } else {
            let error = #expect(throws: DomainError.self) { try move.make(&voucher) }
            #expect(error?.code == .illegalMove)
            #expect(voucher == before)
        }
    }

    @Test(arguments: AccessState.allCases)
    func whatHasEndedIsNotProvisionedAgain(access: AccessState) throws {
        var voucher = try Samples.voucher(access: access, provisioning: .removed)
        if access.isFinal {
            #expect(throws: DomainError.self) { try voucher.requestProvisioning() }
        } else {
            try voucher.requestProvisioning()
            #expect(voucher.provisioning == .pending)
        }
    }

    @Test("only what is in stock and unused can wait", arguments: CommercialState.allCases, AccessState.allCases)
    func urgency(commercial: CommercialState, access: AccessState) throws {
        let voucher = try Samples.voucher(commercial: commercial, access: access)
        let canWait = (commercial == .generated || commercial == .reserved) && access == .unused
        #expect(voucher.urgency == (canWait ? .ordinary : .urgent))
    }
}
