/// What happens when a data quota is used up.
public enum QuotaEndPolicy: Hashable, Sendable, LosslessStringConvertible {
    /// Access ends.
    case cut
    /// Access goes on with another user profile of the router, which is a slower one.
    case throttle(profile: String)
    /// Access ends, but the row stays on the router, so that data bought on top takes effect at once.
    case topUp

    /// Reads `cut`, `top-up` or `throttle:<profile>`; anything else is `nil`.
    public init?(_ text: String) {
        switch text {
        case "cut": self = .cut
        case "top-up": self = .topUp
        default:
            guard text.hasPrefix("throttle:"), text.utf8.count > 9 else { return nil }
            self = .throttle(profile: String(text.dropFirst(9)))
        }
    }

    /// `cut`, `top-up` or `throttle:<profile>`.
    public var description: String {
        switch self {
        case .cut: "cut"
        case .throttle(let profile): "throttle:\(profile)"
        case .topUp: "top-up"
        }
    }
}
