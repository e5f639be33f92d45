/// Where a subscription stands.
public enum SubscriptionState: String, Hashable, Sendable, CaseIterable, Codable {
    /// Ordered, and waiting for its first payment.
    case pendingPayment = "pending-payment"
    /// Paid, and served.
    case active
    /// No longer paid, but still served, in full or throttled.
    case grace
    /// Not served: not paid, or switched off by hand.
    case suspended
    /// Not served at the customer's wish; what remains is kept.
    case paused
    /// Ended by the house: for debt, or because the service ended.
    case terminated
    /// Ended at the customer's wish.
    case cancelled

    /// Whether nothing can follow.
    public var isFinal: Bool { self == .terminated || self == .cancelled }

    /// Whether the customer gets service.
    public var isServed: Bool { self == .active || self == .grace }
}
