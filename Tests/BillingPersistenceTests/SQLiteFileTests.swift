import BillingPersistence
import Foundation
import StoreSamples
import Testing

@testable import BillingPersistenceSQLite

@Suite("The files of the SQLite store")
struct SQLiteFileTests {
    @Test func onlyOneStoreHasTheFileOpen() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let alias = directory + "/alias.sqlite"
            let first = try await SQLiteStore(path: path)
            try FileManager.default.createSymbolicLink(atPath: alias, withDestinationPath: path)
            for name in [path, alias] {
                do {
                    _ = try await SQLiteStore(path: name)
                    Issue.record("opened twice")
                } catch let error as PersistenceError {
                    #expect(error.code == .busy)
                    #expect(error.message.contains("\(ProcessInfo.processInfo.processIdentifier)"))
                }
            }
            try await first.found(1...1)
            await first.close()
            let second = try await SQLiteStore(path: alias)
            #expect(try await second.read(.system) { try $0.tenants() }.count == 1)
            await second.close()
        }
    }

    @Test func everyFileIsReadableByItsOwnerOnly() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.found(1...1)
            let names = try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
            #expect(names == ["billing.sqlite", "billing.sqlite-lock", "billing.sqlite-shm", "billing.sqlite-wal"])
            for name in names {
                let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + name)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            await store.close()
        }
    }

    @Test func anExistingFileThatOthersMayReadIsClosedToThem() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let manager = FileManager.default
            let first = try await SQLiteStore(path: path)
            try await first.found(1...1)
            // What a process that was killed leaves behind.
            let names = ["", "-wal", "-shm"]
            for name in names { try manager.copyItem(atPath: path + name, toPath: directory + "/copy.sqlite" + name) }
            await first.close()
            #expect(manager.createFile(atPath: directory + "/copy.sqlite-lock", contents: nil))
            for name in names + ["-lock"] {
                try manager.setAttributes([.posixPermissions: 0o664], ofItemAtPath: directory + "/copy.sqlite" + name)
            }
            let second = try await SQLiteStore(path: directory + "/copy.sqlite")
            #expect(try await second.read(.system) { try $0.tenants() } == [Samples.tenant()])
            for name in names + ["-lock"] {
                let attributes = try manager.attributesOfItem(atPath: directory + "/copy.sqlite" + name)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
            await second.close()
        }
    }

    @Test(
        "a link to a file that is not there yet locks as that file does",
        arguments: ["/data/", "data/", "../x/data/"]
    )
    func aDanglingLinkHasTheLockOfItsTarget(prefix: String) async throws {
        try await withTemporaryDirectory { directory in
            let manager = FileManager.default
            try manager.createDirectory(atPath: directory + "/x/data", withIntermediateDirectories: true)
            let link = directory + "/x/alias.sqlite"
            let start = prefix.hasPrefix("/") ? directory + "/x" : ""
            try manager.createSymbolicLink(atPath: link, withDestinationPath: start + prefix + "billing.sqlite")
            let first = try await SQLiteStore(path: link)
            let target = directory + "/x/data/billing.sqlite"
            #expect(manager.fileExists(atPath: target + "-lock"))
            #expect(try manager.contentsOfDirectory(atPath: directory + "/x").sorted() == ["alias.sqlite", "data"])
            await expect(.busy) { _ = try await SQLiteStore(path: target) }
            await first.close()
        }
    }

    @Test func aLinkThatLeadsInACircleIsRefused() async throws {
        try await withTemporaryDirectory { directory in
            let link = directory + "/alias.sqlite"
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: link)
            await expect(.io) { _ = try await SQLiteStore(path: link) }
        }
    }

    @Test func aFileOfANewerVersionIsRefusedAndLeftAlone() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let store = try await SQLiteStore(path: path)
            try await store.writer.run {
                try $0.execute("INSERT INTO schema_migration (name) VALUES ('9 teleportation')")
            }
            await store.close()
            await expect(.newerSchema) { _ = try await SQLiteStore(path: path) }
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            await expect(.newerSchema) { _ = try await SQLiteStore(path: path) }
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test func aFileThatIsNotOursIsRefusedAndLeftAlone() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/other.sqlite"
            let foreign = try Connection(creating: path)
            try foreign.execute("CREATE TABLE customer (name TEXT)")
            await expect(.corrupt) { _ = try await SQLiteStore(path: path) }
            #expect(try foreign.texts("SELECT name FROM sqlite_schema") == ["customer"])

            let garbage = Data((0..<9000).map { UInt8(truncatingIfNeeded: $0 &* 31) })
            try garbage.write(to: URL(fileURLWithPath: directory + "/garbage.sqlite"))
            await expect(.corrupt) { _ = try await SQLiteStore(path: directory + "/garbage.sqlite") }
            #expect(try Data(contentsOf: URL(fileURLWithPath: directory + "/garbage.sqlite")) == garbage)
        }
    }

    @Test(arguments: ["", ":memory:", "/no/such/folder/billing.sqlite"])
    func aPathThatCannotBeAFileIsRefused(path: String) async {
        await expect(.io) { _ = try await SQLiteStore(path: path) }
    }

    @Test func aDamagedFileIsNoticed() async throws {
        try await withTemporaryDirectory { directory in
            let path = directory + "/billing.sqlite"
            let store = try await SQLiteStore(path: path)
            try await store.found(1...1)
            try await store.write(.one) { tx in
                for number in 1...2000 { try tx.append(audit: Samples.audit(number)) }
            }
            await store.close()
            let handle = try FileHandle(forUpdating: URL(fileURLWithPath: path))
            let pages = try handle.seekToEnd() / 4096
            try handle.seek(toOffset: (pages - 3) * 4096)
            try handle.write(contentsOf: Data(repeating: 0xA5, count: 4096))
            try handle.close()
            await expect(.corrupt) { _ = try await SQLiteStore(path: path) }
        }
    }
}

extension Connection {
    /// Opens a file that need not exist.
    fileprivate convenience init(creating path: String) throws {
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        try self.init(path: path)
    }
}
