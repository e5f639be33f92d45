import BillingDomain
import Testing

@Suite("Ledger entries")
struct LedgerEntryTests {
    private func entry(_ postings: [Posting]) throws -> LedgerEntry {
        try LedgerEntry(
            id: Samples.id(1),
            tenant: Samples.id(1),
            at: Samples.start,
            cause: "sale",
            idempotencyKey: "k",
            actor: .system("test"),
            postings: postings
        )
    }

    private let dollar = Money(minorUnits: 100, currency: .usd)
    private let shilling = Money(minorUnits: 100, currency: .kes)

    @Test func postingsThatSumToZeroAreAccepted() throws {
        let sale = try entry([.debit(.cash(Samples.id(1)), dollar), try .credit(.deferredVouchers, dollar)])
        #expect(sale.postings.map(\.amount.minorUnits) == [100, -100])
        _ = try entry([
            .debit(.deferredVouchers, dollar), try .credit(.voucherRevenue, dollar),
            .debit(.deferredVouchers, shilling), try .credit(.voucherRevenue, shilling),
        ])
    }

    @Test func anythingElseIsUnbalanced() throws {
        let bad: [[Posting]] = [
            [],
            [.debit(.deferredVouchers, dollar)],
            [.debit(.deferredVouchers, dollar), .debit(.voucherRevenue, dollar)],
            [.debit(.deferredVouchers, dollar), try .credit(.voucherRevenue, shilling)],
            [.debit(.deferredVouchers, .zero(.usd)), .debit(.voucherRevenue, .zero(.usd))],
        ]
        for postings in bad {
            let error = #expect(throws: DomainError.self) { try entry(postings) }
            #expect(error?.code == .unbalanced)
        }
    }

    @Test func aSumThatDoesNotFitIsRefused() {
        let most = Money(minorUnits: .max, currency: .usd)
        let error = #expect(throws: DomainError.self) {
            try entry([.debit(.deferredVouchers, most), .debit(.voucherRevenue, most)])
        }
        #expect(error?.code == .overflow)
    }

    @Test func cashBelongsToWhoeverTookIt() {
        let staff = Account.cash(Samples.id(1))
        #expect(staff.rawValue == "cash:00000000-0000-0001-0000-000000000001")
        #expect(staff.isCash)
        #expect(!Account.voucherRevenue.isCash)
    }
}
