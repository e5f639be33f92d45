/// What a visit to a router is for.
public enum RouterTask: String, Hashable, Sendable, CaseIterable {
    /// To do what waits for it.
    case work
    /// To see whether it answers, and how it is.
    case status
    /// To read its users and sessions.
    case sync
}
