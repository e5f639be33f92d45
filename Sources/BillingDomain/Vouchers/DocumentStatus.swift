/// The status words that price lists, reports and the REST interface use for a voucher: a view of its access state.
public enum DocumentStatus: String, Hashable, Sendable, CaseIterable {
    /// Not used yet.
    case pending
    /// In use.
    case active
    /// Its time is over.
    case expired
    /// Its data or session time is used up.
    case used
    /// Switched off or withdrawn.
    case disabled

    /// The word for an access state.
    public init(_ access: AccessState) {
        switch access {
        case .unused: self = .pending
        case .active: self = .active
        case .expired: self = .expired
        case .depleted: self = .used
        case .disabled, .revoked: self = .disabled
        }
    }

    /// The access states that this word stands for.
    public var accessStates: [AccessState] { AccessState.allCases.filter { DocumentStatus($0) == self } }
}
