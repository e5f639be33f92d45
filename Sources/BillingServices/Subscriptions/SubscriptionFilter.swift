public import BillingDomain
import BillingPersistence

/// Which subscriptions are wanted; what is left out does not matter.
///
/// The newest come first; where the end of the paid time is asked for, the first to end, in pages by number.
public struct SubscriptionFilter: Hashable, Sendable {
    /// In one of these states; any if empty.
    public var states: Set<SubscriptionState>
    /// Of this customer.
    public var customer: Identifier<Customer>?
    /// Whose paid time ends at this instant or later.
    public var paidFrom: Timestamp?
    /// Whose paid time ends before this instant.
    public var paidBefore: Timestamp?

    /// A filter of the given parts.
    public init(
        states: Set<SubscriptionState> = [],
        customer: Identifier<Customer>? = nil,
        paidFrom: Timestamp? = nil,
        paidBefore: Timestamp? = nil
    ) {
        self.states = states
        self.customer = customer
        self.paidFrom = paidFrom
        self.paidBefore = paidBefore
    }

    var query: Query<Subscription> {
        var query =
            paidFrom == nil && paidBefore == nil
            ? Query<Subscription>().sorted(byDescending: Subscription.Columns.createdAt)
            : Query<Subscription>().sorted(by: Subscription.Columns.paidThrough)
        if !states.isEmpty { query = query.where(Subscription.Columns.state.isOne(of: states)) }
        if let customer { query = query.where(Subscription.Columns.customer == customer) }
        if let paidFrom { query = query.where(Subscription.Columns.paidThrough >= paidFrom) }
        if let paidBefore { query = query.where(Subscription.Columns.paidThrough < paidBefore) }
        return query
    }
}
