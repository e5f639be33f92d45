import BillingDomain
import BillingServices
import HTTPServer

/// The price list.
enum PackagePages {
    static let routes: [Route] = [
        .page("/packages") { context in
            let packages = try await context.session.packages.list()
            return context.page("Packages", .packages, list(packages, context))
        },
        .page("/packages/new") { context in
            try context.session.require(.managePackages)
            return context.page("New package", .packages, form(Form(), context))
        },
        .action("/packages") { context in
            do {
                let draft = try PackageDraft(context.form, currency: context.session.tenant.currency)
                let package = try await context.session.packages.create(draft, key: try context.idempotencyKey())
                return context.redirect("/packages", Flash(.success, "“\(package.name)” is on the price list."))
            } catch {
                let fault = RequestError(error, naming: PackageDraft.fields)
                let filled = Form(context.form, error: fault)
                return context.page("New package", .packages, status: fault.status, form(filled, context))
            }
        },
        .page("/packages/:id/archive", confirmArchiving),
        .action("/packages/:id/archive") { context in
            let package = try await context.session.packages.archive(try context.identifier())
            return context.redirect("/packages", Flash(.success, "“\(package.name)” is off the price list."))
        },
    ]

    private static func list(_ packages: [Package], _ context: PageContext) -> HTML {
        let mayManage = context.may(.managePackages)
        let table: HTML = .table(
            ["Name", "Gives", "Price"] + (mayManage ? [""] : []),
            packages.map { package in
                let path: HTML = "/packages/\(package.id.description)/archive"
                let archive: HTML = "<a class=\"button quiet\" href=\"\(path)\">Archive</a>"
                return [
                    "<b>\(package.name)</b>",
                    "\(package.terms.wording)",
                    "\(package.terms.price.wording)",
                ] + (mayManage ? [archive] : [])
            },
            empty: "No package yet. A package is what a voucher gives and costs, such as “3 hours, 1.5 GB”."
        )
        let new = context.offer(
            .managePackages,
            "<p class=\"actions\"><a class=\"button\" href=\"/packages/new\">New package</a></p>"
        )
        return "\(new)\(table)"
    }

    private static func confirmArchiving(_ context: PageContext) async throws -> HTTPResponse {
        try context.session.require(.managePackages)
        let package = try await context.session.packages.package(context.identifier())
        let confirmation = Confirmation(
            question: "Archive “\(package.name)”, \(package.terms.wording), at \(package.terms.price.wording)?",
            consequence: "It leaves the price list and cannot be put back. Vouchers already made of it stay good.",
            verb: "Archive package",
            action: "/packages/\(package.id.description)/archive",
            back: "/packages"
        )
        return context.page("Archive \(package.name)", .packages, confirmation.html(context))
    }

    private static func form(_ form: Form, _ context: PageContext) -> HTML {
        """
        <form class="card" method="post" action="/packages" data-once>\(context.visitor.hiddenField)\
        \(form.idempotencyField)\(form.summary)
        \(form.input("name", "Name", isRequired: true, placeholder: "3 hours, 1.5 GB"))
        <div class="columns">
        \(form.input("validity_hours", "Valid for, hours", .amount, hint: "From the first login. Empty: no end."))
        \(form.input("online_hours", "Time online, hours", .amount, hint: "Pauses with the session. Empty: no limit."))
        \(form.input("data_mb", "Data, MB", .number, hint: "1 GB is 1024. Empty: no limit."))
        </div>
        <div class="columns">
        \(form.input("price", "Price, \(context.session.tenant.currency.code)", .amount, isRequired: true))
        \(form.input("cost", "Cost, \(context.session.tenant.currency.code)", .amount, hint: "What it costs you, if known."))
        \(form.input("router_profile", "User profile on the router", initial: "default"))
        </div>
        <div class="actions"><button>Create package</button><a class="button quiet" href="/packages">Cancel</a></div>
        </form>
        """
    }
}
