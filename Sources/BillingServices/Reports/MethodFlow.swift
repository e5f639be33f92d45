public import BillingDomain
import BillingPersistence

/// What came in and went out by one way of paying, in one currency.
public struct MethodFlow: Hashable, Sendable, Codable {
    /// The account's code: `cash:<staff>`, `bank`, `clearing:<gateway>`, `customer-balance:<customer>`.
    public let code: String
    /// What came in.
    public let received: Money
    /// What went out: refunds, hand-overs, what gateways paid out.
    public let paidOut: Money

    /// The account.
    public var account: Account { Account(rawValue: code) }

    /// The way of paying: `cash`, `safe`, `bank` or `clearing`.
    public var family: String { account.family }

    /// The families of accounts that hold money.
    static let families = ["cash", "safe", "bank", "clearing"]

    init(_ flow: AccountFlow) {
        code = flow.account.rawValue
        received = flow.debits
        paidOut = flow.credits
    }
}
