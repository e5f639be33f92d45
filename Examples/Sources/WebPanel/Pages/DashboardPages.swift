import BillingDomain
import BillingPersistence
import BillingServices
import HTTPServer

/// What the owner of a shop wants to see first.
enum DashboardPages {
    static let routes: [Route] = [
        .page("/") { context in
            // Figures are not for everybody; whoever sells starts where selling starts.
            guard context.session.permissions.contains(.viewReports) else { return context.redirect("/generate") }
            let figures = try await context.session.reports.dashboard()
            let routers = try await context.session.routers.list()
            return context.page("Dashboard", .dashboard, content(figures, routers.items, context))
        },
        .poll("/dashboard/figures") { context in
            let figures = live(try await context.session.reports.dashboard())
            let body = JSON.object(Dictionary(uniqueKeysWithValues: figures.map { ($0.name, .text($0.value)) }))
            return HTTPResponse(
                headers: ["Content-Type": "application/json", "Cache-Control": "no-store"],
                body: body.bytes
            )
        },
    ]

    /// The counters that move while the page is looked at.
    private static func live(_ figures: DashboardFigures) -> [(name: String, title: HTML, value: String, note: HTML)] {
        [
            ("online", "Customers online", String(figures.activeNow), "when the routers were last read"),
            ("active", "Vouchers in use", String(figures.vouchers[DocumentStatus.active]), "logged in and not ended"),
            (
                "pending", "Waiting for first use", String(figures.vouchers[DocumentStatus.pending]),
                "generated, printed or sold"
            ),
            ("outbox", "On their way to routers", String(figures.outboxDepth), "changes not confirmed yet"),
            (
                "routers", "Routers online",
                "\(figures.routers[.online] ?? 0) of \(figures.routers.values.reduce(0, +))", "that answered last time"
            ),
        ]
    }

    private static func content(_ figures: DashboardFigures, _ routers: [Router], _ context: PageContext) -> HTML {
        let counters = live(figures).map { figure -> HTML in
            """
            <div class="card"><p class="caption">\(figure.title)</p>\
            <span class="figure" data-figure="\(figure.name)">\(figure.value)</span><small>\(figure.note)</small></div>
            """
        }
        let unsold: HTML? =
            figures.usedButUnsold > 0
            ? """
            <p class="notice failure" role="status">\(figures.usedButUnsold) vouchers are in use that nobody recorded \
            as sold. <a href="/vouchers?status=active">Look at them</a></p>
            """ : nil
        return """
            <p class="actions">\(context.offer(.generateVouchers, "<a class=\"button\" href=\"/generate\">Generate vouchers</a>"))\
            \(context.offer(.manageRouters, "<a class=\"button quiet\" href=\"/routers/new\">Add a router</a>"))</p>\(unsold)
            <div class="grid figures" data-poll="/dashboard/figures" data-every="5">\(counters)</div>
            <div class="two">
            <section class="card"><h2>Revenue today</h2>\(revenue(figures.today))</section>
            <section class="card"><h2>Revenue in 30 days</h2>\(revenue(figures.last30Days))</section>
            </div>
            <section class="card"><h2>Routers</h2>\(routerList(routers, context))</section>
            """
    }

    private static func revenue(_ sums: [RevenueFigures]) -> HTML {
        let blocks = sums.map { sum -> HTML in
            """
            <dl class="sums">
            <div><dt>Expected: generated, sold or not</dt><dd>\(wording(sum.expected))</dd></div>
            <div><dt>Received: money taken</dt><dd>\(wording(sum.received))</dd></div>
            <div><dt>Earned: sold and used</dt><dd>\(wording(sum.earned))</dd></div>
            </dl>
            """
        }
        return blocks.isEmpty ? "<p class=\"muted\">Nothing yet.</p>" : HTML(blocks)
    }

    private static func wording(_ figure: Money) -> String {
        RevenueFigures.isCut(figure) ? "\(figure.currency.code), too large to show" : figure.wording
    }

    private static func routerList(_ routers: [Router], _ context: PageContext) -> HTML {
        .table(
            ["Router", "Status", "Last seen"],
            routers.map { router in
                [
                    "<a href=\"/routers/\(router.id.description)\">\(router.name)</a>",
                    .badge(router.status),
                    context.clock.html(router.lastSeen),
                ]
            },
            empty: "No router yet. \(context.offer(.manageRouters, "<a href=\"/routers/new\">Add the first one.</a>"))"
        )
    }
}
