import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("One's own account")
struct AccountTests {
    @Test("a new password ends every session and begins another", arguments: Backing.allCases)
    func aPasswordIsChanged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.manager)
        let other = try await shop.billing.signIn(person.username, password: person.password, tenant: shop.tenant.id)
        let new = "correct horse battery"
        let rotated = try await person.session.account.changePassword(person.password, to: new)
        for session in [person.session, other] {
            await expectRefusal(.unauthenticated) {
                try await shop.billing.session(secret: #require(session.sessionSecret))
            }
        }
        _ = try await shop.billing.session(secret: try #require(rotated.sessionSecret))
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn(person.username, password: person.password, tenant: shop.tenant.id)
        }
        _ = try await shop.billing.signIn(person.username, password: new, tenant: shop.tenant.id)
    }

    @Test(
        "refuses passwords that are easy to guess",
        arguments: ["", "short", "aaaaaaaaaaaaaaaa", "PERSON-MANAGER", String(repeating: "ab1!c", count: 41)]
    )
    func weakPasswordsAreRefused(password: String) async throws {
        let shop = try await Shop.open(.memory)
        let person = try await shop.person(.manager)
        await expectRefusal(.invalidInput, field: "password") {
            try await person.session.account.changePassword(person.password, to: password)
        }
    }

    @Test func guessingThePresentPasswordIsThrottledAsAtTheDoor() async throws {
        let shop = try await Shop.open(.memory)
        let person = try await shop.person(.manager)
        for _ in 1...3 {
            await expectRefusal(.invalidInput, field: "currentPassword") {
                try await person.session.account.changePassword("wrong", to: "correct horse battery")
            }
        }
        await expectRefusal(.throttled) {
            try await person.session.account.changePassword(person.password, to: "correct horse battery")
        }
    }

    @Test("a generated password must be changed before anything else", arguments: Backing.allCases)
    func generatedPasswordsMustBeChanged(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (staff, password) = try await shop.owner.staff.add(
            StaffDraft(username: "amina", role: .cashier),
            key: .new()
        )
        #expect(staff.mustChangePassword)
        let session = try await shop.billing.signIn("amina", password: password, tenant: shop.tenant.id)
        #expect(session.restriction == .mustChangePassword)
        #expect(session.permissions.isEmpty)
        await expectRefusal(.forbidden) { try await session.vouchers.list() }
        let free = try await session.account.changePassword(password, to: "correct horse battery")
        #expect(free.restriction == nil)
        _ = try await free.vouchers.list()
    }

    @Test("one's sessions are listed and ended one by one or all but one", arguments: Backing.allCases)
    func sessionsAreEnded(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.cashier)
        func signIn() async throws -> BillingSession {
            try await shop.billing.signIn(person.username, password: person.password, tenant: shop.tenant.id)
        }
        let second = try await signIn()
        _ = try await signIn()
        let stranger = try await shop.person(.cashier, "stranger").session
        let listed = try await person.session.account.sessions()
        #expect(listed.count == 3)
        await expectRefusal(.notFound) { try await stranger.account.endSession(listed[0].id) }
        let other = try #require(listed.first { second.account.isCurrent($0) })
        try await person.session.account.endSession(other.id)
        await expectRefusal(.unauthenticated) { try await shop.billing.session(secret: #require(second.sessionSecret)) }
        #expect(try await person.session.account.endOtherSessions() == 1)
        _ = try await shop.billing.session(secret: try #require(person.session.sessionSecret))
    }

    @Test(
        "refuses a profile that is none",
        arguments: [("email", "a@b"), ("phone", "0700"), ("language", "not a tag")]
    )
    func badProfilesAreRefused(field: String, value: String) async throws {
        let shop = try await Shop.open(.memory)
        let account = try await shop.person(.cashier).session.account
        await expectRefusal(.invalidInput, field: field) {
            try await account.update(
                displayName: nil,
                email: field == "email" ? value : nil,
                phone: field == "phone" ? value : nil,
                language: field == "language" ? value : nil
            )
        }
    }
}

@Suite("The second factor")
struct SecondFactorTests {
    private func enrolled(_ shop: Shop) async throws -> (Shop.Person, Authenticator, [String]) {
        let person = try await shop.person(.manager)
        let enrolment = try await person.session.account.enrolSecondFactor(password: person.password)
        let codes = try await person.session.account.confirmSecondFactor(code: shop.code(enrolment))
        return (person, Authenticator(enrolment), codes)
    }

    @Test("is asked for once it is confirmed, and a code is good once", arguments: Backing.allCases)
    func codesAreAskedForAndGoodOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (person, authenticator, _) = try await enrolled(shop)
        func signIn(_ code: String?) async throws -> BillingSession {
            try await shop.billing.signIn(
                person.username,
                password: person.password,
                code: code,
                tenant: shop.tenant.id
            )
        }
        await expectRefusal(.secondFactorRequired, field: "code") { try await signIn(nil) }
        // The code that confirmed is used up.
        await expectRefusal(.unauthenticated, field: "code") {
            try await signIn(authenticator.code(at: shop.clock.now))
        }
        shop.clock.advance(by: .seconds(90))
        let code = try authenticator.code(at: shop.clock.now)
        _ = try await signIn(code)
        await expectRefusal(.unauthenticated, field: "code") { try await signIn(code) }
        let outcomes = try await shop.owner.staff.attempts().items.map(\.outcome)
        #expect(outcomes.count { $0 == .replayedCode } == 2)
        await expectRefusal(.unauthenticated) { try await signIn("000000") }
    }

    @Test("a wrong password is refused before a code is looked at", arguments: Backing.allCases)
    func thePasswordComesFirst(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (person, _, _) = try await enrolled(shop)
        await expectRefusal(.unauthenticated) {
            try await shop.billing.signIn(person.username, password: "wrong", tenant: shop.tenant.id)
        }
    }

    @Test("a recovery code is good once, however it is typed", arguments: Backing.allCases)
    func recoveryCodesAreGoodOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let (person, _, codes) = try await enrolled(shop)
        #expect(Set(codes).count == 10)
        let typed = codes[3].lowercased().filter { $0 != "-" }
        for isGood in [true, false] {
            func signIn() async throws -> BillingSession {
                try await shop.billing.signIn(
                    person.username,
                    password: person.password,
                    code: typed,
                    tenant: shop.tenant.id
                )
            }
            if isGood { _ = try await signIn() } else { await expectRefusal(.unauthenticated) { try await signIn() } }
        }
    }

    @Test func nothingOfItIsInTheStoreInClearOrInDescriptions() async throws {
        let shop = try await Shop.open(.memory)
        let person = try await shop.person(.manager)
        let enrolment = try await person.session.account.enrolSecondFactor(password: person.password)
        let codes = try await person.session.account.confirmSecondFactor(code: shop.code(enrolment))
        let staff = try await shop.owner.staff.person(person.id)
        let trail = try await shop.owner.audit.entries().items
        var dumped = "\(enrolment) \(staff) \(trail)"
        dump(enrolment, to: &dumped)
        for secret in codes + [enrolment.secret] { #expect(!dumped.contains(secret)) }
        #expect(
            enrolment.address.hasPrefix("otpauth://totp/Lake%20View%20WiFi:person-manager?secret=\(enrolment.secret)")
        )
    }

    @Test("who must have one may do nothing but set it up", arguments: Backing.allCases)
    func oneMayBeDemanded(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.manager)
        _ = try await shop.owner.settings.set(.requiresSecondFactor, to: true)
        let secret = try #require(person.session.sessionSecret)
        #expect(try await shop.billing.session(secret: secret).restriction == .mustEnrolSecondFactor)
        let session = try await shop.billing.session(secret: secret)
        await expectRefusal(.forbidden) { try await session.routers.list() }
        let enrolment = try await session.account.enrolSecondFactor(password: person.password)
        _ = try await session.account.confirmSecondFactor(code: shop.code(enrolment))
        _ = try await shop.billing.session(secret: secret).routers.list()
    }

    @Test func whoLostItIsHelpedByAnAdministrator() async throws {
        let shop = try await Shop.open(.memory)
        let (person, _, _) = try await enrolled(shop)
        try await shop.owner.staff.removeSecondFactor(person.id)
        _ = try await shop.billing.signIn(person.username, password: person.password, tenant: shop.tenant.id)
    }
}
