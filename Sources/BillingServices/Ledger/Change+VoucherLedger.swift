import BillingDomain
import BillingPersistence

/// What the books hold of each voucher.
extension Change {
    /// What was paid for more of a voucher, owed until its first use and earned at once after it.
    func book(_ payment: VoucherPayment, for voucher: Voucher, by method: PaymentMethod) throws {
        guard let account = payment.account, let entry = payment.entry else { return }
        let credits = try PostingRecipe.sale(
            SaleAmounts(price: payment.amount, tax: store.taxes(on: .voucher).included(in: payment.amount)),
            paidInto: account,
            isUsed: voucher.activatedAt != nil
        )
        .filter { $0.account != account }
        let debits = try pay(payment.amount, by: method, of: voucher.customerID, into: account)
        try book(entry, key: entry, debits + credits)
        if let earner = earner(paidInto: account, seller: actor) {
            let package = try packages(of: [voucher])[voucher.batch]
            try accrueCommission(to: earner, package: package, price: payment.amount, at: nil, cause: entry)
        }
    }

    /// The first use of a sold voucher earns what is owed for it.
    func postFirstUse(of voucher: Voucher) throws {
        guard voucher.commercial == .sold else { return }
        let name = "use:voucher:\(voucher.id)"
        try book(name, key: Self.useKey(voucher), PostingRecipe.recognition(owed(for: voucher, wasUsedWhenSold: false)))
        try accrueCommission(onFirstUseOf: voucher)
    }

    /// A sold voucher that nobody can use any more earns what is owed for it.
    func postBreakage(of voucher: Voucher) throws {
        guard voucher.commercial == .sold || voucher.commercial == .writtenOff, voucher.soldAt != nil else { return }
        let amount = try owed(for: voucher)
        let name = "breakage:voucher:\(voucher.id)"
        try book(name, key: Self.breakageKey(voucher, voucher.extensionCount), PostingRecipe.breakage(amount))
    }

    /// What is left in the books of everything that was paid for a sold voucher.
    ///
    /// Sales are booked by the hundred, so the voucher's own part of its sale is worked out again, by the same recipe.
    /// `wasUsedWhenSold` is found out from what was booked afterwards where it is left out.
    func position(of voucher: Voucher, wasUsedWhenSold: Bool? = nil) throws -> SalePosition {
        var later: [LedgerEntry] = []
        later += try store.ledgerEntry(key: Self.useKey(voucher)).map { [$0] } ?? []
        for count in 0...max(0, voucher.extensionCount) {
            later += try store.ledgerEntry(key: Self.breakageKey(voucher, count)).map { [$0] } ?? []
        }
        let wasUsed = wasUsedWhenSold ?? (voucher.activatedAt != nil && later.isEmpty)
        if voucher.extensionCount > 0 {
            for record in try store.entitlements(of: voucher.id) {
                later += try store.ledgerEntry(key: VoucherEntitlement.entry(of: record.id)).map { [$0] } ?? []
            }
        }
        later += try store.ledgerEntry(key: Self.refundKey(voucher.id)).map { [$0] } ?? []
        let sale = try PostingRecipe.sale(
            voucher.saleAmounts(),
            paidInto: .bank,
            isUsed: wasUsed
        )
        return try SalePosition(of: sale + later.flatMap(\.postings), in: voucher.paidPrice.currency)
    }

    /// What is owed for a sold voucher: what was paid and is not earned yet.
    private func owed(for voucher: Voucher, wasUsedWhenSold: Bool? = nil) throws -> Money {
        // Most vouchers are never extended, and nothing was booked of them since their sale.
        let isUntouched = voucher.activatedAt == nil && !voucher.access.isFinal
        if voucher.extensionCount == 0, wasUsedWhenSold == false || isUntouched {
            return try voucher.saleAmounts().deferred
        }
        let position = try position(of: voucher, wasUsedWhenSold: wasUsedWhenSold)
        let part = position.parts.first { $0.account == .deferredVouchers }?.amount
        guard let part, !part.isNegative else { return .zero(voucher.paidPrice.currency) }
        return part
    }

    /// The key of the entry by which a voucher was taken back.
    static func refundKey(_ voucher: Identifier<Voucher>) -> String { "voucher-refund:\(voucher)" }

    private static func useKey(_ voucher: Voucher) -> String { "use:\(voucher.id)" }

    private static func breakageKey(_ voucher: Voucher, _ count: Int) -> String { "breakage:\(voucher.id):\(count)" }
}
