import BillingPersistence
import BillingPersistencePostgreSQL
import BillingTesting
import PostgreSQLServer
import Testing

@Suite("PostgreSQL: the laws of every store", .needsPostgreSQL)
struct ConformanceTests {
    @Test(arguments: StoreLaw.all)
    func itKeeps(law: StoreLaw) async throws {
        var configuration = PostgreSQLConfiguration.forTests
        configuration.maximumConnections = 4
        let store = try await PostgreSQLStore(
            url: try await PostgreSQLServer.shared.makeDatabase(),
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
}
