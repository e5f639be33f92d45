public import BillingDomain

/// What a sweep over all subscriptions did.
public struct SweepSummary: Hashable, Sendable {
    /// How many came to each state.
    public internal(set) var moved: [SubscriptionState: Int] = [:]
    /// Those that could not be moved; the next sweep tries them again.
    public internal(set) var failed: [Identifier<Subscription>] = []
}
