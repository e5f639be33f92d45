/// Where a customer stands with the house.
public enum CustomerStatus: String, Hashable, Sendable, CaseIterable, Codable {
    /// Entered, and nothing paid yet.
    case pending
    /// At least one service is paid.
    case active
    /// In debt: services are suspended.
    case suspended
    /// All paid time is over, and nothing is owed.
    case expired
    /// Switched off by hand.
    case disabled
    /// Gone for good; kept for the books.
    case closed
}
