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
        let named = try await shop.store.read(.tenant(shop.tenant.id)) { store in
            try store.count(Query<Voucher>().where(Voucher.Columns.customer.isPresent))
        }
        #expect(named == 0)
    }

    @Test("a statement settles ten thousand accruals, the oldest first, and the next one the rest")
    func statementsAreBounded() async throws {
        let shop = try await Shop.open(.memory)
        let rule = try await shop.owner.commission.addRule(.rate(basisPoints: 1_000), key: .new())
        let person = try await shop.person(.cashier)
        let (tenant, start) = (shop.tenant.id, shop.clock.now)
        shop.clock.advance(by: .seconds(20_000))
        try await shop.store.write(.tenant(tenant)) { store in
            for number in 0..<(CommissionStatement.maximumAccruals + 5) {
                try store.insert(
                    CommissionAccrual(
                        id: Identifier(high: 7, low: UInt64(number)),
                        tenant: tenant,
                        earner: .staff(person.id),
                        rule: rule.id,
                        cause: "sale:\(number)",
                        amount: Money(
                            minorUnits: number < CommissionStatement.maximumAccruals ? 1 : 100,
                            currency: .ugx
                        ),
                        createdAt: start + .seconds(Int64(number))
                    )
                )
            }
        }
        for total in [Int64(CommissionStatement.maximumAccruals), 500] {
            let statement = try await shop.owner.commission.issueStatement(
                to: .staff(person.id),
                in: .ugx,
                key: .new()
            )
            #expect(statement.total.minorUnits == total)
        }
    }
}
