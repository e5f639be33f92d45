/// What goes back to the client.
public struct HTTPResponse: Sendable {
    /// How it went.
    public var status: HTTPStatus
    /// The header fields.
    ///
    /// Length, date and connection are the server's business.
    public var headers: HTTPHeaders
    /// The body; not sent for `HEAD`.
    public var body: [UInt8]

    /// Makes a response.
    public init(_ status: HTTPStatus = .ok, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    /// A response in plain text.
    public static func text(_ status: HTTPStatus, _ text: String) -> HTTPResponse {
        HTTPResponse(
            status,
            headers: ["Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff"],
            body: Array(text.utf8)
        )
    }
}
