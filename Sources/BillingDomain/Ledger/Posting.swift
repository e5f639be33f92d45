/// One side of a ledger entry.
public struct Posting: Hashable, Sendable {
    /// The account that is moved.
    public let account: Account

    /// How far: positive is a debit, negative a credit.
    public let amount: Money

    /// Creates a posting from a signed amount.
    public init(account: Account, amount: Money) {
        self.account = account
        self.amount = amount
    }

    /// A debit of a positive amount.
    public static func debit(_ account: Account, _ amount: Money) -> Posting {
        Posting(account: account, amount: amount)
    }

    /// A credit of a positive amount.
    public static func credit(_ account: Account, _ amount: Money) throws(DomainError) -> Posting {
        Posting(account: account, amount: try amount.negated())
    }
}
