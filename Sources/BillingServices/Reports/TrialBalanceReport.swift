public import BillingDomain
public import BillingPersistence

/// The balances of all accounts, with the sum that must be zero.
public struct TrialBalanceReport: Hashable, Sendable {
    /// The accounts that are not empty, by code and then currency.
    public let lines: [AccountBalance]
    /// What all accounts of a currency come to: zero, or something was lost.
    public let totals: [Money]

    /// Whether debits and credits are equal in every currency.
    public var isBalanced: Bool { totals.allSatisfy(\.isZero) }

    /// What the accounts of one class hold, debits positive, by currency.
    public func totals(of accountClass: AccountClass) -> [Money] {
        Self.totals(of: lines.filter { $0.account.accountClass == accountClass })
    }

    init(_ balances: [AccountBalance]) {
        lines = balances.filter { !$0.balance.isZero }
        totals = Self.totals(of: balances)
    }

    private static func totals(of lines: [AccountBalance]) -> [Money] {
        Dictionary(grouping: lines.map(\.balance), by: \.currency).sorted { $0.key.code < $1.key.code }
            .map { Money(cutting: $0.value, in: $0.key) }
    }
}
