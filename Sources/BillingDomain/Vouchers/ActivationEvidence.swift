/// What told us that a voucher was first logged in with.
public enum ActivationEvidence: String, Hashable, Sendable, CaseIterable, Comparable {
    /// A line of the router's log.
    case log
    /// Counters of the user row above zero: the login was some time before.
    case userCounters = "user-counters"
    /// A row of the active table: now minus its uptime.
    case activeSession = "active-session"
    /// The router's own on-login callback.
    case loginCallback = "login-callback"

    /// Orders evidence from the weakest to the strongest.
    public static func < (left: Self, right: Self) -> Bool { left.strength < right.strength }

    private var strength: Int {
        switch self {
        case .log: 0
        case .userCounters: 1
        case .activeSession: 2
        case .loginCallback: 3
        }
    }
}
