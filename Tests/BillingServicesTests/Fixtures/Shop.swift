import BillingDomain
import BillingPersistence
import OpenSSLSupport
import TestSupport
import Testing

@testable import BillingServices

/// A shop with a router and a package, on a clock of its own.
struct Shop: Sendable {
    static let routerPassword = "canary-router-password"

    let clock: ManualClock
    let random: SeededRandom
    let store: SwitchableStore
    let secrets: SecretKeys
    let environment: BillingEnvironment
    let billing: Billing
    let tenant: Tenant
    /// May do everything.
    let owner: BillingSession
    let router: Router
    /// 3 hours, 1.5 GB, UGX 2 500.
    let package: Package

    static func open(_ backing: Backing, seed: UInt64 = 1) async throws -> Shop {
        try await open(on: backing.open(), seed: seed)
    }

    static func open(on inner: any BillingStore, seed: UInt64 = 1) async throws -> Shop {
        let clock = ManualClock()
        let random = SeededRandom(seed: seed)
        let store = SwitchableStore(inner)
        let environment = BillingEnvironment(now: { clock.now }, randomBytes: { try random.bytes($0) })
        let secrets = try secrets(sealing: 1)
        let billing = Billing(store: store, secrets: secrets, environment: environment)
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
            secrets: secrets,
            environment: environment,
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

    /// A person of a role who has a session.
    struct Person: Sendable {
        static let password = "a horse that is correct"

        let id: Identifier<Staff>
        let username: String
        let session: BillingSession

        var password: String { Self.password }
    }

    /// A person of a role with a session, whose password takes next to no time to compare.
    func person(_ role: Role, _ name: String? = nil) async throws -> Person {
        let name = name ?? "person-\(role.rawValue)"
        let cheap = Scrypt(cost: 2, blockSize: 1, parallelism: 1)
        let hash = try PasswordHash.make(Person.password, salt: random.bytes(16), parameters: cheap)
        let staff = Staff(
            id: Identifier(timestamp: clock.now, random: try random.bytes(10)),
            tenant: tenant.id,
            username: name,
            passwordHash: hash.encoded,
            role: role,
            createdAt: clock.now
        )
        try await store.write(.tenant(tenant.id)) { try $0.insert(staff) }
        return Person(id: staff.id, username: name, session: try await startSession(of: staff.id))
    }

    /// Another session of a person.
    func startSession(of staff: Identifier<Staff>) async throws -> BillingSession {
        let secret = try Secret.token(environment)
        let digest = try Secret.digest(secret)
        let person = try await billing.context.change(tenant.id, by: .system("test")) { change in
            try change.startSession(of: staff, digest: digest)
        }
        return BillingSession(
            context: billing.context,
            try #require(person),
            digest: digest,
            origin: RequestOrigin(),
            secret: secret
        )
    }

    /// A program that acts with a token which somebody has made, and may do all that they may.
    func program(of maker: BillingSession) async throws -> BillingSession {
        let draft = TokenDraft(name: "program \(try random.word())", role: .superAdministrator)
        return try await billing.apiSession(token: maker.tokens.create(draft, key: .new()).secret)
    }

    /// Adds a router whose password another key has sealed.
    func sealWithAnotherKey() async throws {
        let others = Billing(store: store, secrets: try Self.secrets(sealing: 2), environment: environment)
        let owner = try await Self.session(.superAdministrator, of: tenant, in: others)
        _ = try await owner.routers.add(.fixture("Roof"), key: .new())
    }

    private static func secrets(sealing: UInt32) throws -> SecretKeys {
        let keys: [UInt32: [UInt8]] = [1: [UInt8](repeating: 7, count: 32), 2: [UInt8](repeating: 8, count: 32)]
        return try SecretKeys(keys: keys, sealing: sealing)
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
