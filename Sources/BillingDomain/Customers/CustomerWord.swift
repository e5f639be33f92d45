/// The four words that a customer list may show: a view of ``CustomerStatus``.
public enum CustomerWord: String, Hashable, Sendable, CaseIterable {
    /// Nothing paid yet.
    case pending = "Pending"
    /// Paid.
    case active = "Active"
    /// Paid time is over, or a debt stopped it.
    case expired = "Expired"
    /// Switched off, or gone.
    case disabled = "Disabled"

    /// The word for a status.
    public init(_ status: CustomerStatus) {
        switch status {
        case .pending: self = .pending
        case .active: self = .active
        case .suspended, .expired: self = .expired
        case .disabled, .closed: self = .disabled
        }
    }

    /// The statuses that this word stands for.
    public var statuses: [CustomerStatus] { CustomerStatus.allCases.filter { CustomerWord($0) == self } }
}

extension Customer {
    /// The word that a customer list shows.
    public var word: CustomerWord { CustomerWord(status) }

    /// Whether they are served, as a word.
    public var subscriberWord: SubscriberWord { SubscriberWord(status) }
}
