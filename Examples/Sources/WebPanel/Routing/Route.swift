import HTTPServer

/// One entry of the table of everything the panel answers.
///
/// A route cannot be made without saying who may come: there are only the four kinds below.
struct Route: Sendable {
    /// Who may come.
    enum Admission: Sendable {
        /// Anybody.
        case open
        /// Whoever is signed in with a browser.
        case page
        /// Whoever is signed in with a browser and sends the token of one of our forms.
        case action
        /// Whoever sends a bearer token.
        case api
    }

    let method: HTTPMethod
    let pattern: PathPattern
    let admission: Admission
    let respond: @Sendable (Panel, HTTPRequest, [String: String]) async throws -> HTTPResponse

    /// An address for anybody.
    static func open(
        _ method: HTTPMethod,
        _ pattern: StaticString,
        _ respond: @escaping @Sendable (Panel, HTTPRequest, [String: String]) async throws -> HTTPResponse
    ) -> Route {
        Route(method: method, pattern: PathPattern(pattern), admission: .open, respond: respond)
    }

    /// A page or a part of one; reads only.
    static func page(
        _ pattern: StaticString,
        _ respond: @escaping @Sendable (PageContext) async throws -> HTTPResponse
    ) -> Route {
        Route(method: .get, pattern: PathPattern(pattern), admission: .page) { panel, request, values in
            try await respond(try await PageContext(panel, request, values))
        }
    }

    /// Figures that a page asks for again and again; reads only, and is no use of the session.
    static func poll(
        _ pattern: StaticString,
        _ respond: @escaping @Sendable (PageContext) async throws -> HTTPResponse
    ) -> Route {
        Route(method: .get, pattern: PathPattern(pattern), admission: .page) { panel, request, values in
            try await respond(try await PageContext(panel, request, values, isPolling: true))
        }
    }

    /// What a form does.
    static func action(
        _ pattern: StaticString,
        _ respond: @escaping @Sendable (PageContext) async throws -> HTTPResponse
    ) -> Route {
        Route(method: .post, pattern: PathPattern(pattern), admission: .action) { panel, request, values in
            let context = try await PageContext(panel, request, values)
            try context.visitor.checkForm(context.form)
            return try await respond(context)
        }
    }

    /// A call of the programming interface.
    static func api(
        _ method: HTTPMethod,
        _ pattern: StaticString,
        _ respond: @escaping @Sendable (APIContext) async throws -> HTTPResponse
    ) -> Route {
        Route(method: method, pattern: PathPattern(pattern), admission: .api) { panel, request, values in
            try await respond(try await APIContext(panel, request, values))
        }
    }
}
