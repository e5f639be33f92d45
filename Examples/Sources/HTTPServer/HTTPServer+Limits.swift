extension HTTPServer {
    /// Every limit of the server, with a default that suits a panel behind a reverse proxy.
    public struct Limits: Sendable {
        /// Connections open at once; more wait in the listening queue.
        ///
        /// From four fifths of it on, every new one ends the one that has owed its request line and headers longest.
        public var connections = 1000
        /// Connections open at once from one address.
        ///
        /// A reverse proxy is one address.
        public var connectionsPerAddress = 50
        /// Memory of one connection in bytes: a request line and headers that do not fit are refused.
        public var connectionMemory = 64 * 1024
        /// Body length in bytes; a longer one is answered with 413 before it is read.
        public var body = 1024 * 1024
        /// Bytes of all bodies together that have not been handled to their end; beyond it requests get 503.
        public var bodies = 32 * 1024 * 1024
        /// Silence after which a connection is closed.
        public var inactivity: Duration = .seconds(15)
        /// Time for a request line and its headers, from the end of the request before.
        public var headers: Duration = .seconds(10)
        /// Time for a body, from its headers.
        public var request: Duration = .seconds(30)
        /// Time for the handler; then the client gets 503 and a late answer is dropped.
        public var handler: Duration = .seconds(60)
        /// Time for the client to take the response.
        public var response: Duration = .seconds(60)
        /// Time for requests in progress when the server stops.
        public var drain: Duration = .seconds(10)

        /// The defaults.
        public init() {}
    }
}
