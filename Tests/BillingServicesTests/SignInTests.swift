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
        #expect(stored.contains(token))
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
        try await shop.store.write(.tenant(shop.tenant.id)) { [token, staff] store in
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

    @Test func tenFailuresCloseTheDoorForAQuarterOfAnHour() async throws {
        let shop = try await Shop.open(.memory)
        let (_, password) = try await shop.billing.createAdministrator("amina", tenant: shop.tenant.id)
        for _ in 1...10 {
            await expectRefusal(.unauthenticated) {
                try await shop.billing.signIn("amina", password: "wrong", tenant: shop.tenant.id)
            }
        }
        await expectRefusal(.throttled) {
            try await shop.billing.signIn("AMINA", password: password, tenant: shop.tenant.id)
        }
        shop.clock.advance(by: .seconds(15 * 60))
        _ = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
    }
}
