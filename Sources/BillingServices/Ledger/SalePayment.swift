public import BillingDomain

/// What a sale is paid into or from, and a refund paid back from.
public enum SalePayment: Hashable, Sendable {
    /// Cash, into the hands of whoever sells.
    case cash
    /// A transfer to the business's bank account.
    case bank
    /// A gateway that has the money and pays it out later, by its name: 1 to 40 of a–z, digits, `-` and `_`.
    case gateway(String)
    /// A customer's prepaid balance, what they were granted first; never below zero.
    case balance(Identifier<Customer>)
    /// An agent: from what they paid in, at cost, or on credit up to their ceiling, as their terms say.
    case agent(Identifier<Agent>)
}

extension SalePayment {
    /// Everything that tells two of them apart.
    var fingerprint: String {
        switch self {
        case .cash: "cash"
        case .bank: "bank"
        case .gateway(let name): "gateway:\(name)"
        case .balance(let customer): "balance:\(customer)"
        case .agent(let agent): "agent:\(agent)"
        }
    }

    /// What it takes beside the permission to sell.
    var furtherPermissions: [Permission] {
        switch self {
        case .cash: []
        case .bank, .gateway: [.takePayments]
        case .balance: [.takePayments]
        case .agent: [.supplyAgents]
        }
    }
}
