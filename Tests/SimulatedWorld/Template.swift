import BillingDomain
import BillingPersistence
import BillingServices
import RouterOSProtocol

/// A business as it stands before anything happens: made once, since signing in takes its time, and copied for each world.
struct Template: Sendable {
    let store: InMemoryStore
    let secrets: SecretKeys
    let tenant: Identifier<Tenant>
    let routers: [Router]
    let packages: [Identifier<Package>]
    let token: String

    fileprivate init(routers count: Int) async throws {
        let chance = Chance(seed: 0, part: UInt64(count))
        store = InMemoryStore()
        secrets = try SecretKeys(keys: [1: chance.bytes(32)], sealing: 1)
        let billing = Billing(store: store, secrets: secrets, environment: Self.environment(chance))
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
        // A backup is a file on the router, which no law here knows of.
        _ = try await session.settings.set(.backupInterval, to: 0)
        token = try await session.tokens.create(
            TokenDraft(name: "office", role: .superAdministrator),
            key: Self.key("token")
        ).secret
    }

    /// The same business with other settings.
    private init(_ other: Template) {
        store = InMemoryStore(copying: other.store)
        secrets = other.secrets
        tenant = other.tenant
        routers = other.routers
        packages = other.packages
        token = other.token
    }

    fileprivate func setting<Value: Sendable>(_ key: SettingKey<Value>, to value: Value) async throws -> Template {
        let template = Template(self)
        // Nothing that is drawn here may have been drawn for the settings before.
        let chance = Chance(seed: 1, part: key.definition.name.utf8.reduce(0) { $0 &* 31 &+ UInt64($1) })
        let billing = Billing(store: template.store, secrets: secrets, environment: Self.environment(chance))
        _ = try await billing.apiSession(token: token).settings.set(key, to: value)
        return template
    }

    private static func environment(_ chance: Chance) -> BillingEnvironment {
        BillingEnvironment(
            now: { SimulatedProcess.beginning - .seconds(3_600) },
            randomBytes: { chance.bytes($0) }
        )
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
                        validity: .seconds(40),
                        uptimeAllowance: .seconds(30),
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

/// The businesses that worlds begin with: of one, two and three routers, which may be sent so many commands a minute.
package struct Templates: Sendable {
    private struct Key: Hashable {
        let routers: Int
        let commandRate: Int?
    }

    private var templates: [Key: Template] = [:]

    /// Makes all of them.
    ///
    /// - Throws: what making them throws.
    package init() async throws {
        for count in 1...3 {
            let template = try await Template(routers: count)
            templates[Key(routers: count, commandRate: nil)] = template
            for rate in Swarm.commandRates {
                templates[Key(routers: count, commandRate: rate)] = try await template.setting(
                    SettingKey<Int64>.routerRate,
                    to: Int64(rate)
                )
            }
        }
    }

    func template(for swarm: Swarm) -> Template? {
        templates[Key(routers: swarm.routers, commandRate: swarm.commandRate)]
    }
}
