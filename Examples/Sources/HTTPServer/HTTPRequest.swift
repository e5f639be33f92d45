/// One request, whole and checked: the body has arrived, the path is decoded, no field holds a control character.
public struct HTTPRequest: Sendable {
    /// What is asked.
    public var method: HTTPMethod
    /// The percent-decoded segments of the path: `/a/b%20c` is `["a", "b c"]`, `/` is empty.
    public var path: [String]
    /// The fields after the question mark.
    public var query: FormFields
    /// The header fields.
    public var headers: HTTPHeaders
    /// The body; empty when there is none.
    ///
    /// Never longer than ``HTTPServer/Limits/body``.
    public var body: [UInt8]

    /// Makes a request, for a test or another transport; `nil` where the target is not an absolute path in valid
    /// percent-encoded UTF-8.
    ///
    /// - Parameters:
    ///   - method: What is asked.
    ///   - target: Path and query as they stand in a request line, percent-encoded.
    ///   - headers: The header fields.
    ///   - body: The body.
    public init?(_ method: HTTPMethod, _ target: String, headers: HTTPHeaders = [:], body: [UInt8] = []) {
        let parts = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        guard target.isRequestTarget, let path = parts.first, let query = FormFields(parts.count == 2 ? parts[1] : "")
        else { return nil }
        var segments: [String] = []
        for segment in path.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard let decoded = segment.percentDecoded, decoded.isHeaderValue else { return nil }
            segments.append(decoded)
        }
        self.method = method
        self.path = segments
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The media type of the body in lower case, without its parameters; `nil` where none is named.
    public var mediaType: String? {
        headers["Content-Type"]?.split(separator: ";").first.map { $0.trimmingBlanks.lowercased() }
    }

    /// The value of a cookie the client sent.
    public func cookie(_ name: String) -> String? {
        for header in headers.values("Cookie") {
            for pair in header.split(separator: ";") {
                let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if parts.count == 2, parts[0].trimmingBlanks == name { return parts[1].trimmingBlanks }
            }
        }
        return nil
    }
}

extension String {
    /// An absolute path in visible ASCII, without a fragment.
    fileprivate var isRequestTarget: Bool {
        first == "/"
            && utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") && $0 != UInt8(ascii: "\\") }
    }
}

extension Substring {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " || $0 == "\t" }.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
    }
}
