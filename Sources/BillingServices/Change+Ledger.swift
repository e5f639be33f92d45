import BillingDomain
import BillingPersistence

extension Change {
    /// Sells vouchers for cash and stores them: Dr cash of the actor, Cr deferred vouchers.
    ///
    /// What was used before its sale was entered is earned already, so it is credited to revenue instead. `key` names
    /// the movement in the books once and for all.
    func sell(_ vouchers: [Voucher], cause: String, key: String) throws {
        let sold = try vouchers.map { voucher in
            var voucher = voucher
            try voucher.sell(at: now, by: actor)
            return try store.update(voucher)
        }
        try postSale(of: sold, cause: cause, key: key)
    }

    /// The books' side of a cash sale.
    func postSale(of sold: [Voucher], cause: String, key: String) throws {
        var sums: [Account: [Currency: Money]] = [:]
        for voucher in sold {
            let price = voucher.terms.price
            let earned: Account = voucher.activatedAt == nil ? .deferredVouchers : .voucherRevenue
            for (account, amount) in [(Account.cash(actor), price), (earned, try price.negated())] {
                let sum = sums[account]?[price.currency] ?? .zero(price.currency)
                sums[account, default: [:]][price.currency] = try sum + amount
            }
        }
        let postings = sums.flatMap { account, amounts in
            amounts.values.map { Posting(account: account, amount: $0) }
        }
        try post(cause, key: key, postings)
    }

    /// First use of a sold voucher earns its price: Dr deferred vouchers, Cr revenue.
    func postFirstUse(of voucher: Voucher) throws {
        guard voucher.commercial == .sold else { return }
        try post(
            "use:voucher:\(voucher.id)",
            key: "use:\(voucher.id)",
            [.debit(.deferredVouchers, voucher.terms.price), .credit(.voucherRevenue, voucher.terms.price)]
        )
    }

    /// One movement of money, in an order that does not depend on hashing.
    ///
    /// What is free moves nothing.
    private func post(_ cause: String, key: String, _ postings: [Posting]) throws {
        let moving = postings.filter { !$0.amount.isZero }
            .sorted { ($0.account, $0.amount.currency.code) < ($1.account, $1.amount.currency.code) }
        guard !moving.isEmpty else { return }
        try store.append(
            ledger: LedgerEntry(
                id: identifier(),
                tenant: tenant,
                at: now,
                cause: cause,
                idempotencyKey: key,
                actor: actor,
                postings: moving
            )
        )
    }
}
