import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import PostgreSQLServer
import StoreSamples
import Testing

extension StoreScope {
    static let one = StoreScope.tenant(Samples.id(1))
    static let two = StoreScope.tenant(Samples.id(2))
}

extension Trait where Self == ConditionTrait {
    /// Where there is no PostgreSQL, and whoever runs the tests says so.
    static var needsPostgreSQL: Self {
        .disabled(if: PostgreSQLServer.isWaived, "no PostgreSQL, and ROUTEROS_WITHOUT_POSTGRESQL=1")
    }
}

/// A database of a test's own, and a store in it.
struct World {
    let server: PostgreSQLServer
    let database: String
    let url: String
    let store: PostgreSQLStore

    /// Runs statements as the superuser.
    @discardableResult
    func sql(_ text: String) throws -> String { try server.sql(text, database: database) }

    /// A store of the same database with limits of its own; whoever asks for it closes it.
    func store(_ change: (inout PostgreSQLConfiguration) -> Void) async throws -> PostgreSQLStore {
        var configuration = PostgreSQLConfiguration.forTests
        change(&configuration)
        return try await PostgreSQLStore(url: url, configuration: configuration)
    }

    /// Lends a store with two tenants, each with a router, a batch and vouchers: 1 and 2 are of tenant 1, 3 of tenant 2.
    static func with(
        server: PostgreSQLServer? = nil,
        reachedBy address: (PostgreSQLServer, _ database: String) -> String = { $0.url($1) },
        limits change: (inout PostgreSQLConfiguration) -> Void = { _ in },
        _ body: (World) async throws -> Void
    ) async throws {
        let server = if let server { server } else { try await PostgreSQLServer.shared }
        let database = String(try server.makeDatabase().split(separator: "/").last ?? "")
        let url = address(server, database)
        var configuration = PostgreSQLConfiguration.forTests
        configuration.maximumConnections = 6
        change(&configuration)
        let store = try await PostgreSQLStore(url: url, configuration: configuration)
        do {
            for number in 1...2 {
                try await store.write(.tenant(Samples.id(number))) { tx throws in
                    try tx.insert(Samples.tenant(number))
                    try tx.insert(Samples.router(number, tenant: number))
                    try tx.insert(Samples.staff(number, tenant: number))
                    try tx.insert(Samples.batch(number, tenant: number, router: number))
                }
            }
            try await store.write(.one) { try $0.insert([Samples.voucher(1), Samples.voucher(2)]) }
            try await store.write(.two) { try $0.insert(Samples.voucher(3, tenant: 2, batch: 2, router: 2)) }
            try await body(World(server: server, database: database, url: url, store: store))
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}

extension PostgreSQLConfiguration {
    /// Tests bring their own time, and share a machine that may be busy.
    static var forTests: Self {
        var configuration = Self()
        configuration.usesDatabaseClock = false
        configuration.acquireTimeout = .seconds(120)
        configuration.connectTimeout = .seconds(60)
        return configuration
    }
}

/// Expects `body` to throw a ``PersistenceError`` with `code`.
func expect(
    _ code: PersistenceError.Code,
    at location: SourceLocation = #_sourceLocation,
    _ body: () async throws -> Void
) async {
    let error = await #expect(throws: PersistenceError.self, sourceLocation: location) { try await body() }
    #expect(error?.code == code, sourceLocation: location)
}
