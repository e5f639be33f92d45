/// Where a received message stands.
public enum InboxState: String, Hashable, Sendable, CaseIterable {
    /// Stored, and answered; nobody has looked at it yet.
    case received
    /// A worker is at it.
    case processing
    /// Its effect is in the books. Only such a message makes a repetition of it a duplicate.
    case done
    /// The last attempt failed; another follows.
    case failed
    /// Somebody must decide about it.
    case quarantined
}
