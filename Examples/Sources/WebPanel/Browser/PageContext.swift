import BillingDomain
import BillingServices
import HTTPServer

/// A request of a browser whose session has been found good.
struct PageContext: Sendable {
    let panel: Panel
    let request: HTTPRequest
    let visitor: Visitor
    let session: BillingSession
    /// The fields of the form that was sent; empty for a page.
    let form: FormFields
    private let values: [String: String]

    /// Looks the session up and reads the form.
    ///
    /// What a page asks for by itself, `isPolling`, is no sign of a person: it does not prolong the session.
    /// - Throws: ``RequestError``: 401 without a session, 415 and 400 for a body that is no form.
    init(_ panel: Panel, _ request: HTTPRequest, _ values: [String: String], isPolling: Bool = false) async throws {
        self.panel = panel
        self.request = request
        self.values = values
        visitor = Visitor(request)
        guard let secret = visitor.sessionSecret else {
            throw RequestError(.unauthorized, "Sign in first.")
        }
        let isRefreshed = request.query[Document.refreshed] != nil
        session = try await panel.billing.session(secret: secret, prolonging: !isPolling && !isRefreshed)
        form = try FormFields(formOf: request)
    }

    /// Whether this person may; what they may not is not offered to them.
    func may(_ permission: Permission) -> Bool { session.permissions.contains(permission) }

    /// Markup for those who may, and nothing for others.
    func offer(_ permission: Permission, _ html: @autoclosure () -> HTML) -> HTML? {
        may(permission) ? html() : nil
    }

    /// A named segment of the path.
    func value(_ name: String) -> String { values[name] ?? "" }

    /// How this person's instants are shown.
    var clock: WallClock { WallClock(session.tenant.timeZone) }

    /// A page with the navigation around it.
    ///
    /// `refresh` is after how many seconds a browser without scripts asks for it again.
    func page(
        _ title: String,
        _ section: Navigation.Section,
        status: HTTPStatus = .ok,
        refresh: Int? = nil,
        _ content: HTML
    ) -> HTTPResponse {
        let flash = Flash(request)
        let navigation = Navigation(current: section, session: session, visitor: visitor)
        let body = navigation.around(content, title: title, flash: flash)
        var response = Document(title: title, body: body, refresh: refresh).response(status)
        if flash != nil { response.headers.append("Set-Cookie", Flash.forgetting(visitor)) }
        return response
    }

    /// The way back to a page after a form has done its work.
    func redirect(_ path: String, _ flash: Flash? = nil) -> HTTPResponse {
        var response = HTTPResponse(.seeOther, headers: ["Location": path, "Cache-Control": "no-store"])
        if let flash { response.headers.append("Set-Cookie", flash.cookie(visitor)) }
        return response
    }

    /// The key that the form carried, so that sending it twice has one effect.
    /// - Throws: ``RequestError`` 400 where the form has none.
    func idempotencyKey() throws(RequestError) -> IdempotencyKey {
        guard let key = form["key"].flatMap({ IdempotencyKey($0) }) else {
            throw RequestError(.badRequest, "This form is incomplete. Open the page again and repeat.")
        }
        return key
    }

    /// An identifier in the path.
    /// - Throws: ``RequestError`` 404, because what is no identifier names nothing.
    func identifier<Entity>(_ name: String = "id") throws(RequestError) -> Identifier<Entity> {
        guard let identifier = Identifier<Entity>(value(name)) else {
            throw RequestError(.notFound, "There is nothing at this address.")
        }
        return identifier
    }
}

extension FormFields {
    /// The fields of the form in a request's body; none where the request has no body.
    /// - Throws: ``RequestError`` 415 and 400.
    init(formOf request: HTTPRequest) throws(RequestError) {
        guard request.method == .post else {
            self.init([])
            return
        }
        guard request.mediaType == "application/x-www-form-urlencoded" else {
            throw RequestError(.unsupportedMediaType, "Send a form.")
        }
        guard let fields = FormFields(String(decoding: request.body, as: UTF8.self)) else {
            throw RequestError(.badRequest, "The form could not be read.")
        }
        self = fields
    }
}
