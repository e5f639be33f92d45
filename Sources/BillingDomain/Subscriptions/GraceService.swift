/// What a customer gets in the days of grace.
public enum GraceService: String, Hashable, Sendable, CaseIterable, Codable {
    /// What they paid for before.
    case full
    /// The throttled profile.
    case throttled
}
