import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import PostgreSQLServer
import StoreSamples
import TestSupport
import Testing

@Suite(
    "PostgreSQL: what the store costs",
    .needsPostgreSQL,
    .enabled(if: Environment.count("ROUTEROS_POSTGRESQL_COSTS", usually: 0) > 0)
)
struct CostTests {
    @Test func figures() async throws {
        let count = Environment.count("ROUTEROS_POSTGRESQL_COSTS", usually: 0)
        for threshold in [8, 1_000_000] {
            try await World.with(limits: { $0.bulkThreshold = threshold }) { world async throws in
                let vouchers = try (100..<100 + count).map { try Samples.voucher($0) }
                let clock = ContinuousClock()
                let bulk = try await clock.measure { try await world.store.write(.one) { try $0.insert(vouchers) } }
                print("insert of \(count) vouchers, columns from \(threshold) on: \(bulk)")
                guard threshold == 8 else { return }
                let sales = try await clock.measure {
                    for number in 0..<500 {
                        try await world.store.write(.one) { try $0.append(ledger: Samples.sale(100_000 + number)) }
                    }
                }
                print("500 sales one after the other: \(sales)")
                let reads = try await clock.measure {
                    for number in 0..<500 {
                        _ = try await world.store.read(.one) { try $0.voucher(Samples.id(100 + number)) }
                    }
                }
                print("500 reads one after the other: \(reads)")
            }
        }
    }
}
