import BillingDocuments
import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// Batches: where they are on their way to the router, and how they are printed.
enum BatchPages {
    static let routes: [Route] = [
        .page("/batches", list),
        .page("/batches/:id", show),
        .poll("/batches/:id/progress") { context in
            let progress = try await context.session.vouchers.progress(batch: context.identifier())
            return HTTPResponse(
                headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
                body: json(progress).bytes
            )
        },
        .page("/batches/:id/sheet") { context in
            try await sheet(context, .a4(columns: 3, rows: 40))
        },
        .page("/batches/:id/roll") { context in
            try await sheet(context, .thermal())
        },
        .page("/batches/:id/sell", confirmSale),
        .action("/batches/:id/sell") { context in
            let id: Identifier<VoucherBatch> = try context.identifier()
            do {
                let sale = try await context.session.vouchers.sell(batch: id, key: try context.idempotencyKey())
                let left = sale.leftOut.isEmpty ? "" : " \(Voucher.counted(sale.leftOut.count)) cannot be sold now."
                let text = "\(Voucher.counted(sale.vouchers.count)) sold, \(sale.total.wording) taken.\(left)"
                return context.redirect("/batches/\(id)", Flash(.success, text))
            } catch {
                return context.redirect("/batches/\(id)", Flash(.failure, RequestError(error).message))
            }
        },
    ]

    /// A page with more codes than this is no longer read; the list of vouchers has pages.
    private static let shownCodes = 120

    private static func list(_ context: PageContext) async throws -> HTTPResponse {
        let paging = try Paging(context.request.query)
        let page = try await context.session.vouchers.batches(BatchFilter(), paging.request)
        var rows: [[HTML]] = []
        for batch in page.items {
            let progress = try await context.session.vouchers.progress(batch: batch.id)
            rows.append(row(batch, progress, context.clock))
        }
        let content: HTML = """
            \(context.offer(.generateVouchers, "<p class=\"actions\"><a class=\"button\" href=\"/generate\">Generate vouchers</a></p>"))
            \(HTML.table(
                ["Batch", "Package", "Vouchers", "On the router", "Price each", "Print"],
                rows,
                empty: "No vouchers yet. \(context.offer(.generateVouchers, "<a href=\"/generate\">Generate the first batch.</a>"))"
            ))\(HTML.pager("/batches", context.request.query, paging, total: page.total ?? 0))
            """
        return context.page("Batches", .batches, content)
    }

    private static func row(_ batch: VoucherBatch, _ progress: BatchProgress, _ clock: WallClock) -> [HTML] {
        let path: HTML = "/batches/\(batch.id.description)"
        return [
            "<a href=\"\(path)\">\(clock.text(batch.createdAt))</a>",
            "\(batch.packageName)",
            "\(batch.quantity)",
            badge(progress),
            "\(batch.terms.price.wording)",
            "<span><a href=\"\(path)/sheet\">A4</a> · <a href=\"\(path)/roll\">roll</a></span>",
        ]
    }

    private static func badge(_ progress: BatchProgress) -> HTML {
        if progress.failed > 0 { return .badge("\(progress.failed) failed", .bad) }
        if progress.pending > 0 { return .badge("\(progress.pending) waiting", .busy) }
        return .badge("\(progress.present)", .good)
    }

    private static func show(_ context: PageContext) async throws -> HTTPResponse {
        let made = try await context.session.vouchers.batch(context.identifier())
        let progress = try await context.session.vouchers.progress(batch: made.batch.id)
        let router = try? await context.session.routers.router(made.batch.router)
        let path: HTML = "/batches/\(made.batch.id.description)"
        let unsold = made.vouchers.count(where: \.isForSale)
        let sell: HTML? =
            unsold > 0
            ? context.offer(.sellVouchers, "<a class=\"button quiet\" href=\"\(path)/sell\">Mark \(unsold) as sold</a>")
            : nil
        let content: HTML = """
            <div class="actions"><a class="button" href="\(path)/sheet" target="_blank" rel="noopener">Print A4, 120 a page</a>\
            <a class="button quiet" href="\(path)/roll" target="_blank" rel="noopener">Print on a roll</a>\(sell)</div>
            \(progressCard(progress, made.batch))
            <section class="card">\(HTML.facts([
                ("Package", "\(made.batch.packageName)"),
                ("Gives", "\(made.batch.terms.wording)"),
                ("Price each", "\(made.batch.terms.price.wording)"),
                ("Router", routerLink(router)),
                ("Made", context.clock.html(made.batch.createdAt)),
                ("For sale", "\(unsold) of \(made.vouchers.count)"),
            ]))</section>
            <section class="card"><h2>Codes</h2><ul class="codes">\(made.vouchers.prefix(shownCodes).map(code))</ul></section>
            <p><a href="/vouchers?batch=\(made.batch.id.description)">All \(made.vouchers.count) vouchers of this batch</a></p>
            """
        let refresh = progress.pending > 0 ? 5 : nil
        return context.page("Batch of \(made.vouchers.count)", .batches, refresh: refresh, content)
    }

