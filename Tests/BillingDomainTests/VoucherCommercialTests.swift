import BillingDomain
import Testing

@Suite("A voucher's money side")
struct VoucherCommercialTests {
    enum Move: String, CaseIterable {
        case sell
        case refund
        case writeOff
    }

    @Test(arguments: CommercialState.allCases, AccessState.allCases)
    func everyMoveFromEveryStateIsAsTheRulesSay(commercial: CommercialState, access: AccessState) throws {
        for move in Move.allCases {
            let before = try Samples.voucher(commercial: commercial, access: access)
            var voucher = before
            let expected: CommercialState? =
                switch move {
                case .sell: commercial == .generated && access != .disabled && access != .revoked ? .sold : nil
                case .refund: commercial == .sold && access.isFinal ? .refunded : nil
                case .writeOff: commercial == .generated || commercial == .sold ? .writtenOff : nil
                }
            do {
                switch move {
                case .sell: try voucher.sell(at: Samples.start)
                case .refund: try voucher.refund()
                case .writeOff: try voucher.writeOff()
                }
                #expect(voucher.commercial == expected)
                #expect(voucher.soldAt == (move == .sell ? Samples.start : nil))
                #expect(voucher.access == access)
            } catch {
                #expect(expected == nil, "\(move)")
                #expect(error.code == .illegalMove)
                #expect(voucher == before)
            }
        }
    }
}
