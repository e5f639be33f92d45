import BillingPersistence
import Testing

@testable import BillingPersistenceSQLite

@Suite("Migrations")
struct MigrationTests {
    private let known = [Migration("1 one", "A"), Migration("2 two", "B"), Migration("3 three", "C")]

    @Test(arguments: 0...3)
    func onlyStepsNotYetAppliedArePending(count: Int) throws {
        let pending = try Migration.pending(known, applied: known.prefix(count).map(\.name))
        #expect(pending == Array(known.dropFirst(count)))
    }

    @Test func aLongerHistoryIsNewer() {
        expect(.newerSchema) { _ = try Migration.pending(known, applied: known.map(\.name) + ["4 four"]) }
    }

    @Test func anotherHistoryIsNotOurs() {
        expect(.corrupt) { _ = try Migration.pending(known, applied: ["1 one", "2 other"]) }
    }

    @Test func aStepThatFailsLeavesNothingOfItselfAndWhatCameBeforeStays() async throws {
        try await withTemporaryDirectory { directory in
            let store = try await SQLiteStore(path: directory + "/billing.sqlite")
            let ours = Schema.migrations(SQLiteDialect.self)
            let good = Migration("2 good", "CREATE TABLE good (id INTEGER) STRICT;")
            let bad = Migration("3 bad", "CREATE TABLE half (id INTEGER) STRICT; " + good.sql)
            await expect(.io) { try await store.writer.run { try $0.migrate(ours + [good, bad]) } }
            let (names, tables) = try await store.writer.run { connection in
                (
                    try connection.texts("SELECT name FROM schema_migration ORDER BY position"),
                    try connection.texts("SELECT name FROM sqlite_schema WHERE name IN ('good', 'half')")
                )
            }
            #expect(names == ours.map(\.name) + ["2 good"])
            #expect(tables == ["good"])
            let better = Migration("3 better", "CREATE TABLE half (id INTEGER) STRICT;")
            try await store.writer.run { try $0.migrate(ours + [good, better]) }
            try await store.writer.run { try $0.migrate(ours + [good, better]) }
            await store.close()
            await expect(.newerSchema) { _ = try await SQLiteStore(path: directory + "/billing.sqlite") }
        }
    }
}
