/// Where a request comes from: written to the audit trail beside who made it.
public struct RequestOrigin: Hashable, Sendable {
    /// The name of the request in the logs.
    public var requestID: String?
    /// The network address it came from.
    public var address: String?
    /// What the browser calls itself.
    public var userAgent: String?

    /// An origin; each part is kept to its first 200 characters.
    public init(requestID: String? = nil, address: String? = nil, userAgent: String? = nil) {
        self.requestID = requestID.map { Input.printable($0) }
        self.address = address.map { Input.printable($0) }
        self.userAgent = userAgent.map { Input.printable($0) }
    }
}
