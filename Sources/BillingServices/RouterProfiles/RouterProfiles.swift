public import BillingDomain

/// The user profiles of a router as they were read last, beside what packages want of them.
public struct RouterProfiles: Hashable, Sendable {
    /// When they were read; `nil` while they never were, and then nothing is known to be missing.
    public let readAt: Timestamp?
    /// Every profile that stands there, in the router's order.
    public let standing: [ObservedProfile]
    /// What packages name, by kind and name; empty while nothing was read.
    public let matches: [ProfileMatch]
}
