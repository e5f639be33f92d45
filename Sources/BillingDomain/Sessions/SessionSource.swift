/// What told us of a session.
public enum SessionSource: String, Hashable, Sendable, CaseIterable {
    /// We read the router's table of sessions.
    case poll
    /// The router told us of the login.
    case callback
    /// The router streams its table as it changes.
    case listen
}