    private static func confirmSale(_ context: PageContext) async throws -> HTTPResponse {
        try context.session.require(.sellVouchers)
        let made = try await context.session.vouchers.batch(context.identifier())
        let path: HTML = "/batches/\(made.batch.id.description)"
        let unsold = made.vouchers.count(where: \.isForSale)
        guard unsold > 0 else {
            let flash = Flash(.failure, "Every voucher of this batch is sold or withdrawn already.")
            return context.redirect("/batches/\(made.batch.id)", flash)
        }
        let count = Voucher.counted(unsold)
        let sum = try made.batch.terms.price * Int64(unsold)
        let confirmation = Confirmation(
            question: "Mark \(count) of “\(made.batch.packageName)” as sold for \(sum.wording)?",
            consequence: """
                \(sum.wording) in cash is entered in the books under your name: \(count) at \
                \(made.batch.terms.price.wording). This cannot be undone here.
                """,
            verb: "Mark \(unsold) as sold",
            action: "\(path)/sell",
            back: path,
            isRemoval: false
        )
        return context.page("Mark \(count) as sold", .batches, confirmation.html(context))
    }

    private static func routerLink(_ router: Router?) -> HTML {
        guard let router else { return "<span class=\"muted\">removed</span>" }
        return "<a href=\"/routers/\(router.id.description)\">\(router.name)</a> \(HTML.badge(router.status))"
    }

    private static func progressCard(_ progress: BatchProgress, _ batch: VoucherBatch) -> HTML {
        let isDone = progress.pending == 0
        let poll: HTML? =
            isDone ? nil : " data-poll=\"/batches/\(batch.id.description)/progress\" data-every=\"1\" data-reload"
        let settled = progress.total - progress.pending - progress.failed
        return """
            <section class="card"\(poll)><h2>On the router</h2>
            <progress data-figure="settled" max="\(progress.total)" value="\(settled)"></progress>
            <p class="muted"><b data-figure="present">\(progress.present)</b> of \(progress.total) are on the router, \
            <b data-figure="pending">\(progress.pending)</b> wait, <b data-figure="failed">\(progress.failed)</b> failed, \
            <b data-figure="removed">\(progress.removed)</b> removed again. They can be printed and sold meanwhile.</p>
            </section>
            """
    }

    private static func json(_ progress: BatchProgress) -> JSON {
        [
            "total": JSON(progress.total), "present": JSON(progress.present), "pending": JSON(progress.pending),
            "failed": JSON(progress.failed), "removed": JSON(progress.removed),
            "settled": JSON(progress.total - progress.pending - progress.failed), "done": .bool(progress.pending == 0),
        ]
    }

    private static func code(_ voucher: Voucher) -> HTML {
        let dot: HTML =
            switch voucher.provisioning {
            case .present: "<i class=\"dot good\" title=\"on the router\"></i>"
            case .pending, .removing: "<i class=\"dot busy\" title=\"waiting\"></i>"
            case .drifted, .failed: "<i class=\"dot bad\" title=\"failed\"></i>"
            case .removed: "<i class=\"dot\" title=\"removed\"></i>"
            }
        return
            "<li><a href=\"/vouchers/\(url: voucher.code)\"><span class=\"code\">\(voucher.code)</span>\(dot)</a></li>"
    }

    private static func sheet(_ context: PageContext, _ layout: SheetLayout) async throws -> HTTPResponse {
        let made = try await context.session.vouchers.batch(context.identifier())
        let sheet = VoucherSheet(made, layout: layout, heading: context.session.tenant.name)
        // The sheet is a document of its own that carries its style; it may have that, and nothing else at all.
        return Document.response(
            sheet.html,
            policy:
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
        )
    }
}
