import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// The routers: adding, testing, watching, changing.
enum RouterPages {
    static let routes: [Route] = [
        .page("/routers", list),
        .page("/routers/new") { context in
            try context.session.require(.manageRouters)
            return context.page("Add a router", .routers, form(Form(), context, action: "/routers", isNew: true))
        },
        .action("/routers", add),
        .action("/routers/test", testUnsaved),
        .page("/routers/:id") { context in try await show(context) },
        .page("/routers/:id/edit") { context in
            try context.session.require(.manageRouters)
            let router = try await context.session.routers.router(context.identifier())
            let path: HTML = "/routers/\(router.id.description)"
            return context.page(
                "Change \(router.name)",
                .routers,
                form(Form(router), context, action: path, isNew: false)
            )
        },
        .action("/routers/:id", update),
        .action("/routers/:id/test", testSaved),
        .page("/routers/:id/remove", confirmRemoval),
        .action("/routers/:id/remove", remove),
    ]

    private static func list(_ context: PageContext) async throws -> HTTPResponse {
        let paging = try Paging(context.request.query)
        let query = context.request.query
        let page = try await context.session.routers.list(RouterQuery(query), paging.request)
        let filters = Form(query)
        let statuses = [("", "Every status"), ("online", "Online"), ("offline", "Offline"), ("error", "Error")]
        let content: HTML = """
            \(context.offer(.manageRouters, "<p class=\"actions\"><a class=\"button\" href=\"/routers/new\">Add a router</a></p>"))
            <form class="filters" method="get" action="/routers">
            <input type="search" name="search" aria-label="Search" placeholder="Name, address or place" \
            value="\(query["search"] ?? "")">
            \(filters.filter("status", "Status", statuses))
            <button class="quiet">Search</button></form>
            \(HTML.table(
                ["Router", "Address", "Status", "Place", "Last seen"],
                page.items.map { row($0, context.clock) },
                empty: "No router here. \(context.offer(.manageRouters, "<a href=\"/routers/new\">Add one.</a>"))"
            ))\(HTML.pager("/routers", query, paging, total: page.total ?? 0))
            """
        return context.page("Routers", .routers, content)
    }

    private static func row(_ router: Router, _ clock: WallClock) -> [HTML] {
        let place = [router.location?.district, router.location?.region].compactMap(\.self).filter { !$0.isEmpty }
        return [
            "<a href=\"/routers/\(router.id.description)\">\(router.name)</a>",
            "<span class=\"code\">\(router.host):\(router.port)</span>",
            .badge(router.status),
            "\(place.isEmpty ? "–" : place.joined(separator: ", "))",
            clock.html(router.lastSeen),
        ]
    }

    private static func add(_ context: PageContext) async throws -> HTTPResponse {
        do {
            let draft = try RouterDraft(context.form)
            let added = try await context.session.routers.add(draft, key: try context.idempotencyKey())
            let router = try await context.panel.firstContact(added, context.session)
            return context.redirect("/routers/\(router.id)", flash(router, "added"))
        } catch {
            let fault = RequestError(error)
            let filled = Form(context.form, error: fault)
            let content = form(filled, context, action: "/routers", isNew: true)
            return context.page("Add a router", .routers, status: fault.status, content)
        }
    }

    private static func update(_ context: PageContext) async throws -> HTTPResponse {
        let present = try await context.session.routers.router(context.identifier())
        do {
            let changed = try await context.session.routers.update(present.id, RouterDraft(context.form))
            let router = try await context.panel.firstContact(changed, context.session)
            return context.redirect("/routers/\(router.id)", flash(router, "changed"))
        } catch {
            let fault = RequestError(error)
            let path: HTML = "/routers/\(present.id.description)"
            let content = form(Form(context.form, error: fault), context, action: path, isNew: false)
            return context.page("Change \(present.name)", .routers, status: fault.status, content)
        }
    }

    /// What the first look at a saved router found, in its own words where it refused.
    private static func flash(_ router: Router, _ done: String) -> Flash {
        let detail = router.statusDetail.map { " \($0)" } ?? ""
        return switch router.status {
        case .online: Flash(.success, "“\(router.name)” is \(done) and online.")
        case .error: Flash(.failure, "“\(router.name)” is \(done), but cannot be used yet.\(detail)")
        case .offline, .unknown:
            Flash(
                .failure,
                "“\(router.name)” is \(done), but not reachable yet; its vouchers will wait for it.\(detail)"
            )
        }
    }

    private static func confirmRemoval(_ context: PageContext) async throws -> HTTPResponse {
        try context.session.require(.manageRouters)
        let router = try await context.session.routers.router(context.identifier())
        let path: HTML = "/routers/\(router.id.description)"
        let made = try await context.session.vouchers.list(
            VoucherFilter(router: router.id),
            PageRequest(size: 1, isCounted: true)
        ).total
        let confirmation = Confirmation(
            question: "Remove “\(router.name)” at \(router.host):\(router.port)?",
            consequence: """
                It leaves the list for good and can only be added anew. \(Voucher.counted(made ?? 0)) made for it stay in \
                theirs; while one of them can still be used, the router is not removed.
                """,
            verb: "Remove router",
            action: "\(path)/remove",
            back: path
        )
        return context.page("Remove \(router.name)", .routers, confirmation.html(context))
    }

