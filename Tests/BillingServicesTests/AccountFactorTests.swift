import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("One's own profile and second factor")
struct AccountFactorTests {
    private func signIn(_ shop: Shop, _ person: Shop.Person, _ code: String?) async throws -> BillingSession {
        try await shop.billing.signIn(
            person.username,
            password: person.password,
            code: code,
            tenant: shop.tenant.id
        )
    }

    @Test("one sees oneself as others see one", arguments: Backing.allCases)
    func oneselfIsSeen(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.cashier)
        let account = person.session.account
        _ = try await account.update(displayName: "Amina N.", email: "a@example.org", phone: nil, language: "sw")
        let me = try await account.me()
        #expect(me == (try await shop.owner.staff.person(person.id)))
        #expect((me.displayName, me.email, me.language) == ("Amina N.", "a@example.org", "sw"))
        await expectRefusal(.forbidden) { try await shop.owner.account.me() }
    }

    @Test("new recovery codes are good, the old ones no more", arguments: Backing.allCases)
    func recoveryCodesAreReplaced(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.manager)
        let account = person.session.account
        await expectRefusal(.conflict) { try await account.replaceRecoveryCodes(password: person.password) }
        let enrolment = try await account.enrolSecondFactor(password: person.password)
        let old = try await account.confirmSecondFactor(code: shop.code(enrolment))
        await expectRefusal(.invalidInput, field: "currentPassword") {
            try await account.replaceRecoveryCodes(password: "wrong")
        }
        let new = try await account.replaceRecoveryCodes(password: person.password)
        #expect(new.count == old.count)
        #expect(Set(new).isDisjoint(with: old))
        await expectRefusal(.unauthenticated) { try await signIn(shop, person, old[0]) }
        shop.clock.advance(by: .seconds(3_600))
        _ = try await signIn(shop, person, new[0])
    }

    @Test("a second factor that was sealed anew opens with the new key alone", arguments: Backing.allCases)
    func factorsAreResealed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.manager)
        let account = person.session.account
        let enrolment = try await account.enrolSecondFactor(password: person.password)
        _ = try await account.confirmSecondFactor(code: shop.code(enrolment))
        shop.clock.advance(by: .seconds(3_600))
        func billing(_ secrets: SecretKeys) -> Billing {
            Billing(store: shop.store, secrets: secrets, environment: shop.environment)
        }
        let (old, new) = ([UInt8](repeating: 7, count: 32), [UInt8](repeating: 8, count: 32))
        #expect(
            try await billing(SecretKeys(keys: [1: old, 2: new], sealing: 2)).resealSecrets() == 2,
            "and the router's"
        )
        let later = billing(try SecretKeys(keys: [2: new], sealing: 2))
        _ = try await later.signIn(
            person.username,
            password: person.password,
            code: shop.code(enrolment),
            tenant: shop.tenant.id
        )
    }

    @Test("without the second factor the password is enough again", arguments: Backing.allCases)
    func factorsAreRemoved(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let person = try await shop.person(.manager)
        let account = person.session.account
        let enrolment = try await account.enrolSecondFactor(password: person.password)
        _ = try await account.confirmSecondFactor(code: shop.code(enrolment))
        await expectRefusal(.secondFactorRequired) { try await signIn(shop, person, nil) }
        await expectRefusal(.invalidInput, field: "currentPassword") {
            try await account.removeSecondFactor(password: "wrong")
        }
        shop.clock.advance(by: .seconds(3_600))
        try await account.removeSecondFactor(password: person.password)
        #expect(try await signIn(shop, person, nil).actor == .staff(person.id))
    }
}
