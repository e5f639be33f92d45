/// Why something between us and a router did not work, and what to do about it.
///
/// The description never holds a password or any other attribute value that is a secret.
public struct RouterOSError: Error, Sendable, Hashable {
    /// What went wrong; the cases are open, so a switch needs a default.
    public let code: Code
    /// What went wrong in a sentence, the router's own words included, and what to check.
    public let message: String
    /// The router's own text, for errors that it reported.
    public let routerMessage: String?
    /// The router's category of a trap, 0…7, when it gave one.
    public let category: Int?
    /// Whether the command can be sent again without any risk of doing its work twice: nothing of it reached the router,
    /// or the router refused it.
    ///
    /// A write that may have reached the router is not safe to retry: read back by its natural key first.
    public let isSafeToRetry: Bool
    /// Where the router was looked for, `host:port`, when the error came from a connection.
    public var endpoint: String?

    /// Makes an error.
    public init(
        _ code: Code,
        _ message: String,
        routerMessage: String? = nil,
        category: Int? = nil,
        isSafeToRetry: Bool = false,
        endpoint: String? = nil
    ) {
        self.code = code
        self.message = message
        self.routerMessage = routerMessage
        self.category = category
        self.isSafeToRetry = isSafeToRetry
        self.endpoint = endpoint
    }
}

extension RouterOSError: CustomStringConvertible {
    /// Code, endpoint and message on one line.
    public var description: String {
        "RouterOSError.\(code): \(endpoint.map { "\($0): " } ?? "")\(message)"
    }
}
