import BillingDomain
import BillingPersistence
import Dispatch
import PostgreSQLServer
import StoreSamples
import Synchronization
import Testing

@testable import BillingPersistencePostgreSQL

@Suite("PostgreSQL: sessions", .needsPostgreSQL)
struct SessionTests {
    private func withSession(
        _ configuration: PostgreSQLConfiguration = .init(),
        _ body: @Sendable (Session) throws -> Void
    )
        async throws
    {
        let url = try await PostgreSQLServer.shared.makeDatabase()
        let database = Database()
        try await database.open(try ConnectionTarget(url: url), configuration, body)
        await database.close()
    }

    @Test func everySessionKeepsItsLimits() async throws {
        var configuration = PostgreSQLConfiguration()
        configuration.statementTimeout = .seconds(3)
        configuration.lockTimeout = .milliseconds(1500)
        configuration.idleInTransactionTimeout = .seconds(4)
        configuration.applicationName = "till 7"
        try await withSession(configuration) { session throws in
            let names = [
                ("statement_timeout", "3s"), ("lock_timeout", "1500ms"), ("idle_in_transaction_session_timeout", "4s"),
                ("TimeZone", "UTC"), ("application_name", "till 7"), ("client_encoding", "UTF8"),
            ]
            for (name, value) in names {
                #expect(
                    try session.single(.init("SELECT current_setting($1::text)", texts: [name])).text(0, 0) == value
                )
            }
        }
    }

    @Test func aSessionKeepsNoMorePreparedStatementsThanItMay() async throws {
        var configuration = PostgreSQLConfiguration()
        configuration.preparedStatements = 5
        try await withSession(configuration) { session throws in
            for number in 0..<40 {
                let (answers, failure) = session.run([.init("SELECT \(number % 12)::bigint")])
                #expect(failure == nil)
                #expect(try answers.first?.value(0, 0) == .integer(Int64(number % 12)))
            }
            let kept = try session.single(.init("SELECT count(*) FROM pg_prepared_statements")).value(0, 0)
            #expect(kept == .integer(5))
        }
    }

    @Test func aStatementThatFailedIsPreparedAgain() async throws {
        try await withSession { session throws in
            let command = Session.Command("SELECT n FROM later")
            #expect(session.run([command]).failure?.state == "42P01")
            try session.run(script: "CREATE TABLE later (n BIGINT)", within: .seconds(5))
            #expect(session.run([command]).failure == nil)
        }
    }

    @Test func sumsAreExactBeyond64Bits() async throws {
        try await withSession { session throws in
            for number in ["0", "-1", "10000", "-79228162514264337593543950336", "99999999999999999999990000"] {
                let answer = try session.single(.init("SELECT \(number)::numeric"))
                #expect(try answer.wideInteger(0, 0) == Int128(number))
            }
        }
    }

    @Test func aStatementThatTakesTooLongIsBusy() async throws {
        try await World.with(limits: { $0.lockTimeout = .milliseconds(100) }) { world async throws in
            let database = Database()
            try await database.open(try ConnectionTarget(url: world.url), PostgreSQLConfiguration()) { session throws in
                try session.run(
                    script: "BEGIN; SELECT set_config('routeros.system', 'on', true); LOCK TABLE router",
                    within: .seconds(5)
                )
            }
            await expect(.busy) {
                try await world.store.write(.one) { tx throws in
                    var router = try #require(try tx.router(Samples.id(1)))
                    router.name = "Roof"
                    try tx.update(router)
                }
            }
            await database.close()
        }
    }

    @Test func aTransactionThatDoesNothingForTooLongIsEndedAndNotRunAgain() async throws {
        try await World.with { world async throws in
            let server = world.server
            // A store of its own: what the world is made with must not be ended.
            let store = try await world.store { $0.idleInTransactionTimeout = .seconds(1) }
            let runs = Mutex(0)
            await expect(.busy) {
                try await store.write(.one) { tx throws in
                    runs.withLock { $0 += 1 }
                    _ = try tx.voucher(Samples.id(1))
                    // The server has no other way to be waited for: it ends the session when the time is over.
                    try server.sql("SELECT pg_sleep(3)")
                    _ = try tx.voucher(Samples.id(1))
                }
            }
            #expect(runs.withLock { $0 } == 1)
            await store.close()
        }
    }

    @Test func whoFindsEveryConnectionTakenForTooLongIsToldSo() async throws {
        try await World.with { world async throws in
            let store = try await world.store {
                $0.maximumConnections = 1
                $0.acquireTimeout = .seconds(5)
            }
            let told = DispatchSemaphore(value: 0)
            let (begun, beginning) = AsyncStream.makeStream(of: Void.self)
            async let slow: Void = store.read(.one) { reader throws in
                _ = try reader.voucher(Samples.id(1))
                beginning.finish()
                // On the connection's own thread, where waiting is allowed.
                told.wait()
            }
            for await _ in begun {}
            await expect(.busy) { _ = try await store.read(.two) { try $0.voucher(Samples.id(3)) } }
            told.signal()
            try await slow
            #expect(try await store.read(.two) { try $0.voucher(Samples.id(3)) } != nil)
            await store.close()
        }
    }
}
