import ConnectionPool
import RouterOSProtocol

extension RouterOSError {
    /// What the router may have nothing to do with, or a way to it that is broken: another time may go better.
    private static let passing: [Code] = [
        .nameResolution, .unreachable, .connectionRefused, .connectTimeout, .connectionClosed, .deadlineExceeded,
        .loginTimeout,
        .fatal,
    ]

    /// After these a connection is of no use to anybody.
    private static let ending: [Code] = [
        .connectionClosed, .fatal, .protocolViolation, .notRouterOS, .authentication, .loginTimeout,
    ]

    /// Whether the connection over which this came can be used further.
    var leavesConnectionUsable: Bool { !Self.ending.contains(code) }

    /// Whether the router refused us, and will next time.
    var isRefusal: Bool { code == .authentication && !isTransient }

    /// Whether the router had no part in it.
    var isOurs: Bool { routerMessage == nil && (code == .unavailable || code == .invalidCommand) }

    /// Whether the other side gave no answer that a router gives.
    var isSilence: Bool {
        routerMessage == nil && (Self.passing.contains(code) || code == .notRouterOS || code == .protocolViolation)
    }

    /// Whether sending the command again makes sense and cannot do its work twice.
    func allowsRetry(of command: Command) -> Bool {
        guard Self.passing.contains(code) && !isRefusal || isTransient else { return false }
        return isSafeToRetry || command.isReadOnly
    }

    static func leftAlone(_ endpoint: String, for time: Duration) -> RouterOSError {
        unavailable(
            endpoint,
            "the router did not answer several times and is left alone for another \(time.routerOSText), "
                + "unless the call that tries it is answered before. Try later."
        )
    }

    static func noTurn(_ endpoint: String, in wait: Duration) -> RouterOSError {
        unavailable(
            endpoint,
            "the router's rate limit has no turn in time, but in \(wait.routerOSText). "
                + "Send less, wait longer, or raise the configuration's rateLimit."
        )
    }

    /// The router was reached, and all the time went by with the handshakes of others.
    static func noHandshakeTurn(_ endpoint: String, _ timeout: Duration) -> RouterOSError {
        unavailable(
            endpoint,
            "the router answers, but so many others were being logged into that its turn did not come within "
                + "\(timeout.routerOSText). Try later, raise FleetConfiguration.maximumHandshakes, or give connecting more time."
        )
    }

    static func neverATurn(_ endpoint: String, burst: Int) -> RouterOSError {
        unavailable(
            endpoint,
            "it counts for more than the \(burst) commands that the router's rate limit lets through at once. "
                + "Raise the burst of the configuration's rateLimit."
        )
    }

    static func outOfTime(_ path: String, _ endpoint: String) -> RouterOSError {
        unavailable(endpoint, "\(path) was not sent: its time was up before. Give it more time.")
    }

    /// What a pool says, in the words of a client.
    static func pool(_ error: PoolError, _ endpoint: String) -> RouterOSError {
        switch error {
        case .deadline(_, let failure as RouterOSError): return failure
        case .deadline(let figures, _):
            return unavailable(
                endpoint,
                "no connection was free in time: \(figures.leased) in use by \(figures.leases), \(figures.connecting) being "
                    + "opened, \(figures.waiting) more waiting. Wait longer, or raise ClientConfiguration.maximumConnections."
            )
        case .closed: return unavailable(endpoint, "the client was closed here. Make a new one.")
        case .tooManyWaiters(let limit):
            return unavailable(endpoint, "\(limit) commands wait for a connection already. Send less at a time.")
        case .tooManyShares: return unavailable(endpoint, "the command needs more than a connection has.")
        }
    }

    private static func unavailable(_ endpoint: String, _ message: String) -> RouterOSError {
        RouterOSError(.unavailable, message, isSafeToRetry: true, endpoint: endpoint)
    }
}
