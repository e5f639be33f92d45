import BillingDomain
import BillingServices
import HTTPServer

/// What is asked about a router before much of it is changed, and what people have done to it at once.
extension RouterPages {
    static let questionRoutes: [Route] = [
        .action("/routers/:id/approve", approve),
        .action("/routers/:id/retry") { context in
            let id: Identifier<Router> = try context.identifier()
            let count = try await context.session.routers.retry(id)
            return context.redirect("/routers/\(id)", Flash(.success, "\(count) waiting changes are tried now."))
        },
        .action("/routers/:id/sync") { context in
            let id: Identifier<Router> = try context.identifier()
            try await context.session.routers.syncNow(id)
            return context.redirect("/routers/\(id)", Flash(.success, "The router is read as soon as its turn comes."))
        },
    ]

    /// Agrees to what was shown and to no more: what has grown since is to be looked at again.
    private static func approve(_ context: PageContext) async throws -> HTTPResponse {
        try context.session.require(.operateRouters)
        let router = try await context.session.routers.router(context.identifier())
        let path = "/routers/\(router.id)"
        guard let shown = context.form.filled("changes").flatMap({ Int($0) }) else {
            throw RequestError(.badRequest, "This form is incomplete. Open the page again and repeat.")
        }
        guard let asked = try await context.session.routers.question(router.id)?.changes else {
            return context.redirect(path, Flash(.failure, "Nothing is asked about “\(router.name)” any more."))
        }
        guard asked <= shown else {
            let text = "Nothing was agreed to: it takes \(asked) changes by now, and you were shown \(shown)."
            return context.redirect(path, Flash(.failure, text))
        }
        try await context.session.routers.approveChanges(router.id, upTo: asked)
        let text = "The next reading makes the \(asked) changes, within an hour, unless it finds that it takes more."
        return context.redirect(path, Flash(.success, text))
    }

    /// The question with its answer; what it would change is carried along, so that no more is agreed to.
    static func card(_ question: RouterQuestion, _ path: HTML, _ context: PageContext) -> HTML {
        let answer = question.approvedAt.map { instant -> (name: HTML, value: HTML) in
            ("Agreed to", "up to \(question.approvedChanges) changes, \(context.clock.html(instant))")
        }
        let facts: [(name: HTML, value: HTML)] =
            [
                ("Would be changed", "\(question.changes)"),
                ("Asked since", context.clock.html(question.askedAt)),
            ] + [answer].compactMap(\.self)
        let button = context.offer(
            .operateRouters,
            """
            <form method="post" action="\(path)/approve" data-once>\(context.visitor.hiddenField)\
            <input type="hidden" name="changes" value="\(question.changes)"><button>Carry out</button></form>
            """
        )
        return """
            <section class="card"><p class="notice failure">\(question.text)</p>\(HTML.facts(facts))
            <div class="actions">\(button)</div></section>
            """
    }
}
