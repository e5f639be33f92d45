/// The balances of all accounts, folded from the postings.
public struct TrialBalance: Hashable, Sendable {
    private var balances: [Account: [Currency: Money]] = [:]

    /// No postings yet.
    public init() {}

    /// Folds in the postings of one event, all of them or none.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/insufficientFunds`` where an account that
    ///   ``Account/refusesOverdraft`` would be left with less than nothing by postings that take from it.
    public mutating func apply(_ postings: [Posting]) throws(DomainError) {
        var next = balances
        for posting in try PostingRecipe.tidy(postings) {
            let currency = posting.amount.currency
            let sum = try (next[posting.account]?[currency] ?? .zero(currency)) + posting.amount
            guard !(posting.account.refusesOverdraft && posting.amount.minorUnits > 0 && sum.minorUnits > 0) else {
                throw DomainError(
                    .insufficientFunds,
                    "\(posting.account.family) does not hold \(posting.amount); it would be \(sum) short."
                )
            }
            next[posting.account, default: [:]][currency] = sum
        }
        balances = next
    }

    /// The balance of an account, debits positive.
    public func balance(of account: Account, in currency: Currency) -> Money {
        balances[account]?[currency] ?? .zero(currency)
    }

    /// The balances of one currency that are not zero, by account.
    public func lines(in currency: Currency) -> [Posting] {
        balances.compactMap { account, amounts in
            amounts[currency].flatMap { $0.isZero ? nil : Posting(account: account, amount: $0) }
        }
        .sorted { $0.account < $1.account }
    }

    /// The sum of the accounts of one class, debits positive.
    public func total(of accountClass: AccountClass, in currency: Currency) throws(DomainError) -> Money {
        var sum = Money.zero(currency)
        for line in lines(in: currency) where line.account.accountClass == accountClass { sum = try sum + line.amount }
        return sum
    }

    /// The sum of all accounts: zero, or something was lost.
    public func total(in currency: Currency) throws(DomainError) -> Money {
        var sum = Money.zero(currency)
        for line in lines(in: currency) { sum = try sum + line.amount }
        return sum
    }
}
