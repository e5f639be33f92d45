import BillingDomain
import Testing

@Suite("Words that are stored or spoken")
struct WordsTests {
    @Test(arguments: [Actor.staff(Samples.id(1)), .token(Samples.id(2)), .system("sync:router")])
    func anActorIsReadAsItIsWritten(actor: BillingDomain.Actor) {
        #expect(BillingDomain.Actor(actor.description) == actor)
    }

    @Test(arguments: ["", "staff", "staff:", "staff:1", "token:x", "robot:1"])
    func noOtherActorIsRead(text: String) {
        #expect(BillingDomain.Actor(text) == nil)
    }

    @Test(arguments: [
        ("Super Admin", Role.superAdministrator), ("super-administrator", .superAdministrator),
        ("Admin", .manager), ("Manager", .manager), ("Operator", .cashier), ("Staff", .cashier), ("cashier", .cashier),
    ])
    func rolesGoByTheirCommonNames(name: String, role: Role) {
        #expect(Role(named: name) == role)
        #expect(Role(named: role.rawValue) == role)
    }

    @Test func rolesAreNestedAndNobodyElseIsARole() {
        #expect(Role.cashier.permissions.isStrictSubset(of: Role.manager.permissions))
        #expect(Role.manager.permissions.isStrictSubset(of: Role.superAdministrator.permissions))
        #expect(!Role.manager.permissions.contains(.manageTokens))
        #expect(!Role.cashier.permissions.contains(.manageRouters))
        #expect(Role(named: "root") == nil)
        #expect(Role(named: "") == nil)
    }

    @Test(arguments: [
        (RouterStatus.unknown, "offline"), (.online, "online"), (.offline, "offline"), (.error, "error"),
    ])
    func aRouterNobodyLookedAtCountsAsOffline(status: RouterStatus, word: String) {
        #expect(status.documentWord == word)
    }

    @Test(arguments: [
        (RouterStatus.unknown, RouterWord.inactive), (.online, .active), (.offline, .inactive), (.error, .inactive),
    ])
    func aRouterIsActiveWhileItCanBeUsed(status: RouterStatus, word: RouterWord) {
        #expect(RouterWord(status) == word)
    }

    @Test func evidenceIsOrderedByStrength() {
        #expect(ActivationEvidence.allCases.sorted() == [.log, .userCounters, .activeSession, .loginCallback])
    }

    @Test func coordinatesLieOnTheGlobe() {
        for (latitude, longitude) in [(91.0, 0.0), (-91, 0), (0, 181), (0, -181), (.nan, 0), (0, .infinity)] {
            #expect(throws: DomainError.self) {
                try RouterLocation.Coordinates(latitude: latitude, longitude: longitude)
            }
        }
    }
}
