/// What keeps a router that answers from being brought into agreement with the records.
public enum RouterTrouble: String, Hashable, Sendable, CaseIterable {
    /// Some rows of its tables make no sense.
    case unreadableRows = "unreadable-rows"
    /// So much is not as recorded that somebody has to say whether it is to be changed.
    case massChange = "mass-change"

    /// What those who look after the router are told.
    public var alert: AlertKind {
        switch self {
        case .unreadableRows: .syncFailed
        case .massChange: .massChange
        }
    }
}
