import BillingDomain
import BillingPersistence
import BillingTesting
import StoreSamples
import Testing

@testable import BillingPersistenceSQLite

@Suite("What an SQLite file itself refuses")
struct SchemaTests {
    @Test(arguments: [
        "UPDATE voucher SET access = 'lost'", "UPDATE voucher SET commercial = ''",
        "UPDATE voucher SET provisioning = 'Present'", "UPDATE voucher SET price = -1",
        "UPDATE voucher_batch SET price = -1", "UPDATE tenant SET state = 'forgotten'",
        "UPDATE ledger_posting SET amount = 1", "DELETE FROM ledger_entry",
        "REPLACE INTO ledger_posting SELECT * FROM ledger_posting",
        "INSERT INTO ledger_posting SELECT randomblob(16), tenant, entry, 2, at, account, 1, currency, movement, family FROM ledger_posting LIMIT 1",
        "INSERT INTO ledger_posting SELECT randomblob(16), tenant, entry, -1, at, account, 1, currency, movement, family FROM ledger_posting LIMIT 1",
    ])
    func aStatementThatNoStoreWouldMakeIsRefused(statement: String) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            try await store.foundWorld()
            try await store.write(.one) { try $0.append(ledger: Samples.sale()) }
            await expect(.constraint) { try await store.writer.run { try $0.execute(statement) } }
            try await store.verify()
            #expect(try await store.read(.one) { try $0.voucher(Samples.id(1)) } == Samples.voucher())
            await store.close()
        }
    }

    @Test("every table that only grows keeps its rows as they are", arguments: Schema.tables.onlyGrowing)
    func rowsStayAsTheyWere(table: RecordTable) async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            var world = RandomRows(seed: 23)
            try await world.fill(store)
            let before = try await StoreState(of: store)
            #expect(before.rows[table.name]?.isEmpty == false)
            let changes = table.columns.map { "UPDATE \(table.name) SET \($0.name) = \($0.name)" }
            for statement in changes + [
                "DELETE FROM \(table.name)", "REPLACE INTO \(table.name) SELECT * FROM \(table.name)",
            ] {
                let error = await #expect(throws: PersistenceError.self, "\(statement)") {
                    try await store.writer.run { try $0.execute(statement) }
                }
                #expect(error?.code == .constraint)
                #expect(error?.description.contains("\(table.name) is append-only") == true, "\(statement)")
            }
            #expect(try await StoreState(of: store) == before)
            await store.close()
        }
    }

    @Test("money, documents and the audit trail only grow")
    func whatOnlyGrows() {
        let names = Set(Schema.tables.onlyGrowing.map(\.name))
        #expect(names.isSuperset(of: ["ledger_entry", "ledger_posting", "audit_entry", "payment_event", "receipt"]))
    }
}

extension [RecordTable] {
    /// Those whose rows are never changed nor removed.
    fileprivate var onlyGrowing: [RecordTable] { filter { $0.growth == .appendOnly } }
}
