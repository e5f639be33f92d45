import BillingDomain
import BillingPersistence

/// What the books hold of each voucher.
extension Change {
    /// A sale of vouchers that are sold already, as one movement: paid into `payment`, owed until they are used.
    ///
    /// What was used before its sale was entered is earned already.
    func postSale(of sold: [Voucher], paidBy payment: SalePayment, seller: Actor, cause: String) throws {
        struct Kind: Hashable {
            let currency: Currency
            let isUsed: Bool
        }
        var sums: [Kind: Money] = [:]
        for voucher in sold {
            let price = voucher.paidPrice
            let kind = Kind(currency: price.currency, isUsed: voucher.activatedAt != nil)
            sums[kind] = try (sums[kind] ?? .zero(price.currency)) + price
        }
        var postings: [Posting] = []
        for (kind, sum) in sums {
            postings += try sale(of: sum, paidBy: payment, seller: seller, isUsed: kind.isUsed)
        }
        postings = try drawingGrants(PostingRecipe.tidy(postings), of: payment)
        try checkAgent(payment, postings)
        try post(cause, key: cause, postings)
    }

    /// A price that was paid for more of a voucher, owed until its first use and earned at once after it.
    func postExtension(
        _ price: Money,
        of voucher: Voucher,
        paidBy payment: SalePayment,
        record: Identifier<VoucherEntitlement>
    ) throws {
        let isUsed = voucher.activatedAt != nil
        let postings = try sale(of: price, paidBy: payment, seller: actor, isUsed: isUsed)
        try checkAgent(payment, postings)
        let cause = Self.extensionKey(record)
        try post(cause, key: cause, drawingGrants(postings, of: payment))
    }

    /// The first use of a sold voucher earns what is owed for it.
    func postFirstUse(of voucher: Voucher) throws {
        guard voucher.commercial == .sold else { return }
        let name = "use:voucher:\(voucher.id)"
        try post(name, key: Self.useKey(voucher), PostingRecipe.recognition(owed(for: voucher, wasUsedWhenSold: false)))
    }

    /// A sold voucher that nobody can use any more earns what is owed for it.
    func postBreakage(of voucher: Voucher) throws {
        guard voucher.commercial == .sold || voucher.commercial == .writtenOff, voucher.soldAt != nil else { return }
        let amount = try owed(for: voucher)
        let name = "breakage:voucher:\(voucher.id)"
        try post(name, key: Self.breakageKey(voucher, voucher.extensionCount), PostingRecipe.breakage(amount))
    }

    /// Pays back part or all of what was paid for a voucher; what stays owed is forfeited.
    func postRefund(_ amount: Money, of voucher: Voucher, from account: Account) throws {
        let postings = try position(of: voucher).refund(amount, from: account, forfeitsRest: true)
        try post("refund:voucher:\(voucher.id)", key: "refund:\(voucher.id)", postings)
    }

    /// What is left in the books of everything that was paid for a sold voucher.
    ///
    /// Sales are booked by the hundred, so the voucher's own part of its sale is worked out again, by the same recipe.
    /// `wasUsedWhenSold` is found out from what was booked afterwards where it is left out.
    func position(of voucher: Voucher, wasUsedWhenSold: Bool? = nil) throws -> SalePosition {
        var later: [LedgerEntry] = []
        later += try store.ledgerEntry(key: Self.useKey(voucher)).map { [$0] } ?? []
        for count in 0...min(voucher.extensionCount, 1_000) {
            later += try store.ledgerEntry(key: Self.breakageKey(voucher, count)).map { [$0] } ?? []
        }
        let wasUsed = wasUsedWhenSold ?? (voucher.activatedAt != nil && later.isEmpty)
        if voucher.extensionCount > 0 {
            for record in try store.entitlements(of: voucher.id) {
                later += try store.ledgerEntry(key: Self.extensionKey(record.id)).map { [$0] } ?? []
            }
        }
        later += try store.ledgerEntry(key: "refund:\(voucher.id)").map { [$0] } ?? []
        let sale = try PostingRecipe.sale(
            SaleAmounts(price: voucher.paidPrice),
            paidInto: .bank,
            isUsed: wasUsed
        )
        return try SalePosition(of: sale + later.flatMap(\.postings), in: voucher.paidPrice.currency)
    }

    /// What is owed for a sold voucher: what was paid and is not earned yet.
    private func owed(for voucher: Voucher, wasUsedWhenSold: Bool? = nil) throws -> Money {
        // Most vouchers are never extended, and nothing was booked of them since their sale.
        if voucher.extensionCount == 0, wasUsedWhenSold == false || voucher.activatedAt == nil {
            return voucher.paidPrice
        }
        let position = try position(of: voucher, wasUsedWhenSold: wasUsedWhenSold)
        let part = position.parts.first { $0.account == .deferredVouchers }?.amount
        guard let part, !part.isNegative else { return .zero(voucher.paidPrice.currency) }
        return part
    }

    private func sale(
        of price: Money,
        paidBy payment: SalePayment,
        seller: Actor,
        isUsed: Bool
    ) throws -> [Posting] {
        let account = try account(of: payment, seller: seller)
        return try PostingRecipe.sale(SaleAmounts(price: price), paidInto: account, isUsed: isUsed)
    }

    private static func useKey(_ voucher: Voucher) -> String { "use:\(voucher.id)" }

    private static func breakageKey(_ voucher: Voucher, _ count: Int) -> String { "breakage:\(voucher.id):\(count)" }

    private static func extensionKey(_ record: Identifier<VoucherEntitlement>) -> String { "extend:\(record)" }
}
