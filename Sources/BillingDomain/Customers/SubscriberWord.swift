/// The two words that tell whether a subscriber is served: a view of ``CustomerStatus`` and ``SubscriptionState``.
public enum SubscriberWord: String, Hashable, Sendable, CaseIterable {
    /// Served.
    case active
    /// Not served.
    case suspended

    /// The word for a customer.
    public init(_ status: CustomerStatus) { self = status == .active ? .active : .suspended }

    /// The word for a subscription.
    public init(_ state: SubscriptionState) { self = state.isServed ? .active : .suspended }
}
