import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import BillingTesting
import PostgreSQLServer
import StoreSamples
import Testing

@Suite("PostgreSQL: what the database itself refuses", .needsPostgreSQL)
struct SchemaTests {
    @Test(arguments: [
        "UPDATE voucher SET access = 'lost'", "UPDATE voucher SET commercial = ''",
        "UPDATE voucher SET provisioning = 'Present'", "UPDATE voucher SET price = -1",
        "UPDATE voucher_batch SET price = -1", "UPDATE tenant SET state = 'forgotten'",
        "UPDATE ledger_posting SET amount = 1", "DELETE FROM ledger_entry", "TRUNCATE audit_entry",
        "INSERT INTO ledger_posting SELECT gen_random_uuid(), tenant, entry, 2, at, account, 1, currency, movement, family FROM ledger_posting LIMIT 1",
        "INSERT INTO ledger_posting SELECT gen_random_uuid(), tenant, entry, -1, at, account, 1, currency, movement, family FROM ledger_posting LIMIT 1",
    ])
    func aStatementThatNoStoreWouldMakeIsRefused(statement: String) async throws {
        try await World.with { world async throws in
            try await world.store.write(.one) { try $0.append(ledger: Samples.sale()) }
            // As a superuser, whom no wall between tenants binds.
            let failure = #expect(throws: PostgreSQLServer.Failure.self) { try world.sql(statement) }
            let reasons = ["violates check constraint", "is append-only", "has no such line"]
            #expect(reasons.contains { failure?.description.contains($0) ?? false }, "\(String(describing: failure))")
            #expect(try world.sql("SELECT count(*) FROM ledger_posting") == "2")
            #expect(try await world.store.read(.one) { try $0.voucher(Samples.id(1)) } == Samples.voucher(1))
        }
    }

    @Test("every table that only grows keeps its rows as they are, whoever asks")
    func rowsStayAsTheyWere() async throws {
        try await World.with { world async throws in
            var rows = RandomRows(seed: 23)
            try await rows.fill(world.store)
            let before = try await StoreState(of: world.store)
            let tables = Schema.tables.filter { $0.growth == .appendOnly }
            #expect(tables.count > 10)
            for table in tables {
                #expect(before.rows[table.name]?.isEmpty == false, "\(table.name)")
                let changes = table.columns.map { "UPDATE \(table.name) SET \($0.name) = \($0.name)" }
                for statement in changes + ["DELETE FROM \(table.name)", "TRUNCATE \(table.name) CASCADE"] {
                    // As a superuser, whom no wall between tenants binds.
                    let failure = #expect(throws: PostgreSQLServer.Failure.self, "\(statement)") {
                        try world.sql(statement)
                    }
                    #expect(failure?.description.contains("is append-only") == true, "\(statement)")
                }
            }
            #expect(try await StoreState(of: world.store) == before)
        }
    }
}
