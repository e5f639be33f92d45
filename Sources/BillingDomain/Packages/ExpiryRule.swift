/// What becomes of a voucher's row on the router once the voucher has ended, and how long after.
///
/// Access ends at once in any case: until the delay is over the row stays, switched off, with its counters. A voucher that
/// was revoked goes at once, whatever the rule.
public struct ExpiryRule: Hashable, Sendable {
    /// What is done.
    public enum Action: Hashable, Sendable, LosslessStringConvertible {
        /// The row stays, switched off.
        case keep
        /// The row stays with an uptime limit of one second, so that the portal tells the customer that it has ended.
        case notice
        /// The row is removed.
        case remove
        /// The row is moved to another user profile, such as one that only reaches the pay page.
        case moveTo(profile: String)

        /// Reads `keep`, `notice`, `remove` or `move:<profile>`; anything else is `nil`.
        public init?(_ text: String) {
            switch text {
            case "keep": self = .keep
            case "notice": self = .notice
            case "remove": self = .remove
            default:
                guard text.hasPrefix("move:"), text.utf8.count > 5 else { return nil }
                self = .moveTo(profile: String(text.dropFirst(5)))
            }
        }

        /// `keep`, `notice`, `remove` or `move:<profile>`.
        public var description: String {
            switch self {
            case .keep: "keep"
            case .notice: "notice"
            case .remove: "remove"
            case .moveTo(let profile): "move:\(profile)"
            }
        }
    }

    /// What is done.
    public let action: Action

    /// How long after the end, 0…100 years.
    public let delay: Duration

    /// Creates a rule; ``VoucherTerms`` checks the delay and the profile.
    public init(_ action: Action, after delay: Duration = .zero) {
        self.action = action
        self.delay = delay
    }

    /// Removal at once, the default.
    public static let remove = ExpiryRule(.remove)
}
