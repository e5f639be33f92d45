import RouterOSProtocol

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension RouterOSError {
    static func nameResolution(_ host: String, _ endpoint: String) -> RouterOSError {
        RouterOSError(
            .nameResolution,
            "no address is known for \"\(host)\". Check the spelling, or use the router's IP address.",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }

    /// A TCP connection that did not come about.
    static func connect(_ error: SocketError, _ endpoint: String) -> RouterOSError {
        switch error.number {
        case ECONNREFUSED:
            RouterOSError(
                .connectionRefused,
                "the host is there, but nothing listens on this port. "
                    + "Enable the API service (/ip service enable api) and check its port (/ip service print).",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        case ETIMEDOUT:
            connectTimeout(endpoint, nil, isConnected: false, false)
        default:
            RouterOSError(
                .unreachable,
                "the router cannot be reached: \(error). Check its address, the cable, the VPN and the firewall.",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
    }

    /// Connecting or logging in took too long.
    static func connectTimeout(
        _ endpoint: String,
        _ timeout: Duration?,
        isConnected: Bool,
        _ hasSpoken: Bool
    ) -> RouterOSError {
        let time = timeout.map { " within \($0.routerOSText)" } ?? ""
        guard isConnected else {
            return RouterOSError(
                .connectTimeout,
                "no answer\(time). Check the address, that the router is on, and that no firewall drops the port.",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        return RouterOSError(
            hasSpoken ? .loginTimeout : .deadlineExceeded,
            hasSpoken
                ? "the router did not finish the login\(time). Check its load, and its RADIUS server if it uses one."
                : "the port accepts connections but does not answer\(time). "
                    + "Check that it is the plain API service (/ip service print), the router's load, and its RADIUS "
                    + "server if it uses one.",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }

    /// A connection that stood and was lost.
    static func lost(_ error: TransportError, _ endpoint: String, _ hasSpoken: Bool) -> RouterOSError {
        guard hasSpoken else {
            return RouterOSError(
                .connectionClosed,
                "the peer closed the connection without an answer. "
                    + "Check that the port is the plain API service and that its address list lets this machine in.",
                isSafeToRetry: true,
                endpoint: endpoint
            )
        }
        return RouterOSError(.connectionClosed, "the connection was lost: \(error). Connect again.", endpoint: endpoint)
    }

    /// A connection that stands, over which nothing comes any more.
    static func silent(_ endpoint: String) -> RouterOSError {
        RouterOSError(
            .connectionClosed,
            "the router no longer answers on this connection; what was under way may have taken effect. Connect again.",
            endpoint: endpoint
        )
    }

    static func deadline(_ path: String, _ endpoint: String) -> RouterOSError {
        RouterOSError(
            .deadlineExceeded,
            "\(path) was not answered in time; whether it took effect is unknown. Read back before sending it again.",
            endpoint: endpoint
        )
    }

    static func tooManyRows(_ limit: Int) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "the answer has more than \(limit) rows. Narrow the query, or raise ConnectionConfiguration.maximumRows."
        )
    }

    /// A command that waited for its turn behind others until its time was up.
    static func neverSent(_ path: String, _ endpoint: String) -> RouterOSError {
        RouterOSError(
            .deadlineExceeded,
            "\(path) was not sent: the router had not answered enough of the commands before it. "
                + "Send fewer at a time, or give them more time.",
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }

    /// A stream of a connection that is closed in good order.
    static func closing(_ endpoint: String) -> RouterOSError {
        RouterOSError(.connectionClosed, "the connection was closed here", endpoint: endpoint)
    }

    static func tooLongAnswer(_ limit: Int) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "the answer has more than \(limit) bytes. Read it as a stream, ask for fewer attributes, "
                + "or raise ConnectionConfiguration.maximumAnswerBytes."
        )
    }

    static func readerTooSlow(_ limit: Int, _ command: Command) -> RouterOSError {
        RouterOSError(
            .limitExceeded,
            "the reader of this stream is more than \(limit) bytes behind while other commands share its connection. "
                + "Read faster, or give the stream a connection of its own.",
            isSafeToRetry: command.isReadOnly
        )
    }

    /// The same error for a command of which nothing was sent.
    var safeToRetry: RouterOSError {
        RouterOSError(
            code,
            message,
            routerMessage: routerMessage,
            category: category,
            isSafeToRetry: true,
            endpoint: endpoint
        )
    }
}
