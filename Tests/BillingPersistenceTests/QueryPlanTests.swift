import BillingDomain
import BillingPersistence
import StoreSamples
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
                _ = try transaction.batches(BatchFilter(), PageRequest())
                _ = try transaction.vouchers(VoucherFilter(), PageRequest())
                _ = try transaction.records(
                    Query(Voucher.Columns.nextDeadline <= Samples.time(0)).sorted(by: Voucher.Columns.nextDeadline)
                        .first(9)
                )
                _ = try transaction.revenue(from: Samples.time(0), until: Samples.time(1))
                _ = try transaction.accountFlows(Samples.time(0)..<Samples.time(1), families: ["cash", "bank"])
                _ = try transaction.voucherFlow(Samples.time(0)..<Samples.time(1))
                _ = try transaction.voucherSales(Samples.time(0)..<Samples.time(1))
                for filter in VoucherFilter.indexed {
                    _ = try transaction.vouchers(filter, PageRequest(after: nil, isCounted: true))
                }
                let customers = Query(Customer.Columns.site.isAbsent || Customer.Columns.site == Samples.id(1))
                let payer = PaymentRow.Columns.customer
                _ = try transaction.payments(
                    Query(payer.isAbsent || payer.refers(to: customers))
                        .sorted(byDescending: PaymentRow.Columns.createdAt),
                    PageRequest()
                )
                let many = (1...50).map { Samples.id($0) as Identifier<LedgerRow> }
                _ = try transaction.sums(
                    Query(PostingRow.Columns.entry.isOne(of: many)),
                    of: ["amount"],
                    by: ["entry", "account", "currency"]
                )
                _ = try transaction.parkedJobs(router: nil)
                _ = try transaction.parkedJobs(router: Samples.id(1))
                _ = try transaction.outboxDepth()
                _ = try transaction.outboxDepth(routers: [Samples.id(1)])
                _ = try transaction.outboxJobs(router: Samples.id(1), dueBy: Samples.time(0), limit: 9)
                return try connection.plans()
            }
            #expect(plans.count > 10)
            for (sql, steps) in plans {
                // Sums are sorted by what they are grouped by; there are few.
                // Those of one instant are put in order by identity; they are few as well.
                let isSorted = !sql.contains("GROUP BY") && steps.contains { $0.contains("TEMP B-TREE FOR ORDER BY") }
                #expect(
                    !isSorted && !steps.contains { $0.hasPrefix("SCAN") && $0 != "SCAN counted" },
                    "\(sql): \(steps)"
                )
                let isBeginning = sql.contains("code_key >= ?") || sql.contains("customer_key >= ?")
                for column in isBeginning
                    ? ["code_key", "customer_key"]
                    : [
                        "router", "batch", "document_status", "sold_at", "refunded_at", "access", "commercial",
                        "package",
                        "customer_id", "agent",
                    ]
                {
                    let isAsked = sql.contains(" \(column) = ?") || sql.contains(" \(column) >= ?")
                    let isUsed = steps.contains { $0.contains("\(column)=?") || $0.contains("\(column)>?") }
                    #expect(!isAsked || isUsed, "\(sql): \(steps)")
                }
                // The postings of some entries, and not all of the tenant's.
                #expect(!sql.contains("entry IN") || steps.contains { $0.contains("(entry=?") }, "\(sql): \(steps)")
                guard sql.contains("FROM ledger_posting"), sql.contains(" at >= ?") else { continue }
                let isCovered = steps.contains { $0.contains("COVERING INDEX") && $0.contains("family=? AND at>?") }
                #expect(isCovered, "\(sql): \(steps)")
            }
        }
    }
}

extension VoucherFilter {
    /// What the pages of a shop ask for, alone and together.
    fileprivate static var indexed: [VoucherFilter] {
        [
            VoucherFilter(documentStatus: .active), VoucherFilter(router: Samples.id(1)),
            VoucherFilter(batch: Samples.id(1)),
            VoucherFilter(provisioning: .failed), VoucherFilter(documentStatus: .active, router: Samples.id(1)),
            VoucherFilter(documentStatus: .active, batch: Samples.id(1)),
            VoucherFilter(router: Samples.id(1), provisioning: .failed),
            VoucherFilter(codeBeginning: "A"), VoucherFilter(customerBeginning: "A"),
            VoucherFilter(routers: [Samples.id(1), Samples.id(2)]), VoucherFilter(access: [.expired, .revoked]),
            VoucherFilter(access: [.depleted]), VoucherFilter(commercial: .refunded),
            VoucherFilter(package: Samples.id(1)),
            VoucherFilter(customer: Samples.id(1)), VoucherFilter(agent: Samples.id(1)),
            VoucherFilter(documentStatus: .active, router: Samples.id(1), codeBeginning: "A"),
            VoucherFilter(documentStatus: .active, customerBeginning: "A"),
        ]
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
