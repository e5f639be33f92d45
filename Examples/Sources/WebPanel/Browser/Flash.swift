import Foundation
import HTTPServer

/// A sentence for the next page: "50 vouchers made".
///
/// It travels in a cookie, so that it never stands in an address.
struct Flash: Sendable, Hashable {
    /// How it is shown.
    enum Kind: String, Sendable {
        case success
        case failure
    }

    let kind: Kind
    let text: String

    private static let cookieName = "panel-flash"

    init(_ kind: Kind, _ text: String) {
        self.kind = kind
        self.text = text
    }

    /// The sentence the browser brings along.
    init?(_ request: HTTPRequest) {
        guard
            let parts = request.cookie(Self.cookieName)?.split(separator: ".", maxSplits: 1), parts.count == 2,
            let kind = Kind(rawValue: String(parts[0])),
            let text = parts[1].removingPercentEncoding, text.count <= 500
        else { return nil }
        self.init(kind, text)
    }

    /// The value of the `Set-Cookie` header that makes the next page show it.
    func cookie(_ visitor: Visitor) -> String {
        let text = String(text.prefix(300)).percentEncoded
        return "\(Self.cookieName)=\(kind.rawValue).\(text); Max-Age=60; \(Visitor.attributes(visitor.isSecure))"
    }

    /// The value of the `Set-Cookie` header that makes the browser forget it.
    static func forgetting(_ visitor: Visitor) -> String {
        "\(cookieName)=; Max-Age=0; \(Visitor.attributes(visitor.isSecure))"
    }

    /// The toast.
    var html: HTML {
        switch kind {
        case .success: "<p class=\"toast success\" role=\"status\">\(text)</p>"
        case .failure: "<p class=\"toast failure\" role=\"alert\">\(text)</p>"
        }
    }
}
