import BillingPersistence
import PostgreSQLServer
import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: migrations", .needsPostgreSQL)
struct MigrationTests {
    private func run(_ migrations: [Migration], _ url: String) async throws {
        let database = Database()
        try await database.open(try ConnectionTarget(url: url), PostgreSQLConfiguration()) { session throws in
            try Migrator(migrations: migrations, tables: []).run(on: session)
        }
        await database.close()
    }

    private let steps = [
        Migration("1", "CREATE TABLE first (n INT); INSERT INTO first VALUES (1);"),
        Migration("2", "ALTER TABLE first ADD m INT; UPDATE first SET m = n + 1;"),
    ]

    @Test func eachStepIsAppliedOnce() async throws {
        let server = try await PostgreSQLServer.shared
        let url = try server.makeDatabase()
        let name = String(url.split(separator: "/").last ?? "")
        try await run([steps[0]], url)
        try await run(steps, url)
        try await run(steps, url)
        #expect(try server.sql("SELECT n, m FROM first", database: name) == "1|2")
        #expect(try server.sql("SELECT count(*) FROM routeros_migration", database: name) == "2")
    }

    @Test func aStepThatFailsLeavesNothingOfItsRun() async throws {
        let server = try await PostgreSQLServer.shared
        let url = try server.makeDatabase()
        let name = String(url.split(separator: "/").last ?? "")
        await #expect(throws: ServerFailure.self) {
            try await run(steps + [Migration("3", "CREATE TABLE x (n INT); SELECT 1/0;")], url)
        }
        #expect(try server.sql("SELECT count(*) FROM pg_class WHERE relname IN ('first', 'x')", database: name) == "0")
        try await run(steps, url)
    }

    @Test func startersAtTheSameTimeMigrateOnce() async throws {
        let server = try await PostgreSQLServer.shared
        let url = try server.makeDatabase()
        let name = String(url.split(separator: "/").last ?? "")
        try await withThrowingDiscardingTaskGroup { group in
            for _ in 0..<8 { group.addTask { try await run(steps, url) } }
        }
        #expect(try server.sql("SELECT count(*) FROM first", database: name) == "1")
    }

    @Test func aNewerSchemaIsRefused() async throws {
        try await World.with { world async throws in
            try world.sql("INSERT INTO routeros_migration (name) VALUES ('9999 from the future')")
            await expect(.newerSchema) { _ = try await PostgreSQLStore(url: world.url) }
        }
    }
}
