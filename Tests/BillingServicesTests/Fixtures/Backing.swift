import BillingPersistence
import BillingPersistencePostgreSQL
import BillingPersistenceSQLite
import Foundation
import PostgreSQLServer
import Testing

/// The stores every service is tested on.
enum Backing: String, CaseIterable, CustomTestStringConvertible {
    case memory
    case sqlite
    case postgresql

    /// Those that cost nothing to open; the third keeps the same laws.
    static let allCases: [Backing] = [.memory, .sqlite]

    /// All of them, for what no store may get wrong.
    static let everywhere: [Backing] = allCases + (PostgreSQLServer.isWaived ? [] : [.postgresql])

    var testDescription: String { rawValue }

    /// An empty store; its files go with it.
    func open() async throws -> any BillingStore {
        switch self {
        case .memory:
            return InMemoryStore()
        case .sqlite:
            let folder = FileManager.default.temporaryDirectory.appending(path: "services-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return TemporaryStore(try await SQLiteStore(path: folder.appending(path: "billing.sqlite").path), folder)
        case .postgresql:
            let template = try await Self.template.value
            return try await Self.openPostgreSQL(PostgreSQLServer.shared.makeDatabase(like: template))
        }
    }

    /// The name of a database that has every table and no row.
    private static let template = Task {
        let url = try await PostgreSQLServer.shared.makeDatabase()
        await (try await openPostgreSQL(url)).close()
        return String(url.split(separator: "/").last ?? "")
    }

    private static func openPostgreSQL(_ url: String) async throws -> PostgreSQLStore {
        var configuration = PostgreSQLConfiguration()
        configuration.usesDatabaseClock = false
        return try await PostgreSQLStore(url: url, configuration: configuration)
    }
}

/// An SQLite store that takes its files along when it goes.
private final class TemporaryStore: BillingStore {
    private let inner: SQLiteStore
    private let folder: URL

    init(_ inner: SQLiteStore, _ folder: URL) {
        self.inner = inner
        self.folder = folder
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    func read<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreReader) throws -> Result
    ) async throws -> Result {
        try await inner.read(scope, body)
    }

    func write<Result: Sendable>(
        _ scope: StoreScope,
        _ body: @Sendable (any StoreTransaction) throws -> Result
    ) async throws -> Result {
        try await inner.write(scope, body)
    }

    func close() async {
        await inner.close()
    }
}
