/// Whether a service account may log in.
public enum ServiceAccess: String, Hashable, Sendable, CaseIterable, Codable {
    /// It may.
    case enabled
    /// It may not, for now.
    case disabled
    /// It is gone from the router; kept for the books.
    case deleted
}
