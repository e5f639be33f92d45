import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import BillingTesting
import PostgreSQLServer
import StoreSamples
import Testing

@Suite("PostgreSQL: behind a PgBouncer in transaction mode", .needsPostgreSQL, .serialized)
struct PgBouncerTests {
    private static let server = Task {
        let server = try PostgreSQLServer()
        try server.startPgBouncer(connections: 2)
        return server
    }

    @Test(arguments: StoreLaw.all)
    func theStoreKeeps(law: StoreLaw) async throws {
        let server = try await Self.server.value
        let database = try server.makeDatabase().split(separator: "/").last
        var configuration = PostgreSQLConfiguration.forTests
        configuration.preparedStatements = 0
        let store = try await PostgreSQLStore(
            url: server.bouncerURL(String(database ?? "")),
            configuration: configuration
        )
        do {
            try await law.check(store)
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }

    @Test func moreWritersThanItHasConnectionsLoseNothingAndSeeNothingOfEachOther() async throws {
        try await World.with(
            server: try await Self.server.value,
            reachedBy: { $0.bouncerURL($1) },
            limits: { $0.preparedStatements = 0 }
        ) { world async throws in
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let tenant = 1 + number % 2
                        let sale = try Samples.sale(1_000 + number, tenant: tenant)
                        try await world.store.write(.tenant(Samples.id(tenant))) { try $0.append(ledger: sale) }
                        let seen = try await world.store.read(.tenant(Samples.id(tenant))) {
                            Set(try $0.tenants().map(\.id))
                        }
                        #expect(seen == [Samples.id(tenant)])
                    }
                }
                try await group.waitForAll()
            }
            #expect(try world.sql("SELECT count(*) FROM ledger_entry") == "60")
            #expect(try await world.store.verifyBooks() == nil)
        }
    }
}
