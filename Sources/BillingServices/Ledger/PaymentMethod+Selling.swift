import BillingDomain

extension PaymentMethod {
    /// What it takes beside the permission to sell.
    var furtherPermissions: [Permission] {
        switch self {
        case .cash: []
        case .bankTransfer, .gateway, .balance: [.takePayments]
        case .agent: [.supplyAgents]
        }
    }
}
