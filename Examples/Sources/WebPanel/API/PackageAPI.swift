import BillingDomain
import BillingServices
import HTTPServer

/// `/api/v1/packages`: the price list, whose names are the profiles of `batch-generate`.
enum PackageAPI {
    static let routes: [Route] = [
        .api(.get, "/api/v1/packages") { call in
            let packages = try await call.session.packages.list()
            return APIAnswer.success("Packages", .list(packages.map(json)))
        },
        .api(.post, "/api/v1/packages") { call in
            try call.session.require(.managePackages)
            let draft = try draft(JSONObject(body: call.request), call.session.tenant)
            let package = try await call.session.packages.create(draft, key: try call.idempotencyKey())
            return APIAnswer.success("Package created", json(package), status: .created)
        },
    ]

    private static func draft(_ body: JSONObject, _ tenant: Tenant) throws -> PackageDraft {
        let currency = try body.text("currency").map { try Currency.code($0) } ?? tenant.currency
        guard let price = try body.decimalText("price") else { throw body.wrong("price", "is required.") }
        return PackageDraft(
            name: try body.requiredText("name"),
            terms: try VoucherTerms(
                validity: try body.number("validity_hours").map { try .hours($0, field: "validity_hours") },
                uptimeAllowance: try body.number("uptime_hours").map { try .hours($0, field: "uptime_hours") },
                dataQuota: try body.number("data_limit_mb").map { try .mebibytes($0, field: "data_limit_mb") },
                price: try .decimal(price, currency, field: "price"),
                routerProfile: try body.text("router_profile") ?? "default"
            ),
            cost: try body.decimalText("cost").map { try .decimal($0, currency, field: "cost") }
        )
    }

    private static func json(_ package: Package) -> JSON {
        [
            "id": .text(package.id.description),
            "name": .text(package.name),
            "validity_hours": package.terms.validity.map { .number($0.hours) } ?? .null,
            "uptime_hours": package.terms.uptimeAllowance.map { .number($0.hours) } ?? .null,
            "data_limit_mb": package.terms.dataQuota.map { .number($0.decimalMebibytes) } ?? .null,
            "price": .text(package.terms.price.decimalString),
            "cost": JSON(package.cost?.decimalString),
            "currency": .text(package.terms.price.currency.code),
            "router_profile": .text(package.terms.routerProfile),
            "created_at": .text(package.createdAt.description),
        ]
    }
}