    private static func remove(_ context: PageContext) async throws -> HTTPResponse {
        let router = try await context.session.routers.router(context.identifier())
        do {
            try await context.session.routers.remove(router.id)
            return context.redirect("/routers", Flash(.success, "“\(router.name)” is removed."))
        } catch {
            return context.redirect("/routers/\(router.id)", Flash(.failure, RequestError(error).message))
        }
    }

    /// Tests what stands in the form.
    ///
    /// With scripts the answer is put below it; without, the form comes back.
    private static func testUnsaved(_ context: PageContext) async throws -> HTTPResponse {
        try context.session.require(.manageRouters)
        let report: HTML
        do {
            let draft = try RouterDraft(context.form)
            report = await context.panel.connectionTester.test(draft, patience: .test).html
        } catch {
            report = "<p class=\"notice failure\" role=\"alert\">\(RequestError(error).message)</p>"
        }
        if context.request.headers["X-Fragment"] != nil {
            return Document.response(report.markup, policy: Document.policy)
        }
        let content = form(Form(context.form), context, action: "/routers", isNew: true, report: report)
        return context.page("Add a router", .routers, content)
    }

    private static func testSaved(_ context: PageContext) async throws -> HTTPResponse {
        let report = try await context.panel.test(context.identifier(), context.session).html
        if context.request.headers["X-Fragment"] != nil {
            return Document.response(report.markup, policy: Document.policy)
        }
        return try await show(context, report: report)
    }

    private static func show(_ context: PageContext, report: HTML = .empty) async throws -> HTTPResponse {
        let router = try await context.session.routers.router(context.identifier())
        let path: HTML = "/routers/\(router.id.description)"
        let question = try await context.session.routers.question(router.id)
        // A router that asks says the same as its status.
        let detail: HTML? = router.statusDetail.flatMap { text in
            text == question?.text ? nil : "<p class=\"notice failure\">\(text)</p>"
        }
        let content: HTML = """
            <div class="actions">\(actions(router, path, context))</div>
            <section id="report" aria-live="polite">\(report)</section>\(detail)\(question.map { card($0, path, context) })
            <section class="card">\(HTML.facts([
                ("Status", .badge(router.status)),
                ("Address", "<span class=\"code\">\(router.host):\(router.port)</span>"),
                ("API user", "\(router.username)"),
                ("Identity", "\(router.identity ?? "–")"),
                ("RouterOS", "\(router.routerOSVersion ?? "–")"),
                ("Up for", "\(router.uptime?.roughWording ?? "–")"),
                ("Last seen", context.clock.html(router.lastSeen)),
                ("Last read", context.clock.html(router.lastSync)),
                ("Region", "\(router.location?.region ?? "–")"),
                ("District", "\(router.location?.district ?? "–")"),
                ("Added", context.clock.html(router.createdAt)),
            ]))</section>
            <p><a href="/vouchers?router=\(router.id.description)">Vouchers on this router</a></p>
            """
        return context.page(router.name, .routers, content)
    }

    private static func actions(_ router: Router, _ path: HTML, _ context: PageContext) -> [HTML] {
        let token = context.visitor.hiddenField
        let generate = context.offer(
            .generateVouchers,
            "<a class=\"button\" href=\"/generate?router=\(router.id.description)\">Generate vouchers</a>"
        )
        let test = context.offer(
            .manageRouters,
            """
            <form method="post" action="\(path)/test">\(token)\
            <button class="quiet" data-fragment="report">Test connection</button></form>
            """
        )
        let operate = context.offer(
            .operateRouters,
            """
            <form method="post" action="\(path)/sync">\(token)<button class="quiet">Read now</button></form>
            <form method="post" action="\(path)/retry">\(token)<button class="quiet">Try waiting changes now</button></form>
            """
        )
        let manage = context.offer(
            .manageRouters,
            """
            <a class="button quiet" href="\(path)/edit">Change</a>
            <a class="button danger push" href="\(path)/remove">Remove</a>
            """
        )
        return [generate, test, operate, manage].compactMap(\.self)
    }

    private static func form(
        _ form: Form,
        _ context: PageContext,
        action: HTML,
        isNew: Bool,
        report: HTML = .empty
    ) -> HTML {
        let hint: HTML =
            isNew ? "Kept encrypted, never shown again." : "Leave empty to keep it; another address takes it again."
        let test: HTML? =
            isNew
            ? """
            <button class="quiet" formaction="/routers/test" formnovalidate data-fragment="report">\
            Test connection</button>
            """ : nil
        let back: HTML = isNew ? "/routers" : action
        return """
            <form class="card" method="post" action="\(action)" autocomplete="off">\(context.visitor.hiddenField)\
            \(form.idempotencyField)\(form.summary)
            \(form.input("name", "Name", isRequired: true, placeholder: "Lake View, main house"))
            <div class="columns">
            \(form.input("host", "IP address or host name", hint: "As this server reaches it.", isRequired: true))
            \(form.input("port", "API port", .number, initial: "8728", isRequired: true))
            \(form.input("username", "API user", isRequired: true))
            \(form.input("password", "Password of the API user", .password, hint: hint, isRequired: isNew))
            </div>
            <div class="columns">
            \(form.input("region", "Region"))
            \(form.input("district", "District"))
            \(form.input("latitude", "Latitude", .amount, placeholder: "0.3476"))
            \(form.input("longitude", "Longitude", .amount, placeholder: "32.5825"))
            </div>
            <div class="actions"><button>\(isNew ? "Add router" : "Save")</button>\(test)\
            <a class="button quiet" href="\(back)">Cancel</a></div>
            </form>
            <section id="report" aria-live="polite">\(report)</section>
            """
    }
}
