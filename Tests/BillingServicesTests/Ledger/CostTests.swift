import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("What is sold has cost something")
struct CostTests {
    @Test(
        "the cost of a package is told by reports, and booked by the supplier's bill alone",
        arguments: Backing.allCases
    )
    func costsAreBookedOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let cost = Money(minorUnits: 900, currency: .ugx)
        var draft = try PackageDraft.fixture("Costly")
        draft.terms = try draft.terms.priced(draft.terms.price, cost: cost)
        let package = try await shop.owner.packages.create(draft, key: .new())
        let made = try await shop.owner.vouchers.generate(
            2,
            of: package.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        )
        try await shop.see(made.vouchers[0].code)
        #expect(try await shop.balances()["cost-of-sales"] == nil)
        _ = try await shop.owner.ledger.recordBill(cost + cost, reference: "bill 7", key: .new())
        #expect(try await shop.balances()["cost-of-sales"] == 1_800)
        let today = DateRange(from: LocalDate(shop.clock.now).adding(days: -1), days: 3)
        let sales = try await shop.owner.reports.packageSales(today)
        #expect(sales.map(\.profit) == [Money(minorUnits: 2 * (2_500 - 900), currency: .ugx)])
    }
}
