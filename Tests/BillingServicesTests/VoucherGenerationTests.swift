import BillingDomain
import BillingPersistence
import BillingServices
import Testing

@Suite("Generating vouchers")
struct VoucherGenerationTests {
    @Test(arguments: Backing.allCases)
    func aBatchIsThereAtOnceAndWaitsForItsRouter(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let made = try await shop.generate(50)
        #expect(made.batch.quantity == 50)
        #expect(made.batch.packageName == "3 Hours")
        #expect(made.vouchers.count == 50)
        #expect(Set(made.vouchers.map(\.code)).count == 50)
        #expect(made.vouchers.allSatisfy { $0.access == .unused && $0.provisioning == .pending })
        #expect(made.vouchers.allSatisfy { $0.terms == shop.package.terms && $0.commercial == .generated })
        #expect(try await shop.owner.vouchers.batch(made.batch.id) == made)
        let progress = try await shop.owner.vouchers.progress(batch: made.batch.id)
        #expect((progress.total, progress.pending, progress.isComplete) == (50, 50, false))
        #expect(try await shop.owner.reports.dashboard().outboxDepth == 50)
    }

    @Test(arguments: Backing.allCases)
    func codesAreTwelveSymbolsWithoutLookAlikesBehindThePrefix(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let made = try await shop.owner.vouchers.generate(
            200,
            of: shop.package.id,
            on: shop.router.id,
            codePrefix: "BIL-",
            key: .new()
        )
        for voucher in made.vouchers {
            #expect(voucher.code.wholeMatch(of: /BIL-[2-9A-HJ-NPR-Z]{12}/) != nil)
        }
    }

    @Test(arguments: Backing.allCases)
    func theSameRequestUnderTheSameKeyIsTheSameBatch(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        let first = try await shop.generate(20, sold: true, key: key)
        #expect(try await shop.generate(20, sold: true, key: key) == first)
        #expect(try await shop.owner.vouchers.list().items.count == 20)
        #expect(try await shop.balances()["deferred-vouchers"] == -50_000)
    }

    @Test(arguments: Backing.allCases)
    func anotherRequestUnderTheSameKeyIsRefused(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let key = IdempotencyKey.new()
        _ = try await shop.generate(20, key: key)
        await expectRefusal(.conflict, field: "key") { try await shop.generate(21, key: key) }
        await expectRefusal(.conflict, field: "key") { try await shop.generate(20, sold: true, key: key) }
        let other = try await shop.session(.superAdministrator)
        await expectRefusal(.conflict, field: "key") {
            try await other.vouchers.generate(20, of: shop.package.id, on: shop.router.id, key: key)
        }
        #expect(try await shop.owner.vouchers.list().items.count == 20)
    }

    @Test("refuses a quantity outside 1…100 000 and writes nothing", arguments: [0, -1, 100_001, 1_000_000_000, .min])
    func quantitiesOutOfRangeAreRefused(quantity: Int) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "quantity") { try await shop.generate(quantity) }
        #expect(try await shop.owner.vouchers.batches().items.count == 0)
    }

    @Test func aBatchOfTenThousandIsMade() async throws {
        let shop = try await Shop.open(.memory)
        #expect(try await shop.generate(100_000).vouchers.count == 100_000)
    }

    @Test(
        "refuses prefixes that would need quoting or leave no room",
        arguments: ["A|B", "A B", "é", String(repeating: "A", count: 39)]
    )
    func prefixesOutOfRangeAreRefused(prefix: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "codePrefix") {
            try await shop.owner.vouchers.generate(
                1,
                of: shop.package.id,
                on: shop.router.id,
                codePrefix: prefix,
                key: .new()
            )
        }
    }

    @Test func aKeyIsBoundedInBytes() {
        #expect(IdempotencyKey(String(repeating: "k", count: 200)) != nil)
        #expect(IdempotencyKey(String(repeating: "𝄞", count: 50)) != nil)
        #expect(IdempotencyKey(String(repeating: "k", count: 201)) == nil)
        #expect(IdempotencyKey(String(repeating: "𝄞", count: 51)) == nil)
        #expect(IdempotencyKey(manyMarks(10)) == nil)
    }

    @Test func theLongestPrefixMakesFiftyCharacters() async throws {
        let shop = try await Shop.open(.memory)
        let made = try await shop.owner.vouchers.generate(
            1,
            of: shop.package.id,
            on: shop.router.id,
            codePrefix: String(repeating: "A", count: 38),
            key: .new()
        )
        #expect(made.vouchers.map(\.code.count) == [50])
    }

    @Test(arguments: Backing.allCases)
    func anArchivedPackageIsNoLongerSold(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        try await shop.owner.packages.archive(shop.package.id)
        await expectRefusal(.conflict, field: "package") { try await shop.generate() }
    }

    @Test(arguments: Backing.allCases)
    func aLargeBatchAtTheHighestPriceFitsTheBooks(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let price = Money(minorUnits: 1_000_000_000_000, currency: .ugx)
        _ = try await shop.owner.vouchers.generate(
            100_000,
            terms: VoucherTerms(validity: .seconds(1), price: price),
            on: shop.router.id,
            sold: true,
            key: .new()
        )
        let today = try await shop.owner.reports.dashboard().today
        #expect(today.map(\.expected.minorUnits) == [100_000_000_000_000_000])
        #expect(today.map(\.received.minorUnits) == [100_000_000_000_000_000])
    }
}

