import RouterOSProtocol

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Why there is no response.
enum TransferFailure: Sendable, Equatable {
    case nameResolution
    /// The number is that of the system.
    case connect(Int32)
    case connectTimeout
    case deadline
    /// The time was up before it was sent.
    case unsentInTime
    /// No thread, file descriptor or memory is left for it.
    case noResources
    case tls
    /// The host took the connection, and its time was up before TLS was agreed upon.
    case tlsTimeout
    case certificate(isPinned: Bool)
    case tooLong(Int)
    /// The connection ended; whether it did before the request was sent.
    case lost(isUnsent: Bool)

    /// Whether nothing of the request reached the router.
    var isUnsent: Bool {
        switch self {
        case .deadline, .tooLong, .lost(isUnsent: false): false
        default: true
        }
    }

    func error(of command: Command) -> RouterOSError {
        switch self {
        case .nameResolution:
            return unsent(
                .nameResolution,
                "no address is known for the host. Check the spelling, or use an IP address."
            )
        case .connect(ECONNREFUSED):
            return unsent(
                .connectionRefused,
                "the host is there, but nothing listens on this port. "
                    + "Enable www-ssl (/ip service enable www-ssl) and check its port (/ip service print)."
            )
        case .connect:
            return unsent(
                .unreachable,
                "the router cannot be reached. Check its address, the cable, the VPN and the firewall."
            )
        case .connectTimeout:
            return unsent(
                .connectTimeout,
                "no answer in time. Check the address, that the router is on, and that no firewall drops the port."
            )
        case .deadline:
            return RouterOSError(.deadlineExceeded, "\(command.path) was not answered in time.")
        case .unsentInTime:
            return unsent(
                .unavailable,
                "\(command.path) was not sent in time: all connections were in use. "
                    + "Send fewer at a time, give them more time, or raise RESTConfiguration.maximumConnections."
            )
        case .noResources:
            return unsent(
                .unavailable,
                "no thread, file descriptor or memory is left for a transfer. Raise the limits (ulimit -n, ulimit -u)."
            )
        case .tls:
            return unsent(
                .tlsFailed,
                "TLS could not be agreed upon. Check that the port is www-ssl and has a certificate."
            )
        case .tlsTimeout:
            return unsent(
                .deadlineExceeded,
                "the port accepts connections but does not finish the TLS handshake in time. Check that it is www-ssl "
                    + "(/ip service print) and that the router is not overloaded."
            )
        case .certificate(isPinned: true):
            return unsent(
                .certificateChanged,
                "the router's certificate is not the pinned one; nothing was sent. Find out why before pinning another."
            )
        case .certificate(isPinned: false):
            return unsent(
                .certificateRejected,
                "no authority that this machine trusts vouches for the router's certificate and name. Pin the certificate."
            )
        case .tooLong(let limit):
            return RouterOSError(
                .limitExceeded,
                "the answer is longer than \(limit) bytes. Ask for fewer properties, or raise RESTConfiguration.maximumAnswerBytes."
            )
        case .lost(let isUnsent):
            return RouterOSError(
                .connectionClosed,
                isUnsent ? "the connection was lost before anything was sent." : "the connection was lost.",
                isSafeToRetry: isUnsent
            )
        }
    }

    private func unsent(_ code: RouterOSError.Code, _ message: String) -> RouterOSError {
        RouterOSError(code, message, isSafeToRetry: true)
    }
}
