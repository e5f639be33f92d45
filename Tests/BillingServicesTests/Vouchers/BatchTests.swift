import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Whole batches, and lists of vouchers")
struct BatchTests {
    @Test("vouchers are found by seller, customer, package and dates", arguments: Backing.allCases)
    func vouchersAreFound(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let cashier = try await shop.person(.cashier)
        let other = try await shop.owner.packages.create(.fixture("Day", price: 1_000), key: .new())
        let start = shop.clock.now
        let stock = try await shop.generate(1).vouchers[0]
        shop.clock.advance(by: .seconds(60))
        let noon = shop.clock.now
        let sold = try await cashier.session.vouchers.generate(
            1,
            of: other.id,
            on: shop.router.id,
            sold: true,
            key: .new()
        ).vouchers[0]
        shop.clock.advance(by: .seconds(60))
        let evening = shop.clock.now
        let customer = try await shop.customer()
        let custom = try await shop.soldVoucher()
        _ = try await shop.owner.vouchers.redeem(code: custom.code, for: customer.id, key: .new())
        func found(_ filter: VoucherFilter) async throws -> [Identifier<Voucher>] {
            try await shop.owner.vouchers.list(filter).items.map(\.id)
        }
        #expect(try await found(VoucherFilter(seller: .staff(cashier.id))) == [sold.id])
        #expect(try await found(VoucherFilter(customer: customer.id)) == [custom.id])
        #expect(try await found(VoucherFilter(package: shop.package.id)) == [stock.id])
        #expect(try await found(VoucherFilter(package: other.id)) == [sold.id])
        #expect(try await found(VoucherFilter(commercial: .generated)) == [stock.id])
        #expect(try await found(VoucherFilter(createdFrom: start, createdUntil: noon)) == [stock.id])
        #expect(try await found(VoucherFilter(soldFrom: noon, soldUntil: evening)) == [sold.id])
        #expect(try await found(VoucherFilter(soldFrom: evening)) == [custom.id])
    }

    @Test("batches are found by package, router, who made them and when", arguments: Backing.allCases)
    func batchesAreFound(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let cashier = try await shop.person(.cashier)
        let second = try await shop.owner.routers.add(.fixture("Second"), key: .new())
        let first = try await shop.generate(1).batch
        shop.clock.advance(by: .seconds(60))
        let noon = shop.clock.now
        let last = try await cashier.session.vouchers.generate(1, of: shop.package.id, on: second.id, key: .new()).batch
        func found(_ filter: BatchFilter) async throws -> [Identifier<VoucherBatch>] {
            try await shop.owner.vouchers.batches(filter).items.map(\.id)
        }
        #expect(try await found(BatchFilter()) == [last.id, first.id])
        #expect(try await found(BatchFilter(package: shop.package.id)) == [last.id, first.id])
        #expect(try await found(BatchFilter(router: second.id)) == [last.id])
        #expect(try await found(BatchFilter(routers: [shop.router.id])) == [first.id])
        #expect(try await found(BatchFilter(creator: .staff(cashier.id))) == [last.id])
        #expect(try await found(BatchFilter(until: noon)) == [first.id])
        #expect(try await found(BatchFilter(from: noon)) == [last.id])
    }

