import BillingPersistence
import PostgreSQLServer
import StoreSamples
import Testing

@testable import BillingPersistencePostgreSQL

@Suite("The frozen schema of PostgreSQL databases", .serialized)
struct FrozenSchemaTests {
    /// The digests of the migrations that were released: at a release the new ones are added, and stay.
    private static let released: [String: String] = [:]

    @Test(.enabled(if: FrozenText.isWanted)) func isFrozen() throws {
        try #require(Self.released["1 everything"] == nil, "It is released: add a migration instead.")
        let file = "Sources/BillingPersistencePostgreSQL/Schema/PostgreSQLDialect+Everything.swift"
        try FrozenText.write(Schema.definition(PostgreSQLDialect.self), to: file)
    }

    @Test(.needsPostgreSQL, .disabled(if: FrozenText.isWanted))
    func theMigrationsMakeTheTablesThatTheRecordsDescribe() async throws {
        let migrated = try await Self.made(by: PostgreSQLDialect.migrations.map(\.sql))
        let described = try await Self.made(by: [Schema.definition(PostgreSQLDialect.self)])
        #expect(migrated.count > 300)
        #expect(migrated.subtracting(described).sorted() == [], "\(FrozenText.advice)")
        #expect(described.subtracting(migrated).sorted() == [], "\(FrozenText.advice)")
    }

    @Test func whatWasReleasedIsNeverEdited() throws {
        #expect(
            try FrozenText.edited(PostgreSQLDialect.migrations, since: Self.released) == [],
            "Add a migration instead."
        )
    }

    /// What stands in the schema of a database that some scripts made: each column, rule, index, trigger and function.
    private static func made(by scripts: [String]) async throws -> Set<String> {
        let server = try await PostgreSQLServer.shared
        let database = String(try server.makeDatabase().split(separator: "/").last ?? "")
        for script in scripts { try server.sql(script, database: database) }
        let parts = try server.sql(
            """
            SELECT btrim(replace(part, E'\\n', ' ')) FROM (
                SELECT concat_ws(' ', table_name, column_name, data_type, collation_name, is_nullable, column_default)
                    FROM information_schema.columns WHERE table_schema = 'public'
                UNION ALL SELECT conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
                    WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
                UNION ALL SELECT pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace
            ) AS parts (part)
            """,
            database: database
        )
        return Set(parts.split(separator: "\n").map(String.init))
    }
}
