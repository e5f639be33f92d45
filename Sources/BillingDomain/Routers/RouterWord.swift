/// The two words that a list of routers may show: a view of ``RouterStatus``.
public enum RouterWord: String, Hashable, Sendable, CaseIterable {
    /// Reachable and usable.
    case active
    /// Not reachable, not usable, or not looked at yet.
    case inactive

    /// The word for what the last look found.
    public init(_ status: RouterStatus) { self = status == .online ? .active : .inactive }
}
