extension RouterOSError {
    /// What went wrong.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        private enum Value: String, Sendable {
            case nameResolution, unreachable, connectionRefused, connectTimeout, connectionClosed, notRouterOS
            case protocolViolation, limitExceeded, authentication, tlsFailed, certificateRejected, certificateChanged
            case loginTimeout, permissionDenied, deadlineExceeded
            case noSuchItem, duplicate, noSuchCommand, unknownParameter, invalidValue, interrupted, actionTimedOut
            case trap, fatal, invalidCommand, malformedRow, unavailable
        }

        private let value: Value

        private init(_ value: Value) { self.value = value }

        /// The code's name.
        public var description: String { value.rawValue }

        /// The host name has no address.
        public static let nameResolution = Code(.nameResolution)
        /// There is no route to the address, or it refuses all traffic.
        public static let unreachable = Code(.unreachable)
        /// The host is there and nothing listens on the port.
        public static let connectionRefused = Code(.connectionRefused)
        /// The host did not answer the connection in time.
        public static let connectTimeout = Code(.connectTimeout)
        /// The connection ended while something was still expected of it.
        public static let connectionClosed = Code(.connectionClosed)
        /// The peer answers, but does not speak the RouterOS API.
        public static let notRouterOS = Code(.notRouterOS)
        /// TLS could not be agreed upon with the peer; nothing was sent.
        public static let tlsFailed = Code(.tlsFailed)
        /// The router's certificate is not acceptable; nothing was sent.
        public static let certificateRejected = Code(.certificateRejected)
        /// The router's certificate is not the one that was pinned; nothing was sent, and nothing must be before somebody
        /// has found out why.
        public static let certificateChanged = Code(.certificateChanged)
        /// The peer sent bytes that no RouterOS API speaker can send.
        public static let protocolViolation = Code(.protocolViolation)
        /// The peer sent more than ``CodecLimits`` allow.
        public static let limitExceeded = Code(.limitExceeded)
        /// User name or password is wrong, or the user may not use the API from here; never retried.
        public static let authentication = Code(.authentication)
        /// The router answers and did not finish the login in time.
        public static let loginTimeout = Code(.loginTimeout)
        /// The user's group lacks the policy for this command.
        public static let permissionDenied = Code(.permissionDenied)
        /// The router did not answer in time; whether the command took effect is unknown.
        public static let deadlineExceeded = Code(.deadlineExceeded)
        /// The item addressed does not exist (any more).
        public static let noSuchItem = Code(.noSuchItem)
        /// An item with that name exists already.
        public static let duplicate = Code(.duplicate)
        /// This RouterOS version, package or board has no such menu or verb.
        public static let noSuchCommand = Code(.noSuchCommand)
        /// This RouterOS version has no such attribute.
        public static let unknownParameter = Code(.unknownParameter)
        /// The router does not accept a value.
        public static let invalidValue = Code(.invalidValue)
        /// The command was ended on the router, by someone else's cancel for one.
        public static let interrupted = Code(.interrupted)
        /// The router ran out of time inside; whether the command took effect is unknown, and trying later may work.
        public static let actionTimedOut = Code(.actionTimedOut)
        /// The router refused or failed a command for another reason.
        public static let trap = Code(.trap)
        /// The router ended the session.
        public static let fatal = Code(.fatal)
        /// The command cannot be put on the wire as it is, or the router cannot parse it.
        public static let invalidCommand = Code(.invalidCommand)
        /// A row lacks what its type needs, or holds a value of another shape.
        public static let malformedRow = Code(.malformedRow)
        /// The command was not sent: the router is left alone for now, or no connection or turn was free in time.
        public static let unavailable = Code(.unavailable)
    }
}
