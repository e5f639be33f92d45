/// Why a request did not reach the handler, or the handler's answer did not come in time.
public struct HTTPRefusal: Error, Sendable, Hashable {
    /// 400, 411, 413, 414, 501 or 503.
    public let status: HTTPStatus
    /// One sentence for whoever sent the request.
    public let message: String
    /// The target as it was sent, which may be no valid one.
    public let target: String

    /// Makes a refusal, for a test of what is answered to one.
    public init(_ status: HTTPStatus, _ message: String, target: String) {
        self.status = status
        self.message = message
        self.target = target
    }
}
