import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Signing in")
struct SignInTests {
    @Test("a stored hash that can not be computed is reported in this library's words", arguments: Backing.allCases)
    func anAbsurdHashIsReported(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var staff = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id).staff
        staff.passwordHash = "$scrypt$n=1073741824,r=8,p=5$00$00"
        _ = try await shop.store.write(.tenant(shop.tenant.id)) { [staff] store in try store.update(staff) }
        await expectRefusal(.unavailable) {
            try await shop.billing.signIn("amina", password: "x", tenant: shop.tenant.id)
        }
    }

    @Test(arguments: Backing.allCases)
    func anAdministratorSignsInWithTheGeneratedPassword(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (staff, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        #expect(password.wholeMatch(of: /([2-9A-HJ-NPR-Z]{5}-){3}[2-9A-HJ-NPR-Z]{5}/) != nil)
        let session = try await shop.billing.signIn("Amina", password: password, tenant: shop.tenant.id)
        #expect(session.actor == .staff(staff.id))
        #expect(session.role == .superAdministrator)
        #expect(session.displayName == "amina")
        #expect(session.tenant == shop.tenant)

        let secret = try #require(session.sessionSecret)
        #expect(secret.count == 64)
        let later = try await shop.billing.session(secret: secret)
        #expect(later.actor == session.actor)
        #expect(later.sessionSecret == nil)
    }

    @Test func aWrongPasswordAndAnUnknownUserAreTheSameRefusal() async throws {
        let shop = try await Shop.open(.memory)
        _ = try await shop.billing.createStaff("amina", role: .cashier, tenant: shop.tenant.id)
        var refusals: [BillingError] = []
        for name in ["amina", "nobody"] {
            await expectRefusal(.unauthenticated) {
                do {
                    return try await shop.billing.signIn(name, password: "wrong", tenant: shop.tenant.id)
                } catch let error as BillingError {
                    refusals.append(error)
                    throw error
                }
            }
        }
        #expect(Set(refusals).count == 1)
    }

    @Test func anotherTenantsUserIsUnknown() async throws {
        let shop = try await Shop.open(.memory)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let other = try await shop.billing.createTenant("Other", currency: .usd, timeZone: "UTC", key: .new())
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn("amina", password: password, tenant: other.id)
        }
    }

    @Test(arguments: Backing.allCases)
    func aSessionEndsBySigningOutAndAfterThirtyIdleMinutes(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let first = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        let second = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        let secrets = try (#require(first.sessionSecret), #require(second.sessionSecret))
        #expect(secrets.0 != secrets.1)

        try await first.signOut()
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secrets.0) }
        shop.clock.advance(by: .seconds(30 * 60 - 1))
        _ = try await shop.billing.session(secret: secrets.1)
        shop.clock.advance(by: .seconds(30 * 60 - 1))
        _ = try await shop.billing.session(secret: secrets.1)
        shop.clock.advance(by: .seconds(30 * 60))
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secrets.1) }
    }

    @Test("looking a session up without prolonging it is no use of it", arguments: Backing.allCases)
    func pollingLetsASessionEnd(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let session = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        let secret = try #require(session.sessionSecret)
        for _ in 1...2 {
            shop.clock.advance(by: .seconds(14 * 60))
            _ = try await shop.billing.session(secret: secret, prolonging: false)
        }
        shop.clock.advance(by: .seconds(2 * 60))
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret, prolonging: false) }
    }

    @Test(arguments: Backing.allCases)
    func aSessionEndsAfterTwelveHoursHoweverBusyItIs(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let session = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        let secret = try #require(session.sessionSecret)
        for _ in 0..<(12 * 4 - 1) {
            shop.clock.advance(by: .seconds(15 * 60))
            _ = try await shop.billing.session(secret: secret)
        }
        shop.clock.advance(by: .seconds(15 * 60))
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret) }
    }

    @Test(arguments: Backing.allCases)
    func aHashOfOlderParametersIsRenewedAtSignIn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var (staff, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        // The empty password under n=16, r=1, p=1 without salt: the first vector of RFC 7914, shortened.
        staff.passwordHash = "$scrypt$n=16,r=1,p=1$$77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        password = ""
        _ = try await shop.store.write(.tenant(shop.tenant.id)) { [staff] store in try store.update(staff) }
        for _ in 1...2 {
            _ = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
            let stored = try await shop.store.read(.tenant(shop.tenant.id)) { [staff] in try $0.staff(staff.id) }
            #expect(stored?.passwordHash.hasPrefix("$scrypt$n=16384,r=8,p=5$") == true)
        }
    }

    @Test("refuses sessions and tokens nobody gave out", arguments: ["", "00", String(repeating: "0", count: 64)])
    func unknownSecretsAreRefused(secret: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret) }
        await expectRefusal(.unauthenticated) { try await shop.billing.apiSession(token: secret) }
    }

    @Test(arguments: Backing.allCases)
    func aTokenActsAsItsRoleAndOnlyItsDigestIsStored(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (token, secret) = try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id)
        let session = try await shop.billing.apiSession(token: secret)
        #expect(session.actor == .token(token.id))
        #expect(session.displayName == "till")
        #expect(session.permissions == Role.cashier.permissions)
        let stored = try await shop.store.read(.tenant(shop.tenant.id)) { try $0.apiTokens() }
        #expect(stored.contains { $0.id == token.id && $0.lastUsedAt == shop.clock.now })
        #expect(stored.allSatisfy { $0.digest.count == 32 && !String(describing: $0).contains(secret) })
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: secret) }
    }

    @Test(arguments: Backing.allCases)
    func aRevokedTokenAndADisabledPersonAreOut(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var (token, secret) = try await shop.billing.createToken("till", role: .cashier, tenant: shop.tenant.id)
        var (staff, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let session = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        token.revokedAt = shop.clock.now
        staff.isDisabled = true
        _ = try await shop.store.write(.tenant(shop.tenant.id)) { [token, staff] store in
            try store.update(token)
            try store.update(staff)
        }
        await expectRefusal(.unauthenticated) { try await shop.billing.apiSession(token: secret) }
        await expectRefusal(.unauthenticated) {
            try await shop.billing.session(secret: try #require(session.sessionSecret))
        }
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        }
    }

    @Test("a user name is taken whatever its case", arguments: Backing.allCases)
    func userNamesAreUnique(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        _ = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        await expectRefusal(.duplicate, field: "username") {
            try await shop.billing.createAdministrator("AMINA", tenant: shop.tenant.id)
        }
    }

    @Test(
        "refuses user names that could pass for another",
        arguments: ["", "a b", "аmina", "a\u{200B}", String(repeating: "a", count: 65)]
    )
    func oddUserNamesAreRefused(name: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "username") {
            try await shop.billing.createAdministrator(name, tenant: shop.tenant.id)
        }
    }

    @Test("failures are waited for longer and longer, and a success forgives them", arguments: Backing.allCases)
    func failuresSlowTheDoorDown(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        func fail(_ code: BillingError.Code) async {
            await expectRefusal(code) {
                try await shop.billing.signIn("amina", password: "wrong", tenant: shop.tenant.id)
            }
        }
        for _ in 1...3 { await fail(.unauthenticated) }
        for delay in [1, 2, 4] {
            shop.clock.advance(by: .seconds(delay) - .milliseconds(1))
            await expectRefusal(.throttled) {
                try await shop.billing.signIn("AMINA", password: password, tenant: shop.tenant.id)
            }
            shop.clock.advance(by: .milliseconds(1))
            await fail(.unauthenticated)
        }
        shop.clock.advance(by: .seconds(300))
        _ = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        for _ in 1...3 { await fail(.unauthenticated) }
    }

    @Test("two processes over one store count failures together", arguments: Backing.allCases)
    func throttlesAreShared(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = Billing(
            store: shop.store,
            secrets: try .ephemeral(),
            environment: BillingEnvironment(now: { shop.clock.now }, randomBytes: { try shop.random.bytes($0) })
        )
        _ = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        for billing in [shop.billing, other, shop.billing] {
            await expectRefusal(.unauthenticated) {
                try await billing.signIn("amina", password: "wrong", tenant: shop.tenant.id)
            }
        }
        for billing in [shop.billing, other] {
            await expectRefusal(.throttled) {
                try await billing.signIn("amina", password: "wrong", tenant: shop.tenant.id)
            }
        }
    }

    @Test("a name that nobody has is throttled and written down as any other", arguments: ["amina", "nobody"])
    func unknownNamesTakeTheSamePath(name: String) async throws {
        let shop = try await Shop.open(.memory)
        _ = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        for _ in 1...3 {
            await expectRefusal(.unauthenticated) {
                try await shop.billing.signIn(name, password: "wrong", tenant: shop.tenant.id)
            }
        }
        await expectRefusal(.throttled) {
            try await shop.billing.signIn(name, password: "wrong", tenant: shop.tenant.id)
        }
        let attempts = try await shop.owner.staff.attempts().items
        #expect(attempts.map(\.outcome) == [.wrongPassword, .wrongPassword, .wrongPassword])
        #expect(attempts.allSatisfy { $0.username == name })
        let rows = try await shop.store.read(.tenant(shop.tenant.id)) { try $0.count(Query<ThrottledAccount>()) }
        #expect(rows == 1)
    }

    @Test("of a thousand tries from one address few are evaluated", arguments: Backing.allCases)
    func addressesAreThrottled(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let origin = RequestOrigin(address: "203.0.113.9")
        var evaluated = 0
        for number in 1...1_000 {
            do {
                _ = try await shop.billing.signIn(
                    "user\(number)",
                    password: "x",
                    tenant: shop.tenant.id,
                    origin: origin
                )
            } catch let error as BillingError {
                if error.code == .unauthenticated { evaluated += 1 }
            }
        }
        #expect(evaluated == 20)
        shop.clock.advance(by: .seconds(6))
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn("user", password: "x", tenant: shop.tenant.id, origin: origin)
        }
    }

    @Test func aTenantThatDoesNotExistIsAsUnknownAsAnyName() async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn("amina", password: "x", tenant: Identifier(high: 1, low: 2))
        }
    }

    @Test("whoever signs in is seen in the trail with the request and the address", arguments: Backing.allCases)
    func originsAreWrittenDown(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (staff, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        let origin = RequestOrigin(requestID: "r-7", address: "203.0.113.9", userAgent: "Lynx\n")
        let session = try await shop.billing.signIn(
            "amina",
            password: password,
            tenant: shop.tenant.id,
            origin: origin
        )
        let line = try #require(try await session.audit.entries(AuditFilter(action: "session.start")).items.first)
        #expect(line.requestID == "r-7")
        #expect(line.sourceAddress == "203.0.113.9")
        let listed = try #require(try await session.account.sessions().first)
        #expect(listed.address == "203.0.113.9")
        #expect(listed.userAgent == "Lynx")
        #expect(session.account.isCurrent(listed))
        #expect(try await session.staff.attempts().items.map(\.staff) == [staff.id])
    }
}
