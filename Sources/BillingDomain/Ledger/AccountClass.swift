/// What kind of thing an account of the ledger measures.
public enum AccountClass: String, Hashable, Sendable, CaseIterable {
    /// What the business has or is owed.
    case asset
    /// What the business owes.
    case liability
    /// What belongs to the owner.
    case equity
    /// What was earned.
    case income
    /// What was spent or forgone.
    case expense

    /// The side on which an account of this class grows.
    public var normalSide: Side {
        switch self {
        case .asset, .expense: .debit
        case .liability, .equity, .income: .credit
        }
    }

    /// A side of an account: debits are positive in the books, credits negative.
    public enum Side: String, Hashable, Sendable, CaseIterable {
        /// The positive side.
        case debit
        /// The negative side.
        case credit
    }
}
