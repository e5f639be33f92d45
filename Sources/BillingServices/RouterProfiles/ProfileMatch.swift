public import BillingDomain

/// A user profile that packages or rows name, and what stands on a router under that name.
public struct ProfileMatch: Hashable, Sendable {
    /// How the two agree.
    public enum Finding: String, Hashable, Sendable, CaseIterable {
        /// It stands there, with the speed that is wanted where one is.
        case right
        /// No package says its speed, so whatever stands there is right.
        case unspecified
        /// It stands there with another speed.
        case differs
        /// It does not stand there.
        case missing
    }

    /// The menu it belongs in.
    public let kind: ServiceKind
    /// Its name.
    public let name: String
    /// The packages that name it, by name.
    public let packages: [String]
    /// The speed that those want; `nil` where none says one, or not all the same.
    public let wanted: RateLimit?
    /// What stands on the router; `nil` for nothing.
    public let found: ObservedProfile?
    /// How the two agree.
    public let finding: Finding
}
