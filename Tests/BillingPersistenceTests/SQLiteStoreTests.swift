import BillingDomain
import BillingPersistence
import Foundation
import StoreSamples
import Synchronization
import Testing

@testable import BillingPersistenceSQLite

@Suite("The SQLite store")
struct SQLiteStoreTests {
    @Test func whatWasWrittenIsThereAfterClosingAndOpening() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let first: SQLiteStore = try await .sqlite(path)
            try await first.found(1...1)
            await first.close()
            await first.close()
            await expect(.closed) { _ = try await first.read(.system) { try $0.tenants() } }
            await expect(.closed) { try await first.found(2...2) }
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
            let old = try await first.write(.one) { tx in
                try tx.insert(Samples.tenant())
                try tx.insert(Samples.router())
                try tx.insert(Samples.batch())
                try tx.insert(Samples.voucher())
                try tx.enqueue(Samples.job())
                return try #require(try tx.claimRouter(owner: "first", now: now, ttl: .seconds(3600)))
            }
            await first.close()
            let second = try await SQLiteStore(path: path)
            await expect(.leaseLost) { try await second.write(.system) { try $0.verify(old) } }
            let new = try await second.write(.system) { tx in
                try tx.claimRouter(owner: "second", now: now, ttl: .seconds(3600))
            }
            #expect(new?.epoch == old.epoch + 1)
            await expect(.leaseLost) {
                try await second.write(.system) { try $0.completeOutbox([Samples.id(1)], under: old) }
            }
            await second.close()
        }
    }

    @Test func aWriteThatReturnedSurvivesTheLossOfTheProcessAndAnUnfinishedOneLeavesNothing() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...20)
            // What a killed process leaves behind is what lies in the files at that moment.
            try await store.write(.one) { tx in
                for number in 21...2000 { try tx.append(audit: Samples.audit(number)) }
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
            async let written: Void = store.write(.one) { tx in
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
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry", "DELETE FROM voucher_batch",
        "UPDATE voucher SET price = 'free'", "UPDATE voucher SET tenant = x'00'", "DELETE FROM tenant",
    ])
    func theDatabaseItselfRefusesToBendTheRules(statement: String) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.foundWorld()
            try await store.write(.one) { tx in
                for number in 1...2 {
                    try tx.append(ledger: Samples.sale(number))
                    try tx.append(audit: Samples.audit(number))
                }
            }
            await expect(.constraint) { try await store.writer.run { _ = try $0.run(SQLStatement(statement)) } }
            try await store.verify()
            await store.close()
        }
    }

    @Test(
        "whoever gets past the guards is found out",
        arguments: [
            (
                "UPDATE ledger_posting SET amount = amount + 1 WHERE line = 0 AND at > 1767225602000000",
                BookFault.Book.ledger, BookFault.Kind.unbalanced, 3
            ),
            ("UPDATE ledger_posting SET amount = amount * 2 WHERE at = 1767225602000000", .ledger, .broken, 2),
            ("DELETE FROM ledger_posting WHERE at = 1767225603000000", .ledger, .unbalanced, 3),
            ("UPDATE ledger_entry SET position = 9 WHERE position = 2", .ledger, .gap, 2),
            ("UPDATE audit_entry SET detail = 'nothing' WHERE position = 4", .audit, .broken, 4),
            ("DELETE FROM audit_entry WHERE position = 1", .audit, .gap, 1),
        ]
    )
    func whoeverGetsPastTheGuardsIsFoundOut(
        statement: String,
        book: BookFault.Book,
        kind: BookFault.Kind,
        position: Int64
    ) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.foundWorld()
            try await store.write(.one) { tx in
                for number in 1...4 {
                    try tx.append(ledger: Samples.sale(number))
                    try tx.append(audit: Samples.audit(number))
                }
            }
            #expect(try await store.verifyBooks() == nil)
            try await store.writer.run { connection in
                for trigger in try connection.texts("SELECT name FROM sqlite_schema WHERE type = 'trigger'") {
                    try connection.execute("DROP TRIGGER \(trigger)")
                }
                try connection.execute("PRAGMA foreign_keys = OFF; \(statement)")
            }
            let fault = BookFault(tenant: Samples.id(1), book: book, position: position, kind: kind)
            #expect(try await store.verifyBooks() == fault)
            await expect(.corrupt) { try await store.verify() }
            await store.close()
        }
    }

    @Test func aFullDiskKeepsNothingOfTheTransactionAndTheNextOneWorks() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.foundWorld()
            try await store.fillDisk(leaving: 4)
            await expect(.io) {
                try await store.write(.one) { tx in
                    for number in 2...5000 { try tx.append(audit: Samples.audit(number)) }
                }
            }
            #expect(try await store.read(.one) { try $0.audit(PageRequest(isCounted: true)) }.total == 0)
            try await store.writer.run { try $0.execute("PRAGMA max_page_count = 1000000") }
            try await store.write(.one) { tx in
                for number in 2...5000 { try tx.append(audit: Samples.audit(number)) }
            }
            #expect(try await store.read(.one) { try $0.audit(PageRequest(isCounted: true)) }.total == 4999)
            try await store.verify()
            await store.close()
        }
    }

    @Test func aBodyThatGoesOnAfterTheDiskWasFullWritesNothingMore() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.foundWorld()
            try await store.fillDisk(leaving: 4)
            await expect(.io) {
                try await store.write(.one) { tx in
                    expect(.io) { for number in 2...5000 { try tx.append(audit: Samples.audit(number)) } }
                    expect(.io) { try tx.append(audit: Samples.audit(9000)) }
                    expect(.io) { try tx.insert(vouchers: [Samples.voucher(2)]) }
                    expect(.io) { _ = try tx.tenants() }
                }
            }
            #expect(try await store.read(.one) { try $0.audit(PageRequest(isCounted: true)) }.total == 0)
            #expect(try await store.read(.one) { try $0.voucherCounts().total } == 1)
            try await store.found(2...2)
            await store.close()
        }
    }

    @Test func aCommitThatFailsKeepsNothingAndTheNextOneWorks() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            // A reference that leads nowhere, and that nobody looks at before COMMIT.
            try await store.writer.run { try $0.execute("PRAGMA defer_foreign_keys = ON") }
            await expect(.constraint) {
                try await store.writer.run { connection in
                    try connection.transaction("BEGIN IMMEDIATE") {
                        try connection.execute("PRAGMA defer_foreign_keys = ON")
                        try SQLiteTransaction(connection, .one).insert(Samples.router())
                    }
                }
            }
            #expect(try await store.read(.system) { try $0.routers() }.isEmpty)
            try await store.found(2...2)
            #expect(try await store.read(.system) { try $0.tenants() } == [Samples.tenant(2)])
            try await store.verify()
            await store.close()
        }
    }

    @Test func aConnectionThatIsLeftInATransactionIsReplaced() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.writer.run { try $0.execute("BEGIN IMMEDIATE") }
            try await store.found(1...1)
            #expect(try await store.writer.run { try $0.number("PRAGMA synchronous") } == 2)
            #expect(try await store.read(.system) { try $0.tenants() }.count == 1)
            await store.close()
        }
    }

    @Test func asManyReadersReadAtOnceAsWereAskedForAndTheOthersWaitInLine() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite", readers: 2)
            try await store.found(1...3)
            let inside = Inside()
            let counts = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<3_000 {
                    group.addTask {
                        try await store.read(.system) { reader in
                            let now = inside.count.add(1, ordering: .relaxed).newValue
                            defer { inside.count.subtract(1, ordering: .relaxed) }
                            #expect(now <= 2)
                            return try reader.tenants().count
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(counts == Array(repeating: 3, count: 3_000))
            await store.close()
            await expect(.closed) { _ = try await store.read(.system) { try $0.tenants() } }
        }
    }

    @Test(arguments: [(3_040_001, 1), (3_051_002, 1), (3_051_003, 0), (3_052_000, 0)])
    func aLibraryWithTheWriteAheadFaultIsReported(version: Int, count: Int) {
        let found = SQLiteDiagnostic.about(version: version)
        #expect(found.map(\.code) == Array(repeating: .walResetFault, count: count))
        #expect(found.allSatisfy { $0.message.contains("3.51.3") })
    }

    @Test func anErrorAboutAStoredValueDoesNotShowIt() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...1)
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
                try ["synchronous", "foreign_keys", "wal_autocheckpoint", "recursive_triggers", "query_only"].map {
                    try connection.number("PRAGMA \($0)")
                }
            }
            #expect(settings == [2, 1, 1000, 1, 0])
            #expect(try await store.writer.run { try $0.text("PRAGMA journal_mode") } == "wal")
            let reading = try await store.caretaker.run { connection in
                try ["wal_autocheckpoint", "query_only"].map { try connection.number("PRAGMA \($0)") }
            }
            #expect(reading == [0, 1])
            await store.close()
        }
    }

    @Test func tenThousandVouchersAreOneTransaction() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.write(.one) { tx in
                try tx.insert(Samples.tenant())
                try tx.insert(Samples.router())
                try tx.insert(Samples.batch())
            }
            let vouchers = try (1...10_000).map { try Samples.voucher($0) }
            let jobs = (1...10_000).map { Samples.job($0) }
            try await store.write(.one) { tx in
                try tx.insert(vouchers: vouchers)
                try tx.enqueue(jobs)
            }
            #expect(try await store.read(.one) { try $0.voucherCounts()[ProvisioningState.pending] } == 10_000)
            #expect(try await store.read(.one) { try $0.outboxDepth() } == 10_000)
            await store.close()
        }
    }
}

extension SQLiteStore {
    /// Lets the file grow by some pages and no more.
    fileprivate func fillDisk(leaving pages: Int64) async throws {
        try await writer.run { connection in
            let count = try connection.number("PRAGMA page_count") ?? 0
            try connection.execute("PRAGMA max_page_count = \(count + pages)")
        }
    }
}

/// How many are in the same place at once.
private final class Inside: Sendable {
    let count = Atomic(0)
}
