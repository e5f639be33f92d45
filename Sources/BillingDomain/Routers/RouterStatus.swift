/// What the last look at a router found.
public enum RouterStatus: String, Hashable, Sendable, CaseIterable {
    /// Not looked at yet.
    case unknown
    /// Reachable and usable.
    case online
    /// Not reachable.
    case offline
    /// Reachable but misconfigured: it refused the login or lacks what a hotspot needs.
    case error

    /// The word that the REST interface uses; a router nobody has looked at yet counts as offline.
    public var documentWord: String { self == .unknown ? "offline" : rawValue }
}
