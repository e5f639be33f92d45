import BillingDomain
import BillingServices
import TestSupport
import Testing

@Suite("How much may be asked for at once")
struct RangeTests {
    /// A number of something, what of it is refused, and the least and the most that are taken.
    struct Range: Sendable, CustomTestStringConvertible {
        let name: String
        let field: String
        let refused: [Int64]
        let taken: [Int64]
        let run: @Sendable (Till, Int64) async throws -> Void

        var testDescription: String { name }
    }

    static let ranges: [Range] = [
        Range(name: "periods of an order", field: "periods", refused: [-1, 0, 1_201, .max], taken: [1, 1_200]) {
            var order = try $0.subscriptionOrder()
            order.periods = $1
            _ = try await $0.owner.subscriptions.order(order, key: .new())
        },
        Range(name: "periods of a renewal", field: "periods", refused: [-1, 0, 1_201, .max], taken: [1, 1_200]) {
            try await $0.topUp(1_200_000)
            let running = try await $0.order().subscription.id
            _ = try await $0.owner.subscriptions.renewFromBalance(running, periods: $1, key: .new())
        },
        Range(name: "days to pay", field: "termDays", refused: [-1, 367, .max], taken: [0, 366]) {
            _ = try await $0.issued(100, termDays: Int($1))
        },
        Range(name: "services at once", field: "drafts", refused: [0, 1_001], taken: [1]) {
            let draft = ($0.customer.id, try $0.serviceDraft())
            _ = try await $0.owner.serviceAccounts.create(Array(repeating: draft, count: Int($1)), key: .new())
        },
        Range(name: "users of an import", field: "users", refused: [100_001], taken: [1]) {
            let user = HotspotUserText(name: "A7K2", password: "A7K2", profile: "1day")
            let users = Array(repeating: user, count: Int($1))
            _ = try await $0.owner.imports.plan(.fixture(users: users), on: $0.shop.router.id)
        },
        Range(name: "profiles of an import", field: "users", refused: [10_001], taken: [1]) {
            let profiles = Array(repeating: HotspotState.Profile(name: "1day"), count: Int($1))
            _ = try await $0.owner.imports.plan(.fixture(profiles: profiles), on: $0.shop.router.id)
        },
        Range(name: "accounts that are stated", field: "stated", refused: [1_001], taken: [0, 1_000]) {
            let accounts = (0..<$1).map { (Account(rawValue: "account:\($0)"), [Money.zero(.ugx)]) }
            _ = try await $0.owner.reports.reconciliation(
                DateRange(from: LocalDate($0.shop.clock.now), days: 1),
                stated: Dictionary(uniqueKeysWithValues: accounts)
            )
        },
    ]

    @Test("less and more is refused, and the least and the most are taken", arguments: ranges)
    func rangesAreKept(range: Range) async throws {
        for count in range.refused {
            let till = try await Till.open(.memory)
            await expectRefusal(.invalidInput, "\(count)", field: range.field) { try await range.run(till, count) }
        }
        for count in range.taken { try await range.run(Till.open(.memory), count) }
    }
}
