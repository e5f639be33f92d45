import BillingDomain
import BillingPersistence

/// The one way into the books: the postings come from ``PostingRecipe`` and ``SalePosition`` alone.
extension Change {
    /// Enters one movement of money; `key` names it in the books once and for all.
    ///
    /// What is free moves nothing. Refuses what would spend more than somebody has paid in.
    func post(_ cause: String, key: String, _ postings: [Posting]) throws {
        let postings = try PostingRecipe.tidy(postings)
        guard !postings.isEmpty else { return }
        for posting in postings where posting.account.refusesOverdraft && !posting.amount.isNegative {
            let after = try store.balance(of: posting.account, in: posting.amount.currency) + posting.amount
            guard after.minorUnits <= 0 else {
                throw BillingError(.conflict, field: "payment", "The balance is too low: \(after) is missing.")
            }
        }
        try store.append(
            ledger: LedgerEntry(
                id: identifier(),
                tenant: tenant,
                at: now,
                cause: cause,
                idempotencyKey: key,
                actor: actor,
                postings: postings
            )
        )
    }
}
