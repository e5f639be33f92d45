extension HTTPServer {
    /// What an application says about requests before its handler sees them, or instead of it.
    ///
    /// Called on the server's own threads, which everything else waits for: both have to be quick.
    public struct Policy: Sendable {
        /// How many bytes of body a request may bring; its own body is still empty.
        ///
        /// ``Limits/body`` holds beside it. The place to allow less to whoever has not shown who they are.
        public var bodyLimit: @Sendable (HTTPRequest) -> Int = { _ in .max }
        /// The answer to a request that is refused.
        public var response: @Sendable (HTTPRefusal) -> HTTPResponse = { .text($0.status, $0.message) }

        /// The same limit for everything, and refusals in plain text.
        public init() {}
    }
}
