/// A method and headers as a parser gave them, and the second look at them.
///
/// The parser underneath is older than several request-smuggling findings, so nothing it lets through is believed:
/// the wire never carries a transfer coding, two lengths or a body without a length past this point.
struct RequestHead: Sendable {
    var method: HTTPMethod
    var version: String
    var headers: HTTPHeaders
    /// Whether the parser handed out every byte it read: ``RequestLayout/isIntact``.
    var isIntact = true

    /// Longer targets than this are no address of ours.
    private static let targetLimit = 8 * 1024

    /// Names that decide where a message ends and whom it is for.
    private static let framingNames = ["content-length", "transfer-encoding", "host"]

    /// The request, its body still empty.
    /// - Throws: The answer to a request that must not be handled; the connection ends with it, because where the next
    ///   request would begin is not known.
    func request(target: String, bodyLimit: (HTTPRequest) -> Int) throws(HTTPRefusal) -> HTTPRequest {
        func refusal(_ status: HTTPStatus, _ message: String) -> HTTPRefusal {
            HTTPRefusal(status, message, target: target)
        }
        guard
            isIntact, method.rawValue.isHeaderName, headers.areSafe, version == "HTTP/1.1" || version == "HTTP/1.0",
            !headers.pairs.contains(where: { $0.name.continuesOne(of: Self.framingNames) })
        else { throw refusal(.badRequest, "Malformed request.") }
        guard [.get, .head, .post, .put, .delete, "PATCH", "OPTIONS"].contains(method) else {
            throw refusal(.notImplemented, "Unknown method.")
        }
        guard target.utf8.count <= Self.targetLimit else { throw refusal(.uriTooLong, "The address is too long.") }
        guard let request = HTTPRequest(method, target, headers: headers) else {
            throw refusal(.badRequest, "Malformed address.")
        }
        guard headers.values("Transfer-Encoding").isEmpty else {
            throw refusal(.lengthRequired, "Send the body with a Content-Length.")
        }
        let hosts = headers.values("Host")
        guard hosts.count == 1 || (hosts.isEmpty && version == "HTTP/1.0") else {
            throw refusal(.badRequest, "Exactly one Host is needed.")
        }
        let lengths = headers.values("Content-Length")
        guard let announced = lengths.first else {
            guard ![.post, .put, "PATCH"].contains(method) else {
                throw refusal(.lengthRequired, "Send a Content-Length, which is 0 where there is no body.")
            }
            return request
        }
        guard lengths.count == 1, !announced.isEmpty, announced.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else {
            throw refusal(.badRequest, "Malformed Content-Length.")
        }
        let limit = bodyLimit(request)
        guard let length = Int(announced), length <= limit else {
            throw refusal(.contentTooLarge, "The body may hold \(limit) bytes.")
        }
        return request
    }
}

extension String {
    /// Whether one of these names, in lower case, is the beginning of this longer one.
    ///
    /// No field that anybody defined is called so; a field whose folded line became part of its name is.
    fileprivate func continuesOne(of names: [String]) -> Bool {
        let name = lowercased()
        return names.contains { name.utf8.count > $0.utf8.count && name.hasPrefix($0) }
    }
}

extension HTTPMethod: ExpressibleByStringLiteral {
    /// Names a method.
    public init(stringLiteral value: String) {
        self.init(rawValue: value)
    }
}
