import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Choices when vouchers are generated")
struct GenerationOptionTests {
    private func generate(
        _ shop: Shop,
        _ quantity: Int,
        sold: Bool = false,
        _ options: GenerationOptions
    ) async throws -> GeneratedBatch {
        try await shop.owner.vouchers.generate(
            quantity,
            of: shop.package.id,
            on: shop.router.id,
            sold: sold,
            options: options,
            key: .new()
        )
    }

    @Test(arguments: Backing.allCases)
    func codesFollowTheStyleThatIsAskedFor(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let style = try VoucherCodeStyle(alphabet: .digits, length: 10, prefix: "N-", hasCheckSymbol: true)
        let made = try await generate(shop, 50, GenerationOptions(codeStyle: style, hasPasswords: true))
        #expect(made.batch.codeStyle == style)
        for voucher in made.vouchers {
            #expect(voucher.code.wholeMatch(of: /N-[0-9]{11}/) != nil)
            let read = try style.code(typed: voucher.code)
            #expect(read == voucher.code)
            #expect(voucher.password?.value.wholeMatch(of: /[2-9A-HJ-NPR-Z]{8}/) != nil)
        }
        #expect(try await shop.owner.vouchers.batch(made.batch.id) == made)
    }

    @Test func theHouseStyleIsTheTenantsOwn() async throws {
        let shop = try await Shop.open(.memory)
        var settings = Settings(tenant: shop.tenant.id)
        try settings.set(.voucherPrefix, to: "LV")
        try settings.set(.voucherLength, to: 14)
        try await shop.store.write(.tenant(shop.tenant.id)) { [settings] in try $0.insert(settings) }
        let made = try await shop.generate()
        #expect(made.vouchers[0].code.wholeMatch(of: /LV[2-9A-HJ-NPR-Z]{14}/) != nil)
    }

    @Test("codes too short for so many are refused, those in stock counted")
    func weakStylesAreRefused() async throws {
        let shop = try await Shop.open(.memory)
        let style = try VoucherCodeStyle(alphabet: .digits, length: 6)
        await expectRefusal(.invalidInput, field: "codeLength") {
            try await generate(shop, 1_000, GenerationOptions(codeStyle: style))
        }
        _ = try await generate(shop, 100, GenerationOptions(codeStyle: style))
        await expectRefusal(.invalidInput, field: "codeLength") {
            try await generate(shop, 100, GenerationOptions(codeStyle: style))
        }
    }

    @Test func codesThatAreTakenAreDrawnAgain() async throws {
        let shop = try await Shop.open(.memory)
        // Every two draws are alike, so that some batch draws the code of the one before it.
        let counter = Counter()
        let environment = BillingEnvironment(
            now: { shop.clock.now },
            randomBytes: { count in
                guard count > 10 else { return try shop.random.bytes(count) }
                counter.increment()
                return [UInt8](repeating: UInt8(counter.value / 2), count: count)
            }
        )
        let billing = Billing(store: shop.store, secrets: try .ephemeral(), environment: environment)
        let session = try await Shop.session(.superAdministrator, of: shop.tenant, in: billing)
        var codes: Set<String> = []
        for _ in 0..<5 {
            let made = try await session.vouchers.generate(1, of: shop.package.id, on: shop.router.id, key: .new())
            codes.formUnion(made.vouchers.map(\.code))
        }
        #expect(codes.count == 5)
    }

    @Test(arguments: Backing.allCases)
    func autoActivationStartsTheValidityAtOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let made = try await generate(shop, 2, GenerationOptions(startRule: StartRule(autoActivate: true)))
        #expect(made.vouchers.allSatisfy { $0.expiresAt == shop.clock.now + .seconds(10_800) })
        let onSale = try await generate(shop, 2, GenerationOptions(startRule: .onSale))
        #expect(onSale.vouchers.allSatisfy { $0.expiresAt == nil })
        shop.clock.advance(by: .seconds(100))
        let sale = try await shop.owner.vouchers.sell(batch: onSale.batch.id, key: .new())
        #expect(sale.vouchers.allSatisfy { $0.expiresAt == shop.clock.now + .seconds(10_800) })
    }

    @Test func monthsAreCountedInTheTenantsZone() async throws {
        let shop = try await Shop.open(.memory)
        // 22:30 UTC on 30 November is 1:30 on 1 December in Kampala.
        shop.clock.advance(by: (Timestamp("2026-11-30T22:30:00Z") ?? shop.clock.now) - shop.clock.now)
        let terms = try VoucherTerms(validityPeriod: .months(1), price: Money(minorUnits: 1, currency: .ugx))
        let voucher = try await shop.soldVoucher(terms)
        try await shop.see(voucher.code, uptime: .zero)
        let active = try await shop.owner.vouchers.voucher(code: voucher.code)
        #expect(active.expiresAt == Timestamp("2026-12-31T22:30:00Z"))
    }

    @Test(
        "bad choices are refused by name and nothing is made",
        arguments: [
            (
                GenerationOptions(activateBy: Timestamp("2026-11-20T09:00:00Z")), BillingError.Code.invalidInput,
                "activateBy"
            ),
            (GenerationOptions(activateBy: Timestamp("2326-11-20T09:00:00Z")), .invalidInput, "activateBy"),
            (GenerationOptions(sale: SaleOptions(customerID: Identifier(high: 1, low: 1))), .notFound, "customer"),
            (GenerationOptions(recipient: " "), .invalidInput, "recipient"),
        ]
    )
    func badChoicesAreRefused(options: GenerationOptions, code: BillingError.Code, field: String) async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(code, field: field) { try await generate(shop, 2, options) }
        #expect(try await shop.owner.vouchers.batches().items.count == 0)
    }

    @Test func messagesAreForSmallBatches() async throws {
        let shop = try await Shop.open(.memory)
        await expectRefusal(.invalidInput, field: "quantity") {
            try await generate(shop, 101, GenerationOptions(recipient: "phone:+256700000001"))
        }
    }
}
