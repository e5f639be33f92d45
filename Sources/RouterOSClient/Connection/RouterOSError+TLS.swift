import OpenSSLSupport
import RouterOSProtocol

extension RouterOSError {
    /// A TLS connection that did not come about; nothing was sent over it.
    static func tls(_ error: TLSError, _ security: ConnectionSecurity, _ endpoint: String) -> RouterOSError {
        let (code, advice) = judgement(error.code, security)
        return RouterOSError(code, "\(error.reason). \(advice)", isSafeToRetry: true, endpoint: endpoint)
    }

    private static let portAdvice =
        "Check that the port is the service api-ssl (8729, /ip service print) and not the plain API."

    private static func judgement(_ code: TLSError.Code, _ security: ConnectionSecurity) -> (Code, String) {
        switch code {
        case .expired:
            (.certificateRejected, "Renew it on the router (/certificate), or pin it with .tls(.pinned(…)).")
        case .notYetValid:
            (.certificateRejected, "Check the clock of this machine, and the router's when it made the certificate.")
        case .wrongHost:
            (
                .certificateRejected,
                "Connect by a name or address that stands in it (subject-alt-name), or pin it with .tls(.pinned(…))."
            )
        case .unknownAuthority, .selfSigned, .invalidCertificate:
            (
                .certificateRejected,
                "Compare its fingerprint with the router's (/certificate print detail) and pin it with .tls(.pinned(…)), "
                    + "or give the router one of an authority that this system trusts."
            )
        case .pinMismatch:
            (
                .certificateChanged,
                "Either the router got a new certificate, or somebody stands between. Compare the fingerprint with the "
                    + "one on the router itself (/certificate print detail) before you pin the new one; not retried."
            )
        case .noCommonCipher where security == .tls(.anonymous):
            (
                .tlsFailed,
                "The router has a certificate, most likely: use .tls(.pinned(…)) or .tls(.systemRoots) instead of .anonymous."
            )
        case .noCommonCipher:
            (
                .tlsFailed,
                "The router has no certificate, most likely: set one (/ip service set api-ssl certificate=…), or ask for "
                    + ".tls(.anonymous) explicitly, which protects from nobody who stands between."
            )
        case .noCommonVersion:
            (.tlsFailed, "Allow TLS 1.2 on the router (/ip service set api-ssl tls-version=any), or upgrade it.")
        case .weakParameters:
            (.tlsFailed, "Give the router a certificate with a key of 2048 bits or more, and upgrade it.")
        case .notTLS:
            (.tlsFailed, portAdvice)
        case .truncated:
            // As much, or as little, as a connection without TLS that breaks before anything was said.
            (.connectionClosed, portAdvice)
        case .configuration:
            (.tlsFailed, "Check the TLS library of this machine and its authorities (package ca-certificates).")
        default:
            (.tlsFailed, "Check that the port is the service api-ssl (/ip service print), and upgrade the router.")
        }
    }

    /// A TLS handshake that took too long: silence, as that of a port that never answers a login.
    static func tlsTimeout(_ endpoint: String, _ timeout: Duration) -> RouterOSError {
        RouterOSError(
            .deadlineExceeded,
            "the port accepts connections but does not finish the TLS handshake within \(timeout.routerOSText). "
                + "Check that it is the service api-ssl (8729, /ip service print) and that the router is not overloaded.",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }
}
