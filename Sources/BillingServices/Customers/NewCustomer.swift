public import BillingDomain

/// A customer who was entered together with a service.
public struct NewCustomer: Hashable, Sendable {
    /// The customer.
    public let customer: Customer
    /// The user name and password they got on a router.
    public let serviceAccount: ServiceAccount
}
