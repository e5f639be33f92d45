public import RouterOSProtocol

/// What kind of trouble an error is, for people who must do something about it and need not know more.
public enum FailureClass: String, Sendable, CaseIterable {
    /// Nothing answers at the address, or not in time.
    case timeout
    /// The host answers, the API's port does not.
    case connectionRefused
    /// User name and password are not accepted.
    case authentication
    /// The user may not do what was asked.
    case accessDenied
    /// Anything else.
    case other

    /// What to tell somebody who may not know the router's address, its users or its words.
    public var publicMessage: String {
        switch self {
        case .timeout: "The router does not answer. It may be off, or the way to it may be interrupted."
        case .connectionRefused: "The router is there, but its API is switched off."
        case .authentication: "The router does not accept the user name or the password."
        case .accessDenied: "The router does not allow its API user to do this."
        case .other: "The router could not do this."
        }
    }
}

extension RouterOSError {
    /// What kind of trouble this is.
    public var failureClass: FailureClass {
        switch code {
        case .connectTimeout, .loginTimeout, .deadlineExceeded, .actionTimedOut, .unreachable, .nameResolution: .timeout
        case .connectionRefused: .connectionRefused
        case .authentication: .authentication
        case .permissionDenied: .accessDenied
        default: .other
        }
    }
}
