import BillingDomain
import BillingPersistence
import Foundation
import StoreSamples
import Testing

@testable import BillingPersistenceSQLite

@Suite("Backups of the SQLite store")
struct BackupTests {
    @Test func aBackupMadeWhileOthersWriteIsOneMomentOfTheDatabase() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...1)
            try await store.write(.one) { tx in
                for number in 1...2_000 { try tx.append(audit: Samples.audit(number)) }
            }
            async let written: Void = {
                for number in 1...200 {
                    try await store.write(.one) { tx in
                        try tx.append(ledger: Samples.sale(number))
                        try tx.append(audit: Samples.audit(10_000 + number))
                    }
                }
            }()
            for number in 1...5 { try await store.backup(to: directory + "/backup-\(number).sqlite") }
            try await written
            for number in 1...5 {
                let path = directory + "/backup-\(number).sqlite"
                let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
                #expect(mode as? Int == 0o600)
                let copy = try await SQLiteStore(path: path)
                try await copy.verify()
                let (entries, lines) = try await copy.read(.one) { reader in
                    (try reader.count(Query<LedgerRow>()), try reader.count(Query<AuditRow>()))
                }
                #expect(lines == 2_000 + entries)
                await copy.close()
            }
            let names = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(!names.contains { $0.contains("partial") })
            await store.close()
        }
    }

    @Test func aFileThatIsThereIsNeverOverwritten() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            let path = directory + "/backup.sqlite"
            try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
            await expect(.duplicate) { try await store.backup(to: path) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data("mine".utf8))
            await expect(.io) { try await store.backup(to: directory + "/nowhere/backup.sqlite") }
            await store.close()
            await expect(.closed) { try await store.backup(to: directory + "/late.sqlite") }
        }
    }

    @Test func aCancelledBackupLeavesNothingBehind() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...1)
            let backup = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await store.backup(to: directory + "/backup.sqlite")
            }
            await #expect(throws: CancellationError.self) { try await backup.value }
            let names = try FileManager.default.contentsOfDirectory(atPath: directory)
            #expect(!names.contains { $0.hasPrefix("backup") })
            try await store.found(2...2)
            await store.close()
        }
    }

    @Test func aBackupOfDamagedBooksIsRefused() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...1)
            try await store.write(.one) { try $0.append(audit: Samples.audit()) }
            try await store.writer.run { connection in
                try connection.execute("DROP TRIGGER audit_entry_stays; UPDATE audit_entry SET action = 'nothing'")
            }
            await expect(.corrupt) { try await store.backup(to: directory + "/backup.sqlite") }
            #expect(!FileManager.default.fileExists(atPath: directory + "/backup.sqlite"))
            await store.close()
        }
    }
}
