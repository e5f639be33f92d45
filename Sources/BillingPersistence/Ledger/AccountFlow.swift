public import BillingDomain

/// What moved on one account in one currency and one period.
public struct AccountFlow: Hashable, Sendable {
    /// The account.
    public let account: Account
    /// The sum of the debits: what came in, where the account holds money.
    public let debits: Money
    /// The sum of the credits, as a positive amount: what went out.
    public let credits: Money

    /// Creates a flow.
    public init(account: Account, debits: Money, credits: Money) {
        self.account = account
        self.debits = debits
        self.credits = credits
    }
}
