import BillingDomain
import BillingPersistence
import Testing

@testable import BillingPersistenceSQLite

@Suite("How SQLite finds what it is asked for")
struct QueryPlanTests {
    @Test func whatATenantAsksForIsFoundByAnIndexInItsOrder() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            let plans = try await store.caretaker.run { connection in
                let transaction = SQLiteTransaction(connection, .one)
                _ = try transaction.ledgerEntries(PageRequest())
                _ = try transaction.audit(PageRequest())
                _ = try transaction.batches(PageRequest())
                _ = try transaction.vouchers(VoucherFilter(), PageRequest())
                _ = try transaction.vouchersToExpire(before: Samples.time(0), limit: 9)
                _ = try transaction.revenue(from: Samples.time(0), until: Samples.time(1))
                _ = try transaction.parkedJobs(router: nil)
                _ = try transaction.parkedJobs(router: Samples.id(1))
                _ = try transaction.outboxDepth(router: nil)
                _ = try transaction.outboxDepth(router: Samples.id(1))
                _ = try transaction.outboxJobs(router: Samples.id(1), dueBy: Samples.time(0), limit: 9)
                return try connection.plans()
            }
            #expect(plans.count > 10)
            for (sql, steps) in plans {
                // Sums are sorted by what they are grouped by; there are few.
                // Those of one instant are put in order by identity; they are few as well.
                let isSorted = !sql.contains("GROUP BY") && steps.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }
                #expect(!isSorted && !steps.contains { $0.hasPrefix("SCAN") }, "\(sql): \(steps)")
                let isOfOneRouter = sql.contains("router = ?")
                #expect(!isOfOneRouter || steps.contains { $0.contains("router=?") }, "\(sql): \(steps)")
            }
        }
    }
}

extension Connection {
    /// How SQLite would go about every statement that was prepared.
    fileprivate func plans() throws -> [(sql: String, steps: [String])] {
        try statements.keys.filter { $0.hasPrefix("SELECT") }.sorted().map { sql in
            // The number of values is that of the last place.
            let places = sql.matches(of: /\?(\d+)/).compactMap { Int($0.1) }.max() ?? 0
            let plan = SQLStatement("EXPLAIN QUERY PLAN \(sql)", Array(repeating: .null, count: places))
            let steps = try rows(plan, as: [.integer, .integer, .integer, .text]).map { try String(storeValue: $0[3]) }
            return (sql, steps)
        }
    }
}
