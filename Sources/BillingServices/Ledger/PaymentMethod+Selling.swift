import BillingDomain

extension PaymentMethod {
    /// What it takes beside the permission to sell.
    ///
    /// What is sold into a bank or a gateway is received by that: who says so confirms payments. Others reserve the vouchers
    /// and take a payment, which waits to be confirmed.
    var furtherPermissions: [Permission] {
        switch self {
        case .cash: []
        case .bankTransfer, .gateway: [.takePayments, .confirmPayments]
        case .balance: [.takePayments]
        case .agent: [.supplyAgents]
        }
    }
}