    @Test("a batch is switched off and on again in one step", arguments: Backing.allCases)
    func batchesAreSwitched(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(4)
        let codes = batch.vouchers.map(\.code)
        _ = try await shop.owner.vouchers.sell(codes: [codes[0], codes[1]], key: .new())
        try await shop.see(codes[0])
        _ = try await shop.owner.vouchers.writeOff(code: codes[3], reason: "torn", key: .new())
        try await shop.provision(.present)
        let vouchers = shop.owner.vouchers
        #expect(try await vouchers.disable(batch: batch.batch.id) == 3)
        #expect(try await vouchers.disable(batch: batch.batch.id) == 0)
        #expect(
            try await vouchers.batch(batch.batch.id).vouchers.map(\.access) == [
                .disabled, .disabled, .disabled, .revoked,
            ]
        )
        #expect(try await vouchers.progress(batch: batch.batch.id).pending == 3)
        #expect(try await vouchers.enable(batch: batch.batch.id) == 3)
        #expect(
            try await vouchers.batch(batch.batch.id).vouchers.map(\.access) == [.active, .unused, .unused, .revoked]
        )
        await expectRefusal(.notFound) { try await vouchers.disable(batch: Identifier(high: 1, low: 1)) }
    }

    @Test("switched on again, what ran out meanwhile ends and is earned", arguments: Backing.allCases)
    func lateBatchesEnd(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(2, sold: true)
        try await shop.see(batch.vouchers[0].code)
        _ = try await shop.owner.vouchers.disable(batch: batch.batch.id)
        shop.clock.advance(by: .seconds(4 * 3_600))
        #expect(try await shop.owner.vouchers.enable(batch: batch.batch.id) == 2)
        #expect(try await shop.owner.vouchers.batch(batch.batch.id).vouchers.map(\.access) == [.expired, .unused])
        try await shop.expectSoundBooks()
    }

    @Test("what is left of a batch is withdrawn once; what was bought stays", arguments: Backing.allCases)
    func batchesAreWithdrawn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let batch = try await shop.generate(3)
        let id = batch.batch.id
        _ = try await shop.owner.vouchers.sell(codes: [batch.vouchers[0].code], key: .new())
        let before = try await shop.balances()
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            #expect(try await shop.owner.vouchers.withdraw(batch: id, reason: "sheets lost", key: key) == 2)
        }
        let left = try await shop.owner.vouchers.batch(id).vouchers
        #expect(left.map(\.access) == [.unused, .revoked, .revoked])
        #expect(left.map(\.commercial) == [.sold, .writtenOff, .writtenOff])
        #expect(try await shop.balances() == before)
        await expectRefusal(.conflict, field: "batch") {
            try await shop.owner.vouchers.withdraw(batch: id, reason: "again", key: .new())
        }
        await expectRefusal(.invalidInput, field: "reason") {
            try await shop.owner.vouchers.withdraw(batch: id, reason: "", key: .new())
        }
        let trail = try await shop.owner.audit.entries(AuditFilter(subject: "batch:\(id)")).items
        #expect(trail.first?.detail == "2 vouchers: sheets lost")
    }

    @Test("of a batch what can be sold is sold, and the sale names what cannot", arguments: Backing.allCases)
    func batchesAreSoldAsFarAsTheyCanBe(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let terms = try VoucherTerms(
            validity: .seconds(60),
            deadlines: VoucherDeadlines(activateAfterCreation: .seconds(600)),
            price: Money(minorUnits: 100, currency: .ugx)
        )
        let vouchers = shop.owner.vouchers
        let batch = try await vouchers.generate(5, terms: terms, on: shop.router.id, key: .new())
        let (id, codes) = (batch.batch.id, batch.vouchers.map(\.code))
        _ = try await vouchers.sell(codes: [codes[0]], key: .new())
        _ = try await vouchers.disable(code: codes[1])
        _ = try await vouchers.reserve(codes: [codes[2]], for: "order", key: .new())
        // What was brought back lives longer than the rest, which lapses before anybody has noticed.
        let more = try VoucherGrant(time: .elapsed(.seconds(86_400)))
        _ = try await vouchers.extend(code: codes[3], by: more, cause: "late", key: .new())
        shop.clock.advance(by: .seconds(700))
        let key = IdempotencyKey.new()
        for _ in 0..<2 {
            let sale = try await vouchers.sell(batch: id, key: key)
            #expect(sale.vouchers.map(\.code) == [codes[3]])
            #expect(sale.leftOut.map(\.code) == [codes[1], codes[2], codes[4]])
            #expect(sale.total.minorUnits == 100)
        }
        await expectRefusal(.conflict, field: "batch") { try await vouchers.sell(batch: id, key: .new()) }
        // By their codes they are asked for one by one: the one that cannot be sold is named.
        do {
            _ = try await vouchers.sell(codes: [codes[1]], key: .new())
            Issue.record("a disabled voucher was sold")
        } catch let error as BillingError {
            #expect(error.message.contains(batch.vouchers[1].maskedCode))
        }
        try await shop.expectSoundBooks()
    }

    @Test("a sale is remembered by its name, not by all that it sold", arguments: Backing.allCases)
    func salesHaveNames(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let free = try VoucherTerms(validity: .seconds(60), price: .zero(.ugx))
        let batch = try await shop.owner.vouchers.generate(50, terms: free, on: shop.router.id, key: .new())
        let key = IdempotencyKey.new()
        let sale = try await shop.owner.vouchers.sell(batch: batch.batch.id, key: key)
        #expect((sale.vouchers.count, sale.total) == (50, .zero(.ugx)))
        #expect(try await shop.owner.vouchers.sell(batch: batch.batch.id, key: key) == sale)
        let record = try await shop.store.read(.tenant(shop.tenant.id)) { try $0.idempotentResult(key: key.text) }
        #expect(try #require(record).result.utf8.count <= 50)
    }

    @Test("a sale is in one currency", arguments: Backing.allCases)
    func salesHaveOneCurrency(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let terms = try VoucherTerms(validity: .seconds(60), price: Money(minorUnits: 100, currency: .usd))
        let foreign = try await shop.owner.vouchers.generate(1, terms: terms, on: shop.router.id, key: .new())
        let codes = try await shop.generate(1).vouchers.map(\.code) + foreign.vouchers.map(\.code)
        await expectRefusal(.invalidInput, field: "codes") {
            try await shop.owner.vouchers.sell(codes: codes, key: .new())
        }
    }

    @Test("nobody gives a larger discount than the tenant allows", arguments: Backing.allCases)
    func discountsHaveALimit(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        try await shop.set(.discountLimit, to: 2_000)
        let codes = try await shop.generate(2).vouchers.map(\.code)
        func sell(_ code: String, at price: Int64) async throws -> Sale {
            let options = SaleOptions(unitPrice: Money(minorUnits: price, currency: .ugx))
            return try await shop.owner.vouchers.sell(codes: [code], options: options, key: .new())
        }
        await expectRefusal(.invalidInput, field: "unitPrice") { try await sell(codes[0], at: 1_999) }
        #expect(try await sell(codes[0], at: 2_000).total.minorUnits == 2_000)
    }
}
