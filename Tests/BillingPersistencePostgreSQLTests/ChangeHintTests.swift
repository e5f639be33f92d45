import BillingDomain
import BillingPersistence
import PostgreSQLServer
import StoreSamples
import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: hints", .needsPostgreSQL)
struct ChangeHintTests {
    @Test func aChangeOfWhatWorkersShareIsHeardInAnotherStore() async throws {
        try await World.with { world async throws in
            let other = try await PostgreSQLStore(url: world.url)
            var hints = other.changes.makeAsyncIterator()
            #expect(await hints.next() == ChangeHint(), "what was told before is unknown")
            try await world.store.write(.one) { try $0.enqueue(Samples.job()) }
            #expect(await hints.next()?.tables.contains(RouterQueue.table.name) == true)
            await other.close()
            #expect(await hints.next() == nil)
        }
    }

    @Test func whoLosesItsConnectionListensAgainAndIsToldThatHintsMayBeLost() async throws {
        try await World.with { world async throws in
            var hints = world.store.changes.makeAsyncIterator()
            #expect(await hints.next() == ChangeHint())
            try world.sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
            )
            #expect(await hints.next() == ChangeHint())
            try await world.store.write(.one) { try $0.enqueue(Samples.job()) }
            #expect(await hints.next()?.tables.isEmpty == false)
        }
    }

    @Test func aHintIsReadBackUnlessItIsTooLong() {
        #expect(ChangeHint(payload: ChangeHint(tables: ["a", "b"]).payload) == ChangeHint(tables: ["a", "b"]))
        #expect(ChangeHint(tables: Set((0..<2000).map { "table_\($0)" })).payload == "")
    }
}
