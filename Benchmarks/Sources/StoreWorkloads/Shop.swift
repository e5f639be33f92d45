import BillingDomain
import BillingServices

/// A tenant with a router and a package in an empty database.
struct Shop {
    let database: Database
    let billing: Billing
    let tenant: Tenant
    let owner: BillingSession
    let router: Router
    let package: Package

    init(_ backing: StoreBacking) async throws {
        database = try await Database(backing)
        billing = Billing(store: database.store, secrets: try .ephemeral())
        tenant = try await billing.createTenant(
            "Lake View WiFi",
            currency: .ugx,
            timeZone: "UTC",
            key: .new()
        )
        let token = try await billing.createToken("benchmark", role: .superAdministrator, tenant: tenant.id)
        owner = try await billing.apiSession(token: token.secret)
        router = try await owner.routers.add(
            RouterDraft(name: "Lobby", host: "10.10.0.2", username: "api", password: "secret"),
            key: .new()
        )
        let terms = try VoucherTerms(
            validity: .seconds(3 * 3_600),
            dataQuota: .mebibytes(1_536),
            price: Money(minorUnits: 2_500, currency: .ugx)
        )
        package = try await owner.packages.create(PackageDraft(name: "3 Hours", terms: terms), key: .new())
    }
}
