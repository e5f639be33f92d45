/// How a connection to a router is protected.
///
/// A mode is never weakened silently: a router that does not offer what was asked for is an error that says so.
public enum ConnectionSecurity: Sendable, Hashable {
    /// None: the password and all data can be read, and changed, by anybody on the way. Port 8728.
    case plaintext
    /// TLS 1.2 or 1.3. Port 8729.
    case tls(TLSTrust)

    /// The port that RouterOS gives the service: 8728, or 8729 for TLS.
    public var defaultPort: UInt16 {
        switch self {
        case .plaintext: 8_728
        case .tls: 8_729
        }
    }
}
