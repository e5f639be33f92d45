import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

/// A shop with a router and a package, on a clock of its own.
struct Shop: Sendable {
    static let routerPassword = "canary-router-password"

    let clock: ManualClock
    let random: SeededRandom
    let store: SwitchableStore
    let billing: Billing
    let tenant: Tenant
    /// May do everything.
    let owner: BillingSession
    let router: Router
    /// 3 hours, 1.5 GB, UGX 2 500.
    let package: Package

    static func open(_ backing: Backing, seed: UInt64 = 1) async throws -> Shop {
        let clock = ManualClock()
        let random = SeededRandom(seed: seed)
        let store = SwitchableStore(try await backing.open())
        let environment = BillingEnvironment(now: { clock.now }, randomBytes: { try random.bytes($0) })
        let billing = Billing(store: store, secrets: try .ephemeral(), environment: environment)
        let tenant = try await billing.createTenant(
            "Lake View WiFi",
            currency: .ugx,
            timeZone: "Africa/Kampala",
            key: .new()
        )
        let owner = try await session(.superAdministrator, of: tenant, in: billing)
        return Shop(
            clock: clock,
            random: random,
            store: store,
            billing: billing,
            tenant: tenant,
            owner: owner,
            router: try await owner.routers.add(.fixture("Lobby"), key: .new()),
            package: try await owner.packages.create(.fixture("3 Hours"), key: .new())
        )
    }

    static func session(_ role: Role, of tenant: Tenant, in billing: Billing) async throws -> BillingSession {
        let token = try await billing.createToken("test \(role)", role: role, tenant: tenant.id)
        return try await billing.apiSession(token: token.secret)
    }

    /// A person of a role who signed in with a password.
    struct Person: Sendable {
        let id: Identifier<Staff>
        let username: String
        let password: String
        let session: BillingSession
    }

    static func person(_ role: Role, of tenant: Tenant, in billing: Billing, _ name: String? = nil) async throws
        -> Person
    {
        let name = name ?? "person-\(role.rawValue)"
        let (staff, password) = try await billing.createStaff(name, role: role, tenant: tenant.id)
        let session = try await billing.signIn(name, password: password, tenant: tenant.id)
        return Person(id: staff.id, username: name, password: password, session: session)
    }

    func person(_ role: Role, _ name: String? = nil) async throws -> Person {
        try await Self.person(role, of: tenant, in: billing, name)
    }

    /// A colleague of a role whom the owner knows, not signed in.
    func colleague(_ name: String = "colleague", _ role: Role = .cashier) async throws -> Staff {
        try await billing.createStaff(name, role: role, tenant: tenant.id).staff
    }

    func session(_ role: Role) async throws -> BillingSession {
        try await Self.session(role, of: tenant, in: billing)
    }

    func generate(_ quantity: Int = 1, sold: Bool = false, key: IdempotencyKey = .new()) async throws -> GeneratedBatch
    {
        try await owner.vouchers.generate(quantity, of: package.id, on: router.id, sold: sold, key: key)
    }

    /// Claims the router, gives all its due work one result, and lets go of it.
    func provision(_ result: ProvisioningOutcome.Result) async throws {
        let provisioning = billing.provisioning
        let claim = try #require(try await provisioning.claim(owner: "worker \(IdempotencyKey.new())"))
        let work = try await provisioning.work(claim, limit: 10_000)
        try await provisioning.finish(claim, outcomes: work.map { ProvisioningOutcome($0, result) })
        try await provisioning.release(claim)
    }

    /// The balances as text, without those of zero.
    func balances() async throws -> [String: Int64] {
        let balances = try await owner.reports.balances().filter { !$0.balance.isZero }
        return Dictionary(uniqueKeysWithValues: balances.map { ($0.account.rawValue, $0.balance.minorUnits) })
    }

    /// The code was seen in an open session that began `uptime` ago.
    @discardableResult
    func see(
        _ codes: String...,
        uptime: Duration = .seconds(60),
        bytesIn: Int64 = 0,
        bytesOut: Int64 = 0
    ) async throws -> ObservationSummary {
        let observations = codes.map { code in
            VoucherObservation(
                code: code,
                evidence: .activeSession,
                at: clock.now - uptime,
                row: .init(uptime: uptime, bytesIn: bytesIn, bytesOut: bytesOut),
                session: .init()
            )
        }
        return try await billing.provisioning.recordObservations(router.id, observations, at: clock.now)
    }
}

extension RouterDraft {
    static func fixture(_ name: String, password: String? = Shop.routerPassword) -> RouterDraft {
        RouterDraft(name: name, host: "10.10.0.2", username: "api", password: password)
    }
}

extension PackageDraft {
    static func fixture(_ name: String, price: Int64 = 2_500) throws -> PackageDraft {
        PackageDraft(
            name: name,
            terms: try VoucherTerms(
                validity: .seconds(3 * 3_600),
                dataQuota: .mebibytes(1_536),
                price: Money(minorUnits: price, currency: .ugx)
            )
        )
    }
}

/// `count` characters of 21 bytes each.
func manyMarks(_ count: Int) -> String {
    String(repeating: "e" + String(repeating: "\u{301}", count: 10), count: count)
}
