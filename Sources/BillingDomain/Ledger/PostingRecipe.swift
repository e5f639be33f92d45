/// The postings of each event of the business: pure functions, so that no two places can book one thing in two ways.
///
/// Amounts are never negative, except where a difference is asked for. The postings sum to zero in every currency, hold
/// each account at most once per currency, and come in the order of the accounts' codes; what is free moves nothing and
/// gives no postings. Every function throws ``DomainError`` with ``DomainError/Code/invalidValue`` for a negative
/// amount, ``DomainError/Code/currencyMismatch`` and ``DomainError/Code/overflow``.
public enum PostingRecipe {
    /// What was sold: it says which accounts hold the money until it is earned and after.
    public enum Product: String, Hashable, Sendable, CaseIterable, Codable {
        /// Vouchers, earned by first use.
        case voucher
        /// A period of a subscription, earned as it passes.
        case subscription

        /// Holds the money until it is earned.
        public var deferred: Account { self == .voucher ? .deferredVouchers : .deferredSubscriptions }

        /// Holds the money once it is earned.
        public var revenue: Account { self == .voucher ? .voucherRevenue : .subscriptionRevenue }
    }

    /// Moves an amount: Dr `debit`, Cr `credit`.
    public static func move(_ amount: Money, debit: Account, credit: Account) throws(DomainError) -> [Posting] {
        try requireNotNegative(amount)
        return try tidy([.debit(debit, amount), .credit(credit, amount)])
    }

    /// Joins the postings of each account and currency, leaves out what is zero, and puts the rest in order.
    public static func tidy(_ postings: [Posting]) throws(DomainError) -> [Posting] {
        let sorted = postings.sorted {
            ($0.account, $0.amount.currency.code) < ($1.account, $1.amount.currency.code)
        }
        var tidy: [Posting] = []
        for posting in sorted {
            if let last = tidy.last, last.account == posting.account, last.amount.currency == posting.amount.currency {
                let joined = Posting(account: last.account, amount: try last.amount + posting.amount)
                tidy[tidy.count - 1] = joined
            } else {
                tidy.append(posting)
            }
        }
        return tidy.filter { !$0.amount.isZero }
    }

    /// The same postings with cash as it is handed over: what coins cannot make is won or lost by rounding.
    ///
    /// What is taken is rounded as asked for. What is paid out is rounded towards nothing, unless it is not rounded at all:
    /// nobody is paid more than they are owed.
    public static func inCoins(_ postings: [Posting], _ rounding: CashRounding) throws(DomainError) -> [Posting] {
        var rounded: [Posting] = []
        for posting in try tidy(postings) {
            let rounding = posting.amount.isNegative && rounding != .none ? .down : rounding
            let amount = posting.account.isCash ? try posting.amount.roundedToCash(rounding) : posting.amount
            rounded.append(Posting(account: posting.account, amount: amount))
            rounded.append(Posting(account: .rounding, amount: try posting.amount - amount))
        }
        return try tidy(rounded)
    }

    /// The postings with the other signs.
    public static func reversed(_ postings: [Posting]) throws(DomainError) -> [Posting] {
        var reversed: [Posting] = []
        for posting in postings {
            reversed.append(Posting(account: posting.account, amount: try posting.amount.negated()))
        }
        return reversed
    }

    static func requireNotNegative(_ amounts: Money...) throws(DomainError) {
        for amount in amounts where amount.isNegative {
            throw DomainError(.invalidValue, field: "amount", "\(amount) is below zero; book the opposite event.")
        }
    }
}
