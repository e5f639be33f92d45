/// Who did something.
///
/// Written to the audit trail, so it outlives the person and the token.
public enum Actor: Hashable, Sendable, LosslessStringConvertible {
    /// A member of staff who signed in.
    case staff(Identifier<Staff>)
    /// A program with an API token.
    case token(Identifier<APIToken>)
    /// Our own background work, by name.
    case system(String)

    /// Reads `staff:<id>`, `token:<id>` or `system:<name>`; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        let value = String(parts[1])
        switch parts[0] {
        case "staff":
            guard let id = Identifier<Staff>(value) else { return nil }
            self = .staff(id)
        case "token":
            guard let id = Identifier<APIToken>(value) else { return nil }
            self = .token(id)
        case "system":
            self = .system(value)
        default:
            return nil
        }
    }

    /// `staff:<id>`, `token:<id>` or `system:<name>`.
    public var description: String {
        switch self {
        case .staff(let id): "staff:\(id)"
        case .token(let id): "token:\(id)"
        case .system(let name): "system:\(name)"
        }
    }
}
