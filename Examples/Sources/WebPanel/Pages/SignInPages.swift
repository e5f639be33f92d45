import BillingDomain
import BillingServices
import HTTPServer

/// Signing in and out.
enum SignInPages {
    static let routes: [Route] = [
        .open(.get, "/sign-in") { panel, request, _ in
            let tenants = try await panel.billing.tenants()
            let next = Form(request.query.only("next"))
            return page(Visitor(signingIn: request), tenants, next)
        },
        .open(.post, "/sign-in", signIn),
        .action("/sign-out") { context in
            try await context.session.signOut()
            var response = context.redirect("/sign-in")
            response.headers.append("Set-Cookie", context.visitor.cookieEndingSession)
            return response
        },
    ]

    private static func signIn(_ panel: Panel, _ request: HTTPRequest, _: [String: String]) async throws -> HTTPResponse
    {
        let visitor = Visitor(signingIn: request)
        let form = try FormFields(formOf: request)
        try visitor.checkForm(form)
        let tenants = try await panel.billing.tenants()
        do {
            let session = try await panel.billing.signIn(
                form["username"] ?? "",
                password: form["password"] ?? "",
                tenant: tenant(form["business"] ?? "", among: tenants)
            )
            var response = HTTPResponse(
                .seeOther,
                headers: ["Location": destination(form["next"]), "Cache-Control": "no-store"]
            )
            for cookie in visitor.cookies(startingSession: session.sessionSecret ?? "") {
                response.headers.append("Set-Cookie", cookie)
            }
            return response
        } catch {
            var fault = RequestError(error)
            if fault.status == .unauthorized, tenants.count > 1 {
                fault = RequestError(.unauthorized, "The business, the user name or the password is not right.")
            }
            return page(visitor, tenants, Form(form, error: fault))
        }
    }

    /// The business meant: the only one there is, or the one whose name was typed.
    ///
    /// The list is nobody's to read. A name that none of them has stands for a business without staff: trying it takes
    /// as long, is counted and is refused like trying the others.
    private static func tenant(_ name: String, among tenants: [Tenant]) -> Identifier<Tenant> {
        let name = name.lowercased()
        let meant = tenants.count == 1 ? tenants.first : tenants.first { $0.name.lowercased() == name }
        if let meant { return meant.id }
        // The same for the same name as long as the process lives, which is as long as failures are counted.
        var hasher = Hasher()
        hasher.combine(name)
        return Identifier(high: 0, low: UInt64(truncatingIfNeeded: hasher.finalize()))
    }

    /// Where to go after signing in: a path of ours, never another site.
    private static func destination(_ next: String?) -> String {
        guard let next, !next.hasPrefix("//"), HTTPRequest(.get, next) != nil else { return "/" }
        return next
    }

    private static func page(_ visitor: Visitor, _ tenants: [Tenant], _ form: Form) -> HTTPResponse {
        let business: HTML? = tenants.count > 1 ? form.input("business", "Business", isRequired: true) : nil
        let noTenant: HTML? =
            tenants.isEmpty
            ? "<p class=\"notice\">Nobody can sign in yet. Run <code>web-panel create-admin</code> first.</p>" : nil
        let body: HTML = """
            <main class="alone"><div class="card">
            <img src="\(StaticFile.icon.address)" alt="" width="44" height="44">
            <h1>Sign in</h1>\(noTenant)\(form.summary)
            <form method="post" action="/sign-in" data-once>\(visitor.hiddenField)
            <input type="hidden" name="next" value="\(form.values["next"] ?? "/")">\(business)
            <div class="field"><label for="username">User name</label>
            <input type="text" id="username" name="username" value="\(form.values["username"] ?? "")" \
            autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus></div>
            <div class="field"><label for="password">Password</label>
            <input type="password" id="password" name="password" autocomplete="current-password" required></div>
            <button>Sign in</button></form></div></main>
            """
        var response = Document(title: "Sign in", body: body).response(form.error?.status ?? .ok)
        response.headers.append("Set-Cookie", visitor.signInFormCookie)
        return response
    }
}
