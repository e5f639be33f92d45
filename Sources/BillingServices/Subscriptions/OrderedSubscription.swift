public import BillingDomain

/// What an order made: the subscription serves once the payment is settled.
public struct OrderedSubscription: Hashable, Sendable {
    /// The subscription.
    public let subscription: Subscription
    /// Its service account.
    public let serviceAccount: ServiceAccount
    /// The payment; `nil` for one through a gateway, which is initiated next.
    public let payment: Payment?
}
