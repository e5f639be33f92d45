public import BillingDomain

/// What an import would do, or did.
public struct ImportPlan: Hashable, Sendable {
    /// What becomes of one user.
    public enum Verdict: Hashable, Sendable {
        /// It becomes a voucher.
        case new(AccessState)
        /// It is a voucher of this router already.
        case ours
        /// It has ended: it is left as it is.
        case ended(AccessState)
        /// It carries our marker and is not in our records: another installation's, left as it is.
        case foreign
        /// Another voucher or another row has this code.
        case conflicting(String)
        /// It cannot be understood: the attribute at fault, and why.
        case refused(field: String, String)
    }

    /// One user.
    public struct Entry: Hashable, Sendable {
        /// The name, cut where it is long.
        public let code: String
        /// What becomes of it.
        public let verdict: Verdict
    }

    /// What mikhmon recorded as sold in one month, by the router's calendar.
    public struct MonthOfSales: Hashable, Sendable {
        /// The month, such as `2026-03`.
        public let month: String
        /// How many sales.
        public let count: Int
        /// What they come to.
        public let total: Money
    }

    /// The router.
    public let router: Identifier<Router>
    /// The users in the order that they were given in.
    public let entries: [Entry]
    /// The packages that price lists on the router become, by name.
    public let packages: [String]
    /// What was recorded as sold, each sale once; for information, for it was earned before these books began.
    public let sales: [MonthOfSales]
    /// How many sale rows were of sales recorded already.
    public let repeatedSales: Int
    /// What could not be read beside users, and what to mind.
    public let remarks: [String]
    /// Names this plan: as long as it stays the same, applying does what the plan says.
    public let digest: String

    /// How many users have a verdict that meets a condition.
    public func count(where condition: (Verdict) -> Bool) -> Int { entries.count { condition($0.verdict) } }

    /// How many vouchers it makes.
    public var newVouchers: Int { count { if case .new = $0 { true } else { false } } }
}
