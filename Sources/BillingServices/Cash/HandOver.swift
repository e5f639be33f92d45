public import BillingDomain

/// To whom cash of a drawer is handed.
public enum HandOver: Hashable, Sendable {
    /// Into the safe.
    case safe
    /// To the bank.
    case bank
    /// To a colleague.
    case colleague(Identifier<Staff>)

    var account: Account {
        switch self {
        case .safe: .safe
        case .bank: .bank
        case .colleague(let staff): .cash(staff)
        }
    }

    var text: String {
        switch self {
        case .safe: "safe"
        case .bank: "bank"
        case .colleague(let staff): "staff:\(staff)"
        }
    }
}
