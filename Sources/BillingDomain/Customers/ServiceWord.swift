/// The three words that a PPPoE list may show: a view of ``SubscriptionState``.
public enum ServiceWord: String, Hashable, Sendable, CaseIterable {
    /// Served.
    case active
    /// Not paid.
    case expired
    /// Switched off, or ended.
    case disabled

    /// The word for a subscription, whose suspension may have a cause.
    public init(_ state: SubscriptionState, cause: SuspensionCause? = nil) {
        switch state {
        case .active, .grace: self = .active
        case .pendingPayment: self = .expired
        case .suspended: self = cause == .byHand ? .disabled : .expired
        case .paused, .terminated, .cancelled: self = .disabled
        }
    }
}

extension Subscription {
    /// The word that a list of services shows.
    public var word: ServiceWord { ServiceWord(state, cause: suspensionCause) }

    /// Whether it is served, as a word.
    public var subscriberWord: SubscriberWord { SubscriberWord(state) }
}
