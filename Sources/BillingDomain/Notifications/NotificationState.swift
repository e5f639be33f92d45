/// Where a notification stands.
public enum NotificationState: String, Hashable, Sendable, CaseIterable {
    /// Waits for its turn.
    case pending
    /// A worker is handing it to a channel.
    case sending
    /// A channel has taken it.
    case sent
    /// The last attempt failed; another follows.
    case failed
    /// Put aside after too many attempts, until somebody looks at it.
    case parked
    /// Not to be sent any more.
    case cancelled

    /// Whether nothing will happen to it any more.
    public var isFinal: Bool { self == .sent || self == .cancelled }
}
