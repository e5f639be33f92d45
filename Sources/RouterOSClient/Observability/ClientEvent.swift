public import RouterOSProtocol

/// Something that happened in a client; `endpoint` is `host:port` everywhere.
///
/// Later versions have more cases: a switch over it needs a `default`.
public enum ClientEvent: Sendable {
    /// A connection stands and is logged in; how long it took, and the TLS version and cipher suite if it has one.
    case connected(endpoint: String, after: Duration, tls: String?)
    /// A connection did not come about.
    case connectFailed(endpoint: String, after: Duration, error: RouterOSError)
    /// A connection that stood has ended; without an error when we ended it.
    case disconnected(endpoint: String, error: RouterOSError?)
    /// A command is over, by an answer or without; over REST one attempt at it is.
    ///
    /// One that a client does not send, since its turn in the rate limit would come too late or the router is left alone, has no
    /// such event, over either transport.
    case commandFinished(CommandRecord)
    /// A reader does not keep up, and its connection reads nothing more for now; or it does again.
    case readingPaused(endpoint: String, isPaused: Bool)
    /// How the connections to a router are used changed.
    case poolChanged(endpoint: String, PoolFigures)
    /// A connection has been held for longer than the threshold; by whom.
    case leaseOverdue(endpoint: String, held: Duration, site: String)
    /// A connection was let go of without being given back, and is closed for that; by whom. Without a site: it was given back
    /// twice, and the second time did nothing.
    case leaseMisused(endpoint: String, site: String?)
    /// A command or a connection is tried again after a delay.
    case retrying(endpoint: String, path: String, attempt: Int, after: Duration, error: RouterOSError)
    /// A command waits for its turn in the router's rate limit.
    case rateLimited(endpoint: String, path: String, wait: Duration)
    /// A router is no longer asked because it fails, is tried once, or is trusted again.
    case breakerChanged(endpoint: String, BreakerState)

    /// One command, without what it carried.
    public struct CommandRecord: Sendable, Hashable {
        /// `host:port`.
        public var endpoint: String
        /// Menu and verb, `/ip/hotspot/user/add`.
        public var path: String
        /// From the call to the end.
        public var duration: Duration
        /// The rows that came.
        public var rows: Int
        /// The bytes that it took to send: its sentence, or over REST the body of its request; none when it was not sent.
        public var bytesSent: Int
        /// The bytes of those rows; over REST those of the answer's body.
        public var bytesReceived: Int
        /// Why it failed, nil when it did not; a cancelled one has `interrupted`.
        public var failure: RouterOSError.Code?

        /// Makes a record.
        public init(
            endpoint: String,
            path: String,
            duration: Duration,
            rows: Int,
            bytesSent: Int = 0,
            bytesReceived: Int,
            failure: RouterOSError.Code?
        ) {
            self.endpoint = endpoint
            self.path = path
            self.duration = duration
            self.rows = rows
            self.bytesSent = bytesSent
            self.bytesReceived = bytesReceived
            self.failure = failure
        }
    }

    /// The connections to one router.
    public struct PoolFigures: Sendable, Hashable {
        /// In use.
        public var leased: Int
        /// Open and free.
        public var idle: Int
        /// Being opened.
        public var connecting: Int
        /// Callers that wait for one.
        public var waiting: Int

        /// Makes a set of figures.
        public init(leased: Int, idle: Int, connecting: Int, waiting: Int) {
            self.leased = leased
            self.idle = idle
            self.connecting = connecting
            self.waiting = waiting
        }
    }

    /// Whether a router is asked at all.
    public enum BreakerState: String, Sendable, Hashable {
        /// It is: all is well.
        case closed
        /// It is not, for a while.
        case open
        /// One caller tries.
        case halfOpen
    }
}
