import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// The vouchers: finding one, and what can be done with it.
enum VoucherPages {
    static let routes: [Route] = [
        .page("/vouchers", list),
        .page("/vouchers/:code") { context in
            let voucher = try await context.session.vouchers.voucher(code: context.value("code"))
            let router = try? await context.session.routers.router(voucher.router)
            return context.page(voucher.code, .vouchers, detail(voucher, router, context))
        },
        .page("/vouchers/:code/sell", confirmSale),
        .action("/vouchers/:code/sell") { context in
            try await act(context) { context, code in
                let sale = try await context.session.vouchers.sell(codes: [code], key: try context.idempotencyKey())
                return "Sold, \(sale.total.wording) taken."
            }
        },
        .action("/vouchers/:code/disable") { context in
            try await act(context) { context, code in
                _ = try await context.session.vouchers.disable(code: code)
                return "Disabled. The router follows at once."
            }
        },
        .action("/vouchers/:code/enable") { context in
            try await act(context) { context, code in
                _ = try await context.session.vouchers.enable(code: code)
                return "Enabled again."
            }
        },
    ]

    private static func act(
        _ context: PageContext,
        _ body: (PageContext, String) async throws -> String
    ) async throws -> HTTPResponse {
        let code = context.value("code")
        let path = "/vouchers/\(code.percentEncoded)"
        do {
            return context.redirect(path, Flash(.success, try await body(context, code)))
        } catch {
            let fault = RequestError(error)
            guard fault.status != .notFound else { throw fault }
            return context.redirect(path, Flash(.failure, fault.message))
        }
    }

    private static func list(_ context: PageContext) async throws -> HTTPResponse {
        let query = context.request.query
        let paging = try Paging(query, size: 50)
        let page = try await context.session.vouchers.list(query, paging)
        let routers = try await context.session.routers.list(RouterQuery(), Paging(number: 1, size: 1000).request).items
        let form = Form(query)
        let statuses = DocumentStatus.allCases.map { ($0.rawValue, $0.rawValue) }
        let batch: HTML? = query.filled("batch").map { "<input type=\"hidden\" name=\"batch\" value=\"\($0)\">" }
        let content: HTML = """
            <form class="filters" method="get" action="/vouchers">\(batch)
            <input type="search" name="search" aria-label="Search" placeholder="Code or customer" \
            value="\(query["search"] ?? "")">
            \(form.filter("status", "Status", [("", "Every status")] + statuses))
            \(form.filter("router", "Router", [("", "Every router")] + routers.map { ($0.id.description, $0.name) }))
            <button class="quiet">Search</button></form>
            \(HTML.table(
                ["Code", "Package", "Status", "Sale", "On the router", "Price", "Valid until"],
                page.items.map { row($0, context.clock) },
                empty: "No voucher fits."
            ))\(HTML.pager("/vouchers", query, paging, total: page.total ?? 0))
            """
        return context.page("Vouchers", .vouchers, content)
    }

    private static func row(_ voucher: Voucher, _ clock: WallClock) -> [HTML] {
        [
            "<a class=\"code\" href=\"/vouchers/\(url: voucher.code)\">\(voucher.code)</a>",
            "\(voucher.packageName)",
            .badge(voucher.documentStatus),
            .badge(voucher.commercial),
            .badge(voucher.provisioning),
            "\(voucher.terms.price.wording)",
            clock.html(voucher.expiresAt),
        ]
    }

    private static func detail(_ voucher: Voucher, _ router: Router?, _ context: PageContext) -> HTML {
        let routerLink: HTML =
            router.map { "<a href=\"/routers/\($0.id.description)\">\($0.name)</a>" }
            ?? "<span class=\"muted\">removed</span>"
        let fault: HTML? = voucher.provisioningDetail.map { "<p class=\"notice failure\">\($0)</p>" }
        return """
            <div class="actions">\(actions(voucher, context))</div>\(fault)
            <section class="card">\(HTML.facts([
                ("Status", .badge(voucher.documentStatus)),
                ("Sale", .badge(voucher.commercial)),
                ("On the router", .badge(voucher.provisioning)),
                ("Package", "\(voucher.packageName)"),
                ("Gives", "\(voucher.terms.wording)"),
                ("Price", "\(voucher.terms.price.wording)"),
                ("Router", routerLink),
                ("Batch", "<a href=\"/batches/\(voucher.batch.description)\">\(context.clock.text(voucher.createdAt))</a>"),
            ]))</section>
            <section class="card"><h2>Use</h2>\(HTML.facts([
                ("Sold", context.clock.html(voucher.soldAt)),
                ("First login", context.clock.html(voucher.activatedAt)),
                ("Valid until", context.clock.html(voucher.expiresAt)),
                ("Last seen", context.clock.html(voucher.usage.lastSeenAt)),
                ("Time online", "\(voucher.usage.uptime.roughWording)"),
                ("Download", "\(data(voucher.usage.bytesOut))"),
                ("Upload", "\(data(voucher.usage.bytesIn))"),
            ]))</section>
            """
    }

    private static func confirmSale(_ context: PageContext) async throws -> HTTPResponse {
        try context.session.require(.sellVouchers)
        let voucher = try await context.session.vouchers.voucher(code: context.value("code"))
        let path: HTML = "/vouchers/\(url: voucher.code)"
        guard voucher.isForSale else {
            let flash = Flash(.failure, "This voucher is sold or withdrawn already.")
            return context.redirect("/vouchers/\(voucher.code.percentEncoded)", flash)
        }
        let price = voucher.terms.price.wording
        let confirmation = Confirmation(
            question: "Mark 1 voucher, \(voucher.code), as sold for \(price)?",
            consequence: "\(price) in cash is entered in the books under your name. This cannot be undone here.",
            verb: "Mark as sold",
            action: "\(path)/sell",
            back: path,
            isRemoval: false
        )
        return context.page("Mark \(voucher.code) as sold", .vouchers, confirmation.html(context))
    }

    private static func actions(_ voucher: Voucher, _ context: PageContext) -> [HTML] {
        let path: HTML = "/vouchers/\(url: voucher.code)"
        let token = context.visitor.hiddenField
        var actions: [HTML] = []
        if voucher.isForSale, context.may(.sellVouchers) {
            actions.append("<a class=\"button\" href=\"\(path)/sell\">Mark as sold</a>")
        }
        guard context.may(.disableVouchers) else { return actions }
        switch voucher.access {
        case .unused, .active:
            actions.append(
                "<form method=\"post\" action=\"\(path)/disable\">\(token)<button class=\"danger\">Disable</button></form>"
            )
        case .disabled:
            actions.append(
                "<form method=\"post\" action=\"\(path)/enable\">\(token)<button class=\"quiet\">Enable again</button></form>"
            )
        case .expired, .depleted, .revoked: break
        }
        return actions
    }

    private static func data(_ bytes: Int64) -> String {
        (try? ByteQuota(bytes: bytes))?.wording ?? "0 B"
    }
}
