public import BillingDomain

/// A subscription whose paid time ends soon, with whom to ask.
public struct ExpiringSubscription: Hashable, Sendable {
    /// The subscription.
    public let subscription: Subscription
    /// The customer who pays for it.
    public let customer: Customer
}