@Suite("Generating vouchers of a profile")
struct ProfileGenerationTests {
    private func generate(_ shop: Shop, _ profile: String, _ inline: InlineTerms) async throws -> GeneratedBatch {
        try await shop.owner.vouchers.generate(2, profile: profile, inline: inline, on: shop.router.id, key: .new())
    }

    @Test(arguments: Backing.allCases)
    func aPackageIsFoundByItsNameInAnyCase(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let made = try await generate(shop, "3 HOURS", InlineTerms())
        #expect(made.batch.package == shop.package.id)
        #expect(made.batch.terms == shop.package.terms)
    }

    @Test(arguments: Backing.allCases)
    func limitsThatConfirmThePackageAreAccepted(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let inline = InlineTerms(
            validity: .seconds(10_800),
            dataQuota: try .mebibytes(1_536),
            price: Money(minorUnits: 2_500, currency: .ugx)
        )
        #expect(try await generate(shop, "3 Hours", inline).vouchers.count == 2)
    }

    @Test(
        "limits that contradict the package are refused by name",
        arguments: [
            (InlineTerms(validity: .seconds(7_200)), "validity"),
            (InlineTerms(dataQuota: try? .mebibytes(1_024)), "dataQuota"),
            (InlineTerms(price: Money(minorUnits: 2_499, currency: .ugx)), "price"),
            (InlineTerms(price: Money(minorUnits: 2_500, currency: .kes)), "price"),
            (InlineTerms(routerProfile: "fast"), "routerProfile"),
        ]
    )
    func contradictionsAreRefused(inline: InlineTerms, field: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: field) { try await generate(shop, "3 Hours", inline) }
    }

    @Test(arguments: Backing.allCases)
    func customTakesItsTermsInline(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let price = Money(minorUnits: 250, currency: .usd)
        let made = try await generate(shop, "custom", InlineTerms(validity: .seconds(3_600), price: price))
        #expect(made.batch.package == nil)
        #expect(made.batch.packageName == "CUSTOM")
        #expect(made.batch.terms == (try VoucherTerms(validity: .seconds(3_600), price: price)))
    }

    @Test(
        "custom without a price, without a limit, or with a negative price is refused",
        arguments: [
            (InlineTerms(validity: .seconds(60)), "price"),
            (InlineTerms(price: Money(minorUnits: 1, currency: .ugx)), "validity"),
            (InlineTerms(validity: .seconds(60), price: Money(minorUnits: -1, currency: .ugx)), "price"),
            (InlineTerms(validity: .seconds(-60), price: Money(minorUnits: 1, currency: .ugx)), "validity"),
        ]
    )
    func incompleteCustomTermsAreRefused(inline: InlineTerms, field: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: field) { try await generate(shop, "CUSTOM", inline) }
    }

    @Test func anUnknownProfileIsRefused() async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "profile") { try await generate(shop, "4 Hours", InlineTerms()) }
    }
}
