import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The status words of documents")
struct StatusWordTests {
    @Test("every vocabulary names and finds vouchers as they are listed", arguments: Backing.allCases)
    func vouchersHaveWords(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let vouchers = shop.owner.vouchers
        let codes = try await shop.generate(6, sold: true).vouchers.map(\.code)
        try await shop.see(codes[1], codes[2], uptime: .zero)
        try await shop.see(codes[3], bytesIn: 2_000_000_000)
        _ = try await vouchers.disable(code: codes[4])
        _ = try await vouchers.refund(code: codes[5], to: .cash, reason: "lost", key: .new())
        shop.clock.advance(by: .seconds(3 * 3_600 - 60))
        try await shop.see(codes[1], uptime: .zero)
        shop.clock.advance(by: .seconds(60))
        try await shop.billing.upkeep.run()
        let all = try await vouchers.list().items
        #expect(Set(all.map(\.access)).isSuperset(of: [.unused, .expired, .depleted, .disabled, .revoked]))
        for vocabulary in [StatusVocabulary.logIn, .usability, .service, .radiusDesk] {
            for word in vocabulary.allWords {
                let found = try await vouchers.list(VoucherFilter(access: vocabulary.states(for: word))).items
                #expect(found == all.filter { $0.status(in: vocabulary) == word }, "\(word)")
            }
            #expect(all.allSatisfy { vocabulary.allWords.contains($0.status(in: vocabulary)) })
        }
        #expect(try await vouchers.list(VoucherFilter(access: [])).items.isEmpty)
    }

    @Test("customers and their subscriptions say their words as they are listed", arguments: Backing.allCases)
    func subscriptionsHaveWords(backing: Backing) async throws {
        let till = try await Till.open(backing)
        func words() async throws -> [String] {
            let customer = try #require(try await till.owner.customers.list().items.first)
            let found = try await till.owner.subscriptions.list().items.first
            return [customer.word.rawValue, customer.subscriberWord.rawValue]
                + (found.map { [$0.word.rawValue, $0.subscriberWord.rawValue] } ?? [])
        }
        #expect(try await words() == ["Pending", "suspended"])
        _ = try await till.order(till.terms(grace: 0))
        #expect(try await words() == ["Active", "active", "active", "active"])
        till.days(31)
        try await till.shop.billing.collection.sweepSubscriptions(tenant: till.shop.tenant.id)
        #expect(try await words() == ["Expired", "suspended", "expired", "suspended"])
    }

    @Test("a subscription says what is unused, what is owed and when time moves it on", arguments: Backing.allCases)
    func subscriptionsStand(backing: Backing) async throws {
        let till = try await Till.open(backing)
        let ordered = try await till.order(till.terms(3_000, grace: 3)).subscription
        let start = till.shop.clock.now
        func standing() async throws -> SubscriptionStanding {
            try await till.owner.subscriptions.standing(of: ordered.id, basis: .seconds)
        }
        #expect(try await standing().unusedCredit == till.ugx(3_000))
        till.days(10)
        let later = try await standing()
        #expect((later.unusedCredit, later.periodsOwed) == (till.ugx(2_000), 0))
        #expect(later.nextDeadline == start + .seconds(30 * 86_400))
        #expect(later.subscription.id == ordered.id)
    }
}
