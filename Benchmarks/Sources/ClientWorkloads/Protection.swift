internal import CResponder

/// How the connections of a workload are protected.
public enum Protection: String, CaseIterable, Sendable {
    /// Not at all.
    case plain
    /// TLS 1.3, the server known by its pin.
    case tls13
    /// TLS 1.2, the server known by its pin.
    case tls12
    /// TLS 1.2 with a server without a certificate.
    case anonymous

    /// What the server is asked for; nil without TLS.
    var kind: responder_protection? {
        switch self {
        case .plain: nil
        case .tls13: responder_tls13
        case .tls12: responder_tls12
        case .anonymous: responder_anonymous
        }
    }
}
