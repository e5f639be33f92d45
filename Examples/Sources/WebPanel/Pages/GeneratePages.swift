import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// Generating a batch: choose a package and a router, and the codes are there.
enum GeneratePages {
    static let routes: [Route] = [
        .page("/generate") { context in
            try context.session.require(.generateVouchers)
            return try await page(context, Form(context.request.query.only("router", "package")))
        },
        .action("/generate") { context in
            do {
                let made = try await generate(context)
                return context.redirect(
                    "/batches/\(made.batch.id)",
                    Flash(.success, "\(Voucher.counted(made.vouchers.count)) made. They can be printed now.")
                )
            } catch {
                return try await page(context, Form(context.form, error: RequestError(error)))
            }
        },
    ]

    private static func generate(_ context: PageContext) async throws -> GeneratedBatch {
        let form = context.form
        guard let quantity = form.filled("quantity").flatMap({ Int($0) }) else {
            throw RequestError(.unprocessableContent, "Enter how many vouchers, such as 50.", field: "quantity")
        }
        guard let package = form["package"].flatMap({ Identifier<Package>($0) }) else {
            throw RequestError(.unprocessableContent, "Choose a package.", field: "package")
        }
        guard let router = form["router"].flatMap({ Identifier<Router>($0) }) else {
            throw RequestError(.unprocessableContent, "Choose a router.", field: "router")
        }
        return try await context.session.vouchers.generate(
            quantity,
            of: package,
            on: router,
            codePrefix: form.filled("codePrefix"),
            sold: form["sold"] == "yes",
            key: try context.idempotencyKey()
        )
    }

    private static func page(_ context: PageContext, _ form: Form) async throws -> HTTPResponse {
        let packages = try await context.session.packages.list()
        let routers = try await context.session.routers.list(RouterQuery(), Paging(number: 1, size: 1000).request).items
        let content: HTML
        if packages.isEmpty {
            let create = context.offer(
                .managePackages,
                "First say what you sell: <a href=\"/packages/new\">create a package</a>."
            )
            content =
                "<p class=\"empty\">\(create ?? "There is no package to sell yet. Ask whoever manages the shop.")</p>"
        } else if routers.isEmpty {
            let add = context.offer(
                .manageRouters,
                "First say where it is used: <a href=\"/routers/new\">add a router</a>."
            )
            content = "<p class=\"empty\">\(add ?? "There is no router yet. Ask whoever manages the shop.")</p>"
        } else {
            content = fields(form, packages, routers, context)
        }
        return context.page("Generate vouchers", .generate, status: form.error?.status ?? .ok, content)
    }

    private static func fields(
        _ form: Form,
        _ packages: [Package],
        _ routers: [Router],
        _ context: PageContext
    ) -> HTML {
        let packageChoice = packages.map {
            (value: $0.id.description, title: "\($0.name) – \($0.terms.price.wording)")
        }
        let routerChoice = routers.map {
            (value: $0.id.description, title: $0.status == .online ? $0.name : "\($0.name) (not online)")
        }
        return """
            <form class="card" method="post" action="/generate" data-once>\(context.visitor.hiddenField)\
            \(form.idempotencyField)\(form.summary)
            <div class="columns">
            \(form.choice("package", "Package", packageChoice))
            \(form.choice("router", "Router", routerChoice, hint: "One that is not online gets them when it is back."))
            </div>
            <div class="columns">
            \(form.input("quantity", "How many", .number, hint: "120 fill an A4 page.", initial: "120", isRequired: true))
            \(form.input("codePrefix", "Code prefix", hint: "Optional, to tell batches apart.", placeholder: "BIL"))
            </div>
            \(form.check("sold", "Sold for cash now", hint: "Enters the money in your cash account."))
            <div class="actions"><button>Generate</button></div>
            </form>
            """
    }
}
