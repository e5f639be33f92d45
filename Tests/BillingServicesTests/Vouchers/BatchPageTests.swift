import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import TestSupport
import Testing

@Suite("What is too large for one transaction")
struct BatchPageTests {
    /// A shop whose owner also works through a store that can be interrupted.
    private func open() async throws -> (shop: Shop, store: InterruptingStore, owner: BillingSession) {
        let shop = try await Shop.open(.memory)
        let store = InterruptingStore(shop.store)
        let (_, owner) = try await shop.served(by: store, for: shop.owner)
        return (shop, store, owner)
    }

    /// Does something whose second transaction fails, and then all of it.
    private func interrupted<Answer>(
        _ store: InterruptingStore,
        _ body: () async throws -> Answer
    ) async throws -> Answer {
        store.interrupt(at: .commit(1))
        await expectRefusal(.unavailable) { _ = try await body() }
        store.interrupt(at: nil)
        return try await body()
    }

    @Test("a large batch is withdrawn page by page, and goes on under the same key where it was interrupted")
    func batchesAreWithdrawn() async throws {
        let (shop, store, owner) = try await open()
        let batch = try await shop.generate(2_100).batch.id
        let key = IdempotencyKey.new()
        let count = try await interrupted(store) {
            try await owner.vouchers.withdraw(batch: batch, reason: "misprinted", key: key)
        }
        #expect(count == 2_100)
        #expect(try await owner.vouchers.withdraw(batch: batch, reason: "misprinted", key: key) == 2_100)
        let left = try await shop.owner.vouchers.list(VoucherFilter(commercial: .generated)).items
        #expect(left.isEmpty)
        let lines = try await shop.owner.audit.entries().items.filter { $0.action == "batch.withdraw" }
        #expect(lines.map(\.detail) == [100, 1_000, 1_000].map { "\($0) vouchers: misprinted" })
        await expectRefusal(.conflict) {
            try await owner.vouchers.withdraw(batch: batch, reason: "misprinted", key: .new())
        }
    }

    @Test("a large batch is switched off page by page, and done again does the rest")
    func batchesAreSwitchedOff() async throws {
        let (shop, store, owner) = try await open()
        let batch = try await shop.generate(1_200).batch.id
        #expect(try await interrupted(store) { try await owner.vouchers.disable(batch: batch) } == 200)
        #expect(try await owner.vouchers.disable(batch: batch) == 0)
        #expect(try await owner.vouchers.enable(batch: batch) == 1_200)
    }

    @Test("a customer of many vouchers is erased page by page, name last")
    func customersAreErased() async throws {
        let (shop, store, owner) = try await open()
        let customer = try await shop.customer()
        _ = try await shop.owner.vouchers.generate(
            1_200,
            of: shop.package.id,
            on: shop.router.id,
            sold: true,
            options: GenerationOptions(sale: SaleOptions(customerID: customer.id)),
            key: .new()
        )
        _ = try await shop.owner.customers.close(customer.id)
        store.interrupt(at: .commit(1))
        await expectRefusal(.unavailable) { try await owner.customers.erase(customer.id) }
        #expect(try await shop.owner.customers.customer(customer.id).erasedAt == nil)
        store.interrupt(at: nil)
        #expect(try await owner.customers.erase(customer.id).erasedAt != nil)
        let lines = try await shop.owner.audit.entries().items.filter { $0.action.hasPrefix("customer.erase") }
        #expect(lines.map(\.action) == ["customer.erase", "customer.erase-names"])
        #expect(lines.last?.detail == "1000 vouchers")
        let named = try await shop.store.read(.tenant(shop.tenant.id)) { store in
            try store.count(Query<Voucher>().where(Voucher.Columns.customer.isPresent))
        }
        #expect(named == 0)
    }

    /// A shop in which somebody has earned an amount for each of so many numbers, one after the other.
    private func earned(_ count: Int, _ amount: (Int) -> Int64) async throws -> (shop: Shop, CommissionEarner) {
        let shop = try await Shop.open(.memory)
        let rule = try await shop.owner.commission.addRule(.rate(basisPoints: 1_000), key: .new())
        let earner = CommissionEarner.staff(try await shop.person(.cashier).id)
        let accruals = (0..<count).map { number in
            CommissionAccrual(
                id: Identifier(high: 7, low: UInt64(number)),
                tenant: shop.tenant.id,
                earner: earner,
                rule: rule.id,
                cause: "sale:\(number)",
                amount: Money(minorUnits: amount(number), currency: .ugx),
                createdAt: shop.clock.now + .seconds(Int64(number))
            )
        }
        shop.clock.advance(by: .seconds(20_000))
        try await shop.store.write(.tenant(shop.tenant.id)) { store in
            for accrual in accruals { try store.insert(accrual) }
        }
        return (shop, earner)
    }

    @Test("a statement settles ten thousand accruals, the oldest first, and the next one the rest")
    func statementsAreBounded() async throws {
        let usual = CommissionStatement.usualAccruals
        let (shop, earner) = try await earned(usual + 5) { $0 < usual ? 1 : 100 }
        for (total, isCut) in [(Int64(usual), true), (500, false)] {
            #expect(try await shop.owner.commission.preview(of: earner, in: .ugx).isCut == isCut)
            let statement = try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new())
            #expect(statement.total.minorUnits == total)
        }
    }

    @Test("what was taken back of ten thousand sales is carried by what is earned later")
    func statementsCarryWhatWasTakenBack() async throws {
        let usual = CommissionStatement.usualAccruals
        let (shop, earner) = try await earned(usual + 1) { $0 < usual ? -1 : Int64(usual) + 300 }
        let statement = try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new())
        #expect(statement.total.minorUnits == 300)
        #expect(statement.accrualCount == Int64(usual) + 1)
    }

    @Test("where all that is open comes to nothing, ten thousand are shown and the sum of all is said")
    func whatIsOwedBackIsSummed() async throws {
        let usual = CommissionStatement.usualAccruals
        let (shop, earner) = try await earned(usual + 5) { _ in -2 }
        let preview = try await shop.owner.commission.preview(of: earner, in: .ugx)
        #expect(preview.accruals.count == usual)
        #expect(preview.isCut)
        #expect(preview.open.minorUnits == -2 * Int64(usual + 5))
        await expectRefusal(.invalidInput, field: "total") {
            try await shop.owner.commission.issueStatement(to: earner, in: .ugx, key: .new())
        }
    }
}
