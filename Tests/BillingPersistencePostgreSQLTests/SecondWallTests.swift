import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import PostgreSQLServer
import StoreSamples
import Testing

@Suite("PostgreSQL: the second wall between tenants", .needsPostgreSQL)
struct SecondWallTests {
    /// What the store's own role sees in a transaction of a tenant, of the system, or of nobody.
    private func answer(_ statement: String, as scope: String, in world: World) throws -> String {
        let settings =
            switch scope {
            case "system": "SELECT set_config('routeros.system', 'on', true) \\g /dev/null"
            case "nobody": ""
            default: "SELECT set_config('routeros.tenant', '\(scope)', true) \\g /dev/null"
            }
        return try world.server.sql(
            "BEGIN;\n\(settings)\n\(statement);\nCOMMIT;",
            database: world.database,
            role: "billing"
        )
    }

    @Test func aStatementOfATenantSeesNothingOfAnother() async throws {
        try await World.with { world async throws in
            let one = Samples.tenant(1).id.description
            let two = Samples.tenant(2).id.description
            for (scope, count) in [(one, "2"), (two, "1"), ("system", "3"), ("nobody", "0")] {
                #expect(try answer("SELECT count(*) FROM voucher", as: scope, in: world) == count)
            }
            #expect(try answer("SELECT count(*) FROM voucher WHERE tenant = '\(two)'", as: one, in: world) == "0")
            #expect(try answer("SELECT count(*) FROM tenant", as: one, in: world) == "1")
            #expect(try world.sql("SELECT count(*) FROM voucher") == "3", "a superuser is not bound")
        }
    }

    @Test func aStatementOfATenantChangesNothingOfAnother() async throws {
        try await World.with { world async throws in
            let one = Samples.tenant(1).id.description
            let two = Samples.tenant(2).id.description
            _ = try answer("UPDATE voucher SET customer = 'x' WHERE tenant = '\(two)'", as: one, in: world)
            #expect(try world.sql("SELECT count(*) FROM voucher WHERE customer = 'x'") == "0")
            #expect(throws: PostgreSQLServer.Failure.self) {
                _ = try answer("UPDATE voucher SET tenant = '\(two)' WHERE tenant = '\(one)'", as: one, in: world)
            }
            #expect(throws: PostgreSQLServer.Failure.self) {
                _ = try answer("UPDATE voucher SET customer = 'x'", as: "system", in: world)
            }
            _ = try answer("DELETE FROM sign_in_session", as: "system", in: world)
        }
    }

    /// Why many rows go in by `INSERT` and not by `COPY`.
    @Test func nothingIsCopiedInBehindIt() async throws {
        try await World.with { world async throws in
            let failure = #expect(throws: PostgreSQLServer.Failure.self) {
                _ = try answer("COPY voucher FROM STDIN", as: Samples.tenant(1).id.description, in: world)
            }
            #expect(failure?.description.contains("COPY FROM not supported with row-level security") == true)
        }
    }

    @Test func everyTableIsBehindIt() async throws {
        try await World.with { world async throws in
            let open = try world.sql(
                """
                SELECT string_agg(relname, ',' ORDER BY relname) FROM pg_class
                WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND NOT (relrowsecurity AND relforcerowsecurity)
                """
            )
            #expect(open == "routeros_boot,routeros_migration", "which hold nothing of a tenant")
        }
    }

    @Test func aTransactionLeavesNoScopeBehind() async throws {
        try await World.with(limits: { $0.maximumConnections = 1 }) { world async throws in
            _ = try await world.store.read(.one) { try $0.count(Query<Voucher>()) }
            #expect(try await world.store.read(.two) { try $0.count(Query<Voucher>()) } == 1)
            #expect(try await world.store.read(.system) { try $0.count(Query<Voucher>()) } == 3)
            #expect(try await world.store.read(.one) { try $0.count(Query<Voucher>()) } == 2)
        }
    }
}
