public import BillingDomain
import BillingPersistence

/// Which subscriptions are wanted; what is left out does not matter.
public struct SubscriptionFilter: Hashable, Sendable {
    /// In one of these states; any if empty.
    public var states: Set<SubscriptionState>
    /// Of this customer.
    public var customer: Identifier<Customer>?
    /// Whose paid time ends before this instant.
    public var paidBefore: Timestamp?

    /// A filter of the given parts.
    public init(
        states: Set<SubscriptionState> = [],
        customer: Identifier<Customer>? = nil,
        paidBefore: Timestamp? = nil
    ) {
        self.states = states
        self.customer = customer
        self.paidBefore = paidBefore
    }

    var query: Query<Subscription> {
        var query = Query<Subscription>().sorted(byDescending: Subscription.Columns.createdAt)
        if !states.isEmpty { query = query.where(Subscription.Columns.state.isOne(of: states)) }
        if let customer { query = query.where(Subscription.Columns.customer == customer) }
        if let paidBefore { query = query.where(Subscription.Columns.paidThrough < paidBefore) }
        return query
    }
}
