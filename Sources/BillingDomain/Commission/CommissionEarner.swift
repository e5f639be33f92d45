/// Who earns commission.
public enum CommissionEarner: Hashable, Sendable, LosslessStringConvertible {
    /// A member of staff.
    case staff(Identifier<Staff>)
    /// An agent.
    case agent(Identifier<Agent>)

    /// Reads `staff:<id>` or `agent:<id>`; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        switch parts[0] {
        case "staff":
            guard let id = Identifier<Staff>(String(parts[1])) else { return nil }
            self = .staff(id)
        case "agent":
            guard let id = Identifier<Agent>(String(parts[1])) else { return nil }
            self = .agent(id)
        default:
            return nil
        }
    }

    /// `staff:<id>` or `agent:<id>`.
    public var description: String {
        switch self {
        case .staff(let id): "staff:\(id)"
        case .agent(let id): "agent:\(id)"
        }
    }
}
