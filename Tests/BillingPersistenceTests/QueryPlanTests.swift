import BillingDomain
import BillingPersistence
import Testing

@testable import BillingPersistenceSQLite

@Suite("How SQLite finds what it is asked for")
struct QueryPlanTests {
    @Test func whatATenantAsksForIsFoundByAnIndexInItsOrder() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            let plans = try await store.writer.run { _ in
                let connection = try Connection(path: directory + "/billing.sqlite")
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
                let isSorted = steps.contains { $0.contains("USE TEMP B-TREE") } && !sql.contains("GROUP BY")
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
        try statements.keys.sorted().map { sql in
            let steps = try rows("EXPLAIN QUERY PLAN \(sql)", sql.filter { $0 == "?" }.map { _ in Int?.none }) { row in
                _ = (try row() as Int, try row() as Int, try row() as Int)
                return try row() as String
            }
            return (sql, steps)
        }
    }
}
