public import BillingDomain

/// A customer who owes, and for how long.
public struct Debtor: Hashable, Sendable {
    /// Who owes.
    public let customer: Customer
    /// What, by how long it is past due, with the customer's credit beside it.
    public let ageing: Ageing
}
