import BillingDomain
import BillingPersistence
import Foundation
import Testing

@testable import BillingPersistenceSQLite

@Suite("The SQLite store")
struct SQLiteStoreTests {
    @Test func whatWasWrittenIsThereAfterClosingAndOpening() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let first: SQLiteStore = try await .sqlite(path)
            try await first.write(.system) { try $0.insert(Samples.tenant()) }
            await first.close()
            await first.close()
            await expect(.closed) { _ = try await first.read(.system) { try $0.tenants() } }
            await expect(.closed) { try await first.write(.system) { try $0.insert(Samples.tenant(2)) } }
            let second = try await SQLiteStore(path: path)
            #expect(try await second.read(.system) { try $0.tenants() } == [Samples.tenant()])
            await second.close()
        }
    }

    @Test func openingLetsGoOfTheLeasesOfTheProcessThatIsGoneAndStillFencesItsEffects() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let first = try await SQLiteStore(path: path)
            let now = Samples.time(100)
            let old = try await first.write(.system) { tx in
                try tx.insert(Samples.tenant())
                try tx.insert(Samples.router())
                try tx.insert(Samples.batch())
                try tx.insert(Samples.voucher())
                try tx.enqueue(Samples.job())
                return try #require(try tx.claimRouter(owner: "first", now: now, ttl: .seconds(3600)))
            }
            await first.close()
            let second = try await SQLiteStore(path: path)
            try await second.write(.system) { tx in
                expect(.leaseLost) { try tx.verify(old) }
                let new = try #require(try tx.claimRouter(owner: "second", now: now, ttl: .seconds(3600)))
                #expect(new.epoch == old.epoch + 1)
                expect(.leaseLost) { try tx.completeOutbox([Samples.id(1)], under: old) }
            }
            await second.close()
        }
    }

    @Test func aWriteThatReturnedSurvivesTheLossOfTheProcessAndAnUnfinishedOneLeavesNothing() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            for number in 1...20 { try await store.write(.system) { try $0.insert(Samples.tenant(number)) } }
            // What a killed process leaves behind is what lies in the files at that moment.
            try await store.write(.system) { tx in
                for number in 21...2000 { try tx.insert(Samples.tenant(number)) }
                for suffix in ["", "-wal"] {
                    try FileManager.default.copyItem(
                        atPath: directory + "/billing.sqlite" + suffix,
                        toPath: directory + "/killed.sqlite" + suffix
                    )
                }
            }
            let recovered = try await SQLiteStore(path: directory + "/killed.sqlite")
            #expect(try await recovered.read(.system) { try $0.tenants() } == (1...20).map { Samples.tenant($0) })
            try await recovered.verify()
            await recovered.close()
            await store.close()
        }
    }

    @Test func readersDoNotWaitForAWriterAndSeeNothingOfItUntilItIsDone() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            let isWriting = AsyncStream.makeStream(of: Void.self)
            let mayGoOn = DispatchSemaphore(value: 0)
            async let written: Void = store.write(.system) { tx in
                try tx.insert(Samples.tenant())
                isWriting.continuation.yield()
                mayGoOn.wait()
            }
            for await _ in isWriting.stream { break }
            #expect(try await store.read(.system) { try $0.tenants() }.isEmpty)
            mayGoOn.signal()
            try await written
            #expect(try await store.read(.system) { try $0.tenants() }.count == 1)
            await store.close()
        }
    }

    @Test(arguments: [
        "UPDATE ledger_entry SET at = 0", "DELETE FROM ledger_entry", "UPDATE ledger_posting SET amount = amount + 1",
        "DELETE FROM ledger_posting", "UPDATE audit_entry SET detail = ''", "DELETE FROM audit_entry",
        "INSERT INTO ledger_posting VALUES (1, 9, 'cash:x', 5, 'UGX')",
        "UPDATE voucher SET access = 'stolen'", "UPDATE voucher SET price = -1", "UPDATE voucher SET price = 'free'",
        "UPDATE voucher SET tenant = x'00'", "DELETE FROM tenant",
    ])
    func theDatabaseItselfRefusesToBendTheRules(statement: String) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.system) { tx in
                try tx.insert(Samples.tenant())
                try tx.insert(Samples.router())
                try tx.insert(Samples.batch())
                try tx.insert(Samples.voucher())
                for number in 1...2 {
                    try tx.append(ledger: Samples.sale(number))
                    try tx.append(audit: Samples.audit(number))
                }
            }
            await expect(.constraint) { try await store.writer.run { _ = try $0.run(statement) } }
            try await store.verify()
            await store.close()
        }
    }

    @Test func booksThatDoNotBalanceAreNoticed() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.system) { try $0.insert(Samples.tenant()) }
            try await store.write(.one) { try $0.append(ledger: Samples.sale()) }
            try await store.writer.run { connection in
                try connection.execute("INSERT INTO ledger_posting VALUES (1, 9, 'cash:x', 5, 'UGX')")
            }
            await expect(.corrupt) { try await store.verify() }
            await store.close()
        }
    }

    @Test func aFullDiskKeepsNothingOfTheTransactionAndTheNextOneWorks() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.system) { try $0.insert(Samples.tenant()) }
            try await store.writer.run { connection in
                let pages: Int64? = try connection.value("PRAGMA page_count")
                try connection.execute("PRAGMA max_page_count = \((pages ?? 0) + 4)")
            }
            await expect(.io) {
                try await store.write(.system) { tx in
                    for number in 2...5000 { try tx.insert(Samples.tenant(number)) }
                }
            }
            #expect(try await store.read(.system) { try $0.tenants() }.count == 1)
            try await store.writer.run { try $0.execute("PRAGMA max_page_count = 1000000") }
            try await store.write(.system) { tx in
                for number in 2...5000 { try tx.insert(Samples.tenant(number)) }
            }
            #expect(try await store.read(.system) { try $0.tenants() }.count == 5000)
            try await store.verify()
            await store.close()
        }
    }

    @Test func aBodyThatGoesOnAfterTheDiskWasFullWritesNothingMore() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.system) { tx in
                try tx.insert(Samples.tenant())
                try tx.insert(Samples.router())
                try tx.insert(Samples.batch())
            }
            try await store.writer.run { connection in
                let pages: Int64? = try connection.value("PRAGMA page_count")
                try connection.execute("PRAGMA max_page_count = \((pages ?? 0) + 4)")
            }
            await expect(.io) {
                try await store.write(.system) { tx in
                    expect(.io) { for number in 2...5000 { try tx.insert(Samples.tenant(number)) } }
                    expect(.io) { try tx.insert(Samples.tenant(9000)) }
                    expect(.io) { try tx.insert(vouchers: [Samples.voucher()]) }
                    expect(.io) { _ = try tx.tenants() }
                }
            }
            #expect(try await store.read(.system) { try $0.tenants() } == [Samples.tenant()])
            #expect(try await store.read(.one) { try $0.voucherCounts().total } == 0)
            try await store.write(.system) { try $0.insert(Samples.tenant(2)) }
            await store.close()
        }
    }

    @Test func aCommitThatFailsKeepsNothingAndTheNextOneWorks() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            await expect(.constraint) {
                try await store.write(.system) { tx in
                    try tx.insert(Samples.tenant())
                    // A reference that leads nowhere, and that nobody looks at before COMMIT.
                    let connection = try #require(tx as? SQLiteTransaction).db
                    try connection.execute("PRAGMA defer_foreign_keys = ON")
                    try connection.execute(
                        "INSERT INTO router_lease (router, epoch, until, next_attempt_at) VALUES (x'00', 0, 0, 0)"
                    )
                }
            }
            #expect(try await store.read(.system) { try $0.tenants() }.isEmpty)
            try await store.write(.system) { try $0.insert(Samples.tenant(2)) }
            #expect(try await store.read(.system) { try $0.tenants() } == [Samples.tenant(2)])
            try await store.verify()
            await store.close()
        }
    }

    @Test func anErrorAboutAStoredValueDoesNotShowIt() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.system) { try $0.insert(Samples.tenant()) }
            try await store.writer.run { try $0.execute("UPDATE tenant SET currency = 'canary'") }
            let error = await #expect(throws: PersistenceError.self) {
                try await store.read(.system) { try $0.tenants() }
            }
            #expect(error?.code == .corrupt)
            #expect(error?.description.contains("Currency") == true)
            #expect(error?.description.contains("canary") == false)
            await store.close()
        }
    }

    @Test func theConnectionsAreSetUpForMoney() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            let settings = try await store.writer.run { connection in
                [
                    try connection.value("PRAGMA journal_mode") as String? ?? "",
                    try connection.value("PRAGMA synchronous") as String? ?? "",
                    try connection.value("PRAGMA foreign_keys") as String? ?? "",
                    try connection.value("PRAGMA wal_autocheckpoint") as String? ?? "",
                ]
            }
            #expect(settings == ["wal", "2", "1", "1000"])
            await store.close()
        }
    }

    @Test func tenThousandVouchersAreOneQuickTransaction() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.system) { tx in
                try tx.insert(Samples.tenant())
                try tx.insert(Samples.router())
                try tx.insert(Samples.batch())
            }
            let vouchers = try (1...10_000).map { try Samples.voucher($0) }
            let jobs = (1...10_000).map { Samples.job($0) }
            let elapsed = try await ContinuousClock().measure {
                try await store.write(.one) { tx in
                    try tx.insert(vouchers: vouchers)
                    try tx.enqueue(jobs)
                }
            }
            #expect(elapsed < .seconds(20), "\(elapsed)")
            #expect(try await store.read(.one) { try $0.voucherCounts()[ProvisioningState.pending] } == 10_000)
            #expect(try await store.read(.one) { try $0.outboxDepth() } == 10_000)
            await store.close()
        }
    }
}
