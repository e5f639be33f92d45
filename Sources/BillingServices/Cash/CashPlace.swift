import BillingDomain

/// Where money that is not a customer's is kept.
public enum CashPlace: String, Hashable, Sendable, CaseIterable {
    /// The cash of whoever acts.
    case drawer
    /// Cash that nobody carries.
    case safe
    /// The bank account.
    case bank

    func account(of actor: BillingDomain.Actor) -> Account {
        switch self {
        case .drawer: .cash(actor)
        case .safe: .safe
        case .bank: .bank
        }
    }
}
