import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("The price list")
struct PriceListTests {
    private func ugx(_ units: Int64) -> Money { Money(minorUnits: units, currency: .ugx) }

    @Test(arguments: Backing.allCases)
    func everythingThatIsEnteredIsKept(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var draft = try PackageDraft.fixture("Weekend")
        draft.summary = "Sat and Sun"
        draft.kind = .recurringHotspot
        draft.cost = ugx(1_000)
        draft.priceRules = [
            try PriceRule(from: 10, .unitPrice(2_000)), try PriceRule(from: 5, .discount(basisPoints: 500)),
        ]
        draft.isVisible = false
        let package = try await shop.owner.packages.create(draft, key: .new())
        #expect(package.priceRules.map(\.quantity) == [5, 10])
        #expect((package.kind, package.description, package.isVisible) == (.recurringHotspot, "Sat and Sun", false))
        #expect(package.margin == ugx(1_500))
        #expect(try await shop.owner.packages.package(package.id) == package)
        draft.summary = ""
        draft.priceRules = []
        let updated = try await shop.owner.packages.update(package.id, draft)
        #expect((updated.description, updated.priceRules) == ("", []))
    }

    @Test(arguments: Backing.allCases)
    func customersSeeWhatIsVisibleAndOffered(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let hidden = try await shop.owner.packages.create(.fixture("Staff"), key: .new())
        _ = try await shop.owner.packages.setVisibility(hidden.id, isVisible: false)
        #expect(
            try await shop.owner.packages.setVisibility(hidden.id, isVisible: false).revision == 2,
            "once is enough"
        )
        #expect(try await shop.owner.packages.offers().map(\.name) == ["3 Hours"])
        _ = try await shop.owner.packages.setVisibility(hidden.id, isVisible: true)
        try await shop.owner.packages.archive(shop.package.id)
        #expect(try await shop.owner.packages.offers().map(\.name) == ["Staff"])
    }

    @Test("bad drafts are refused by name")
    func badDraftsAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        var twice = try PackageDraft.fixture("X")
        twice.priceRules = [try PriceRule(from: 5, .unitPrice(1)), try PriceRule(from: 5, .unitPrice(2))]
        await expectRefusal(.invalidInput, field: "priceRules") {
            try await shop.owner.packages.create(twice, key: .new())
        }
        var long = try PackageDraft.fixture("X")
        long.summary = String(repeating: "x", count: 1_001)
        await expectRefusal(.invalidInput, field: "summary") { try await shop.owner.packages.create(long, key: .new()) }
        for quantity in [0, -1, 1_000_001] {
            await expectRefusal(.invalidInput, field: "quantity") {
                try await shop.owner.packages.price(of: quantity, shop.package.id)
            }
        }
    }

    @Test(arguments: Backing.allCases)
    func standardPackagesAreMadeOnceAndThoseThereArePassedOver(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let prices: [StandardPackage: Money] = [.oneGigabyteDaily: ugx(1_000), .unlimitedMonthly: ugx(50_000)]
        let key = IdempotencyKey.new()
        let made = try await shop.owner.packages.createStandard(prices, key: key)
        #expect(made.map(\.name) == ["1GB-DAILY", "UNLIMITED-MONTHLY"])
        let quota = try ByteQuota.gibibytes(1)
        #expect(made[0].terms.dataQuota == quota)
        #expect(try await shop.owner.packages.createStandard(prices, key: key) == made)
        #expect(try await shop.owner.packages.createStandard(prices, key: .new()).isEmpty)
        await expectRefusal(.invalidInput, field: "prices") {
            try await shop.owner.packages.createStandard([:], key: .new())
        }
        await expectRefusal(.invalidInput, field: "price") {
            try await shop.owner.packages.createStandard([.unlimitedDaily: ugx(-1)], key: .new())
        }
    }

    @Test(arguments: Backing.allCases)
    func whatSellsBestStandsFirst(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = try await shop.owner.packages.create(.fixture("Day"), key: .new())
        _ = try await shop.generate(5)
        let customer = try await shop.customer()
        let made = try await shop.owner.vouchers.quickSale(
            3,
            of: other.id,
            on: shop.router.id,
            options: GenerationOptions(sale: SaleOptions(customerID: customer.id)),
            key: .new()
        )
        try await shop.see(made.vouchers[0].code)
        let popularity = try await shop.owner.packages.popularity()
        #expect(popularity.map(\.package) == ["Day", "3 Hours"])
        #expect(popularity.map(\.generated) == [3, 5])
        #expect(popularity.map(\.sold) == [3, 0])
        #expect(popularity.map(\.inUse) == [1, 0])
        #expect(popularity.map(\.customers) == [1, 0])
    }
}
