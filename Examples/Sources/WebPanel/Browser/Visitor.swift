import HTTPServer

/// What a browser carries: the token its forms must repeat and, once signed in, the secret of its session.
///
/// Both stand in one cookie that scripts cannot read, so the form token needs no table in the server: a form is ours
/// exactly when it repeats the half of the cookie that pages show. The form to sign in has a cookie of its own, so that
/// looking at it leaves a session alone.
struct Visitor: Sendable {
    /// Repeated by every form, in the field ``field``.
    let formToken: String
    /// The session's secret; never written into a page.
    let sessionSecret: String?
    /// Whether the browser came over TLS, as the reverse proxy says.
    let isSecure: Bool

    private let isCrossSite: Bool

    /// The name of the hidden field.
    static let field = "form_token"

    /// A browser that may be signed in.
    init(_ request: HTTPRequest) {
        self.init(request, cookie: Self.sessionCookie)
    }

    /// A browser in front of the form to sign in.
    init(signingIn request: HTTPRequest) {
        self.init(request, cookie: Self.signInCookie)
    }

    private init(_ request: HTTPRequest, cookie: String) {
        isSecure = request.headers["X-Forwarded-Proto"]?.lowercased() == "https"
        isCrossSite = request.isCrossSite
        let parts =
            request.cookie(Self.name(cookie, isSecure))?.split(separator: ".", maxSplits: 1).map(String.init) ?? []
        formToken = parts.first.flatMap { $0.isFormToken ? $0 : nil } ?? .newFormToken()
        sessionSecret = parts.count == 2 ? parts[1] : nil
    }

    /// The `Set-Cookie` header that makes the browser remember the form to sign in.
    var signInFormCookie: String {
        "\(Self.name(Self.signInCookie, isSecure))=\(formToken); \(Self.attributes(isSecure))"
    }

    /// The `Set-Cookie` headers that make the browser signed in.
    ///
    /// The form token is another with every session, so that one planted before signing in is worth nothing.
    func cookies(startingSession secret: String) -> [String] {
        [
            "\(Self.name(Self.sessionCookie, isSecure))=\(String.newFormToken()).\(secret); \(Self.attributes(isSecure))",
            forgetting(Self.signInCookie),
        ]
    }

    /// The `Set-Cookie` header that makes the browser forget its session.
    var cookieEndingSession: String { forgetting(Self.sessionCookie) }

    /// The attributes of every cookie of ours.
    ///
    /// Lax, so that a link from elsewhere finds the session; forms are guarded by ``checkForm(_:)``, and nothing else
    /// changes anything.
    static func attributes(_ isSecure: Bool) -> String {
        "Path=/; HttpOnly; SameSite=Lax" + (isSecure ? "; Secure" : "")
    }

    private func forgetting(_ cookie: String) -> String {
        "\(Self.name(cookie, isSecure))=; Max-Age=0; \(Self.attributes(isSecure))"
    }

    /// Makes sure that a form was sent from one of our pages.
    /// - Throws: ``RequestError`` 403.
    func checkForm(_ form: FormFields) throws(RequestError) {
        guard !isCrossSite, let token = form[Self.field], token.equalsInConstantTime(formToken) else {
            throw RequestError(
                .forbidden,
                code: "form_token",
                "This form has expired or came from another site. Open the page again and repeat."
            )
        }
    }

    /// The hidden field that a form of ours carries.
    var hiddenField: HTML {
        "<input type=\"hidden\" name=\"form_token\" value=\"\(formToken)\">"
    }

    private static let sessionCookie = "panel"
    private static let signInCookie = "panel-sign-in"

    private static func name(_ cookie: String, _ isSecure: Bool) -> String {
        isSecure ? "__Host-\(cookie)" : cookie
    }
}

extension HTTPRequest {
    /// Whether the browser says that another site sent this.
    fileprivate var isCrossSite: Bool {
        if let site = headers["Sec-Fetch-Site"] { return site != "same-origin" && site != "none" }
        guard let origin = headers["Origin"], let host = headers["Host"] else { return false }
        return origin != "http://\(host)" && origin != "https://\(host)"
    }
}

extension String {
    /// 128 random bits in hexadecimal digits.
    fileprivate static func newFormToken() -> String {
        (0..<2).map { _ in
            let digits = String(UInt64.random(in: .min ... .max), radix: 16)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    fileprivate var isFormToken: Bool {
        utf8.count == 32 && utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }

    /// Equality that takes as long for a near miss as for a far one.
    fileprivate func equalsInConstantTime(_ other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        return zip(utf8, other.utf8).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
