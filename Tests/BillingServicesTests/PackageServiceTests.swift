import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Packages")
struct PackageServiceTests {
    @Test(arguments: Backing.allCases)
    func aPackageIsListedUntilItIsArchived(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        #expect(try await shop.owner.packages.list() == [shop.package])
        let archived = try await shop.owner.packages.archive(shop.package.id)
        #expect(try await shop.owner.packages.archive(shop.package.id) == archived)
        #expect(try await shop.owner.packages.list().isEmpty)
        #expect(try await shop.owner.packages.list(includingArchived: true) == [archived])
        _ = try await shop.owner.packages.create(.fixture("3 Hours"), key: .new())
    }

    @Test("a cost has the ceiling of a price", arguments: [1_000_000_000_001, .max, -1] as [Int64])
    func aCostOutOfRangeIsRefused(units: Int64) async throws {
        let shop = try await Shop.open(.memory)
        var draft = try PackageDraft.fixture("Day")
        draft.cost = Money(minorUnits: units, currency: .ugx)
        await expectRefusal(.invalidInput, field: "cost") { [draft] in
            try await shop.owner.packages.create(draft, key: .new())
        }
        draft.cost = Money(minorUnits: 1_000_000_000_000, currency: .ugx)
        _ = try await shop.owner.packages.create(draft, key: .new())
    }

    @Test(arguments: Backing.allCases)
    func aNewPriceLeavesOldVouchersAlone(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(1)
        _ = try await shop.owner.packages.update(shop.package.id, .fixture("3 Hours", price: 9_000))
        let voucher = try await shop.owner.vouchers.voucher(code: batch.vouchers[0].code)
        #expect(voucher.terms.price.minorUnits == 2_500)
        #expect(try await shop.generate(1).vouchers[0].terms.price.minorUnits == 9_000)
    }

    @Test(arguments: Backing.allCases)
    func theSamePackageUnderTheSameKeyIsCreatedOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        let first = try await shop.owner.packages.create(.fixture("Day"), key: key)
        #expect(try await shop.owner.packages.create(.fixture("Day"), key: key) == first)
        await expectRefusal(.conflict, field: "key") {
            try await shop.owner.packages.create(.fixture("Day", price: 1), key: key)
        }
    }

    @Test(arguments: Backing.allCases)
    func aNameIsTakenWhateverItsCase(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        await expectRefusal(.duplicate, field: "name") {
            try await shop.owner.packages.create(.fixture("3 HOURS"), key: .new())
        }
        let day = try await shop.owner.packages.create(.fixture("Day"), key: .new())
        await expectRefusal(.duplicate, field: "name") {
            try await shop.owner.packages.update(day.id, .fixture("3 hours"))
        }
        _ = try await shop.owner.packages.update(day.id, .fixture("DAY"))
    }

    @Test(
        "refuses names that mean nothing",
        arguments: ["", "custom", String(repeating: "x", count: 101), "a\u{202E}b"]
    )
    func oddNamesAreRefused(name: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "name") {
            try await shop.owner.packages.create(.fixture(name), key: .new())
        }
    }

    @Test(
        "refuses a cost below zero or in another currency",
        arguments: [(-1, Currency.ugx), (1, .usd)] as [(Int64, Currency)]
    )
    func oddCostsAreRefused(units: Int64, currency: Currency) async throws {
        let shop = try await Shop.open(.memory)
        var draft = try PackageDraft.fixture("Day")
        draft.cost = Money(minorUnits: units, currency: currency)
        await expectRefusal(.invalidInput, field: "cost") { [draft] in
            try await shop.owner.packages.create(draft, key: .new())
        }
    }
}
