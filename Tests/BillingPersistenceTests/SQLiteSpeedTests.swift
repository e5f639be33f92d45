import BillingDomain
import BillingPersistence
import Foundation
import StoreSamples
import Testing

@testable import BillingPersistenceSQLite

/// What the store adds to SQLite's own work; run it with `SQLITE_FIGURES=1`, optimised.
@Suite("What the SQLite store costs", .enabled(if: ProcessInfo.processInfo.environment["SQLITE_FIGURES"] != nil))
struct SQLiteSpeedTests {
    /// The least that SQLite can do is to copy rows that it has: no value is bound or read, the indexes are the same.
    @Test func addingAndReadingTenThousandVouchers() async throws {
        let (count, clock) = (10_000, ContinuousClock())
        let vouchers = try (1...count).map { try Samples.voucher($0) }
        var best = (copied: Duration.seconds(99), added: Duration.seconds(99), read: Duration.seconds(99))
        for _ in 1...5 {
            try await withTemporaryDirectory { directory in
                let store = try await SQLiteStore(path: directory + "/billing.sqlite")
                try await store.write(.one) { tx in
                    try tx.insert(Samples.tenant())
                    try tx.insert(Samples.router())
                    try tx.insert(Samples.batch())
                }
                let added = try await clock.measure {
                    try await store.write(.one) { try $0.insert(vouchers: vouchers) }
                }
                let read = try await clock.measure {
                    let page = PageRequest(after: nil, size: count)
                    let found = try await store.read(.one) { try $0.vouchers(VoucherFilter(), page).items.count }
                    #expect(found == count)
                }
                let copied = try await store.writer.run { connection in
                    try connection.execute("CREATE TEMP TABLE copy AS SELECT * FROM voucher; DELETE FROM voucher")
                    return try clock.measure { try connection.execute("INSERT INTO voucher SELECT * FROM temp.copy") }
                }
                best = (min(best.copied, copied), min(best.added, added), min(best.read, read))
                await store.close()
            }
        }
        print(
            "adding \(best.added), \(best.added / best.copied) times SQLite's own \(best.copied); reading \(best.read)"
        )
    }
}
