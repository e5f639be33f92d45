import BillingPersistence
import BillingPersistencePostgreSQL
import BillingPersistenceSQLite
import Foundation
import PrivatePostgreSQL

/// The databases that are measured.
public enum StoreBacking: String, Sendable, CaseIterable {
    /// A file in the folder for temporary things.
    case sqlite
    /// A server of this process alone, without `fsync`; the commits of C are as durable as those of the store.
    case postgresql
}

/// An empty database of a kind, and what it takes to reach it past the store.
struct Database {
    let store: any BillingStore
    /// The path of the file, or what libpq is told to reach the database as its owner's superior.
    let address: String
    private let folder: String?

    init(_ backing: StoreBacking) async throws {
        switch backing {
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "store-benchmark-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            self.folder = folder.path
            address = folder.appending(path: "billing.sqlite").path
            store = try await SQLiteStore(path: address)
        case .postgresql:
            let server = try await PostgreSQLServer.shared
            let url = try server.makeDatabase()
            folder = nil
            address = "host=\(server.directory) user=postgres dbname=\(url.split(separator: "/").last ?? "")"
            store = try await PostgreSQLStore(url: url)
        }
    }

    /// Does what PostgreSQL does by itself a minute after so much was written, and what SQLite never needs.
    func settle() async throws {
        guard folder == nil, let name = address.split(separator: "=").last else { return }
        try await PostgreSQLServer.shared.sql("VACUUM (ANALYZE)", database: String(name))
    }

    /// Closes the store and removes its file.
    func remove() async {
        await store.close()
        if let folder { try? FileManager.default.removeItem(atPath: folder) }
    }
}
