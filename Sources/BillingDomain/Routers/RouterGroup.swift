/// Routers that workers visit side by side, so that those of one group keep none of another waiting.
public enum RouterGroup: String, Hashable, Sendable, CaseIterable {
    /// Those that answered last time and have something to do: somebody may be waiting.
    case working
    /// Those that answered last time and are due to be looked at.
    case watched
    /// Those that did not answer last time, or not as they should: each may take as long as a connection waits.
    case away
}
