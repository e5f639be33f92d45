public import BillingDomain

/// What all postings to one account in one currency come to.
public struct AccountBalance: Hashable, Sendable {
    /// The account.
    public let account: Account

    /// Debits less credits.
    public let balance: Money

    /// Creates a balance.
    public init(account: Account, balance: Money) {
        self.account = account
        self.balance = balance
    }
}
