/// What is left in the books of one sale: what a refund can reverse, and no more.
public struct SalePosition: Hashable, Sendable {
    /// The currency of the sale.
    public let currency: Currency

    /// What each account still holds of the sale, credits positive, in the order of the accounts' codes.
    public let parts: [Part]

    /// What one account still holds.
    public struct Part: Hashable, Sendable {
        /// The account.
        public let account: Account

        /// What it holds; negative for what was let off or lost to rounding.
        public let amount: Money
    }

    /// Folds all postings that belong to one sale: the sale, its first use, earlier refunds, breakage.
    ///
    /// Where it was paid into and paid back from does not matter; neither does its commission, which is reversed apart.
    public init(of postings: [Posting], in currency: Currency) throws(DomainError) {
        self.currency = currency
        let own = postings.filter { $0.amount.currency == currency && Self.families.contains($0.account.family) }
        var parts: [Part] = []
        for posting in try PostingRecipe.tidy(own) {
            parts.append(Part(account: posting.account, amount: try posting.amount.negated()))
        }
        self.parts = parts
    }

    private static let families: Set<String> = [
        "deferred-vouchers", "deferred-subscriptions", "voucher-revenue", "subscription-revenue", "tax-payable",
        "discounts", "rounding",
    ]

    /// The most that can be paid back.
    public func refundable() throws(DomainError) -> Money {
        var sum = Money.zero(currency)
        for part in parts { sum = try sum + part.amount }
        return sum
    }

    /// Pays back: every part is reversed in proportion, to the last unit, and all of it when all is paid back.
    ///
    /// - Parameters:
    ///   - shares: What is paid back, more than nothing in all, and what each share is paid from: cash, a gateway, the
    ///     customer's balance, ``Account/refundsPayable``.
    ///   - forfeitsRest: Whether what stays deferred can no longer be used, and so becomes breakage revenue.
    /// - Returns: The postings.
    /// - Throws: ``DomainError`` with ``DomainError/Code/insufficientFunds`` for more than ``refundable()``.
    public func refund(
        _ shares: [(amount: Money, account: Account)],
        forfeitsRest: Bool = false
    ) throws(DomainError) -> [Posting] {
        let most = try refundable()
        var amount = Money.zero(currency)
        for share in shares {
            try PostingRecipe.requireNotNegative(share.amount)
            amount = try amount + share.amount
        }
        guard amount.minorUnits > 0 else {
            throw DomainError(.invalidValue, field: "amount", "A refund is more than nothing.")
        }
        guard try !(most - amount).isNegative else {
            throw DomainError(
                .insufficientFunds,
                field: "amount",
                "\(amount) is more than the \(most) that can be paid back."
            )
        }
        let reversed = Self.shares(of: parts.map(\.amount.minorUnits), amount.minorUnits, most.minorUnits)
        var postings: [Posting] = []
        for share in shares { postings.append(try .credit(share.account, share.amount)) }
        for (part, share) in zip(parts, reversed) {
            postings.append(.debit(part.account, Money(minorUnits: share, currency: currency)))
            guard forfeitsRest, part.account.family.hasPrefix("deferred-") else { continue }
            let rest = try part.amount - Money(minorUnits: share, currency: currency)
            postings.append(.debit(part.account, rest))
            postings.append(try .credit(.breakageRevenue, rest))
        }
        return try PostingRecipe.tidy(postings)
    }

    /// The same, all of it from one account.
    public func refund(
        _ amount: Money,
        from account: Account,
        forfeitsRest: Bool = false
    ) throws(DomainError) -> [Posting] {
        try refund([(amount, account)], forfeitsRest: forfeitsRest)
    }

    /// Shares of `parts` that sum to `amount`, as `parts` sum to `whole`; none is larger than its part.
    ///
    /// Cut towards zero first; then one unit at a time goes where there is room, which takes fewer steps than there are
    /// parts.
    private static func shares(of parts: [Int64], _ amount: Int64, _ whole: Int64) -> [Int64] {
        var shares = parts.map { part in
            let product = part.magnitude.multipliedFullWidth(by: amount.magnitude)
            guard whole > 0, product.high < whole.magnitude else { return Int64(0) }
            let share = Int64(clamping: whole.magnitude.dividingFullWidth(product).quotient)
            return part < 0 ? -share : share
        }
        var missing = amount - shares.reduce(0, &+)
        for index in parts.indices where missing > 0 && shares[index] < parts[index] {
            let step = min(missing, parts[index] - shares[index])
            shares[index] += step
            missing -= step
        }
        for index in parts.indices where missing < 0 && shares[index] > min(0, parts[index]) {
            let step = min(-missing, shares[index] - min(0, parts[index]))
            shares[index] -= step
            missing += step
        }
        return shares
    }
}
