import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSProtocol

/// A business as it stands before anything happens: made once, since signing in takes its time, and copied for each world.
package struct Template: Sendable {
    let store: InMemoryStore
    let secrets: SecretKeys
    let tenant: Identifier<Tenant>
    let routers: [Router]
    let packages: [Identifier<Package>]
    let token: String

    /// Businesses with one, two and three routers.
    package static func all() async throws -> [Template] {
        var templates: [Template] = []
        for count in 1...3 { templates.append(try await Template(routers: count)) }
        return templates
    }

    private init(routers count: Int) async throws {
        let chance = Chance(seed: 0, part: UInt64(count))
        let environment = BillingEnvironment(
            now: { SimulatedProcess.beginning - .seconds(3_600) },
            randomBytes: { chance.bytes($0) }
        )
        store = InMemoryStore()
        secrets = try SecretKeys(keys: [1: chance.bytes(32)], sealing: 1)
        let billing = Billing(store: store, secrets: secrets, environment: environment)
        let tenant = try await billing.createTenant(
            "Lake View",
            currency: .usd,
            timeZone: "Africa/Kampala",
            key: Self.key("tenant")
        )
        self.tenant = tenant.id
        let administrator = try await billing.createAdministrator("admin", tenant: tenant.id)
        let session = try await billing.signIn("admin", password: administrator.password, tenant: tenant.id)
        var routers: [Router] = []
        for number in 1...count {
            let draft = RouterDraft(
                name: "Shop \(number)",
                host: "r\(number)",
                username: "api",
                password: RouterHost.password
            )
            routers.append(try await session.routers.add(draft, key: Self.key("router-\(number)")))
        }
        self.routers = routers
        var packages: [Identifier<Package>] = []
        for (name, terms) in try Self.terms {
            let draft = PackageDraft(name: name, terms: terms)
            packages.append(try await session.packages.create(draft, key: Self.key(name)).id)
        }
        self.packages = packages
        token = try await session.tokens.create(
            TokenDraft(name: "office", role: .superAdministrator),
            key: Self.key("token")
        ).secret
    }

    private static func key(_ text: String) throws -> IdempotencyKey {
        guard let key = IdempotencyKey(text) else { throw CancellationError() }
        return key
    }

    /// Short lives, so that vouchers end while one looks.
    private static var terms: [(String, VoucherTerms)] {
        get throws {
            [
                (
                    "Quick",
                    try VoucherTerms(
                        validity: .seconds(75),
                        uptimeAllowance: .seconds(60),
                        price: Money(decimal: "0.50", currency: .usd)
                    )
                ),
                (
                    "Data",
                    try VoucherTerms(
                        validity: .seconds(3_600),
                        dataQuota: .mebibytes(1),
                        price: Money(decimal: "1.25", currency: .usd)
                    )
                ),
                (
                    "Day",
                    try VoucherTerms(
                        validity: .seconds(86_400),
                        expiryRule: ExpiryRule(.keep),
                        price: Money(decimal: "2.50", currency: .usd)
                    )
                ),
            ]
        }
    }
}
