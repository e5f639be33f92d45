import BillingDomain
import BillingPersistence
import Foundation
import PostgreSQLServer
import StoreSamples
import Synchronization
import TestSupport
import Testing

@testable import BillingPersistencePostgreSQL

/// What many writers were told.
private final class Sales: Sendable {
    struct State {
        var acknowledged: Set<Int> = []
        var unknown: Set<Int> = []
        var failed: [String] = []
    }

    private let state = Mutex(State())

    var all: (acknowledged: Set<Int>, unknown: Set<Int>, failed: [String]) {
        state.withLock { ($0.acknowledged, $0.unknown, $0.failed) }
    }

    func note(_ change: @Sendable (inout State) -> Void) { state.withLock { change(&$0) } }
}

@Suite("PostgreSQL: faults", .needsPostgreSQL)
struct FaultTests {
    private static func terminate(_ world: World, where condition: String = "true") throws {
        try world.sql(
            """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = '\(world.database)' AND usename = 'billing' AND (\(condition))
            """
        )
    }

    @Test func idleConnectionsThatTheServerEndedAreReplaced() async throws {
        try await World.with { world async throws in
            for _ in 0..<5 {
                try Self.terminate(world)
                #expect(try await world.store.read(.one) { try $0.voucher(Samples.id(1)) } != nil)
            }
        }
    }

    @Test func aTransactionThatLosesItsConnectionIsRunAgain() async throws {
        try await World.with { world async throws in
            let runs = Mutex(0)
            try await world.store.write(.one) { tx throws in
                try tx.insert(Samples.voucher(10))
                if runs.withLock({
                    $0 += 1
                    return $0
                }) == 1 {
                    try Self.terminate(world)
                }
                try tx.insert(Samples.voucher(11))
            }
            #expect(runs.withLock { $0 } == 2)
            #expect(try await world.store.read(.one) { try $0.count(Query<Voucher>()) } == 4)
        }
    }

    @Test func aBodyThatHidesTheLossIsRunAgainToo() async throws {
        try await World.with { world async throws in
            let runs = Mutex(0)
            try await world.store.write(.one) { tx throws in
                try tx.insert(Samples.voucher(10))
                if runs.withLock({
                    $0 += 1
                    return $0
                }) == 1 {
                    try Self.terminate(world)
                }
                _ = try? tx.insert(Samples.voucher(11))
            }
            #expect(runs.withLock { $0 } == 2)
            #expect(
                try await world.store.read(.one) { try $0.vouchers(ids: [Samples.id(10), Samples.id(11)]).count } == 2
            )
        }
    }

    @Test func aStoreOutlivesACrashOfTheServer() async throws {
        let server = try PostgreSQLServer()
        defer { server.stop() }
        try await World.with(server: server) { world async throws in
            try await world.store.write(.one) { try $0.insert(Samples.voucher(10)) }
            try server.crash()
            #expect(try await world.store.read(.one) { try $0.voucher(Samples.id(10)) } != nil)
            try await world.store.write(.one) { try $0.insert(Samples.voucher(11)) }
        }
    }

    @Test func whileTheServerIsAwayCallsFailWithItsReason() async throws {
        let server = try PostgreSQLServer()
        try await World.with(server: server, limits: { $0.acquireTimeout = .seconds(60) }) { world async throws in
            server.stop()
            await expect(.io) { _ = try await world.store.read(.one) { try $0.voucher(Samples.id(1)) } }
        }
    }

    /// What becomes of acknowledged sales while connections are killed: every one is there, once, and the books balance.
    private func sell(
        _ world: World,
        writers: Int,
        each count: Int,
        every: Int,
        disturb: @escaping @Sendable () throws -> Void
    )
        async throws
    {
        let sales = Sales()
        let (ticks, tick) = AsyncStream.makeStream(of: Void.self)
        let store = world.store
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                var sold = 0
                for await _ in ticks {
                    sold += 1
                    if sold.isMultiple(of: every) { try await PostgreSQLServer.aside(disturb) }
                }
            }
            try await withThrowingTaskGroup(of: Void.self) { writing in
                for writer in 0..<writers {
                    writing.addTask {
                        for index in 0..<count {
                            let number = 1000 + writer * 1000 + index
                            let tenant = 1 + writer % 2
                            do {
                                try await store.write(.tenant(Samples.id(tenant))) { tx throws in
                                    try tx.append(ledger: Samples.sale(number, tenant: tenant, amount: 100))
                                    try tx.append(audit: Samples.audit(number, tenant: tenant))
                                }
                                sales.note { $0.acknowledged.insert(number) }
                            } catch let error as PersistenceError where error.code == .outcomeUnknown {
                                sales.note { $0.unknown.insert(number) }
                            } catch let error as PersistenceError where [.io, .busy].contains(error.code) {
                                sales.note { $0.failed.append(error.description) }
                            }
                            tick.yield()
                        }
                    }
                }
                try await writing.waitForAll()
            }
            tick.finish()
            try await group.waitForAll()
        }
        var kept: [String] = []
        for number in 1...2 {
            try await store.read(.tenant(Samples.id(number))) { reader throws in
                let rows = try reader.records(Query<LedgerRow>())
                #expect(
                    rows.map(\.position).sorted() == (0..<rows.count).map { Int64($0 + 1) },
                    "numbered without gaps"
                )
                #expect(try reader.balances().reduce(0) { $0 + $1.balance.minorUnits } == 0)
                #expect(try reader.count(Query<AuditRow>()) == rows.count)
                #expect(try reader.count(Query<PostingRow>()) == rows.count * 2)
            }
            kept += try await store.read(.tenant(Samples.id(number))) {
                try $0.records(Query<LedgerRow>()).map(\.idempotencyKey)
            }
        }
        let (wanted, doubtful, failed) = sales.all
        #expect(Set(kept).count == kept.count)
        #expect(wanted.allSatisfy { kept.contains("sale-\($0)") }, "what was acknowledged is there")
        let others = Set(kept).subtracting(wanted.map { "sale-\($0)" })
        #expect(others.isSubset(of: Set(doubtful.map { "sale-\($0)" })), "what failed is not")
        #expect(wanted.count + doubtful.count + failed.count == writers * count)
        #expect(failed == [], "a store outlasts what its tries and its deadlines allow for")
    }

    @Test func nothingAcknowledgedIsLostWhileConnectionsAreKilledAtRandom() async throws {
        let count = Environment.count("ROUTEROS_POSTGRESQL_SALES", usually: 60)
        try await World.with(limits: { $0.maximumAttempts = 50 }) { world async throws in
            try await sell(world, writers: 4, each: count, every: 5) {
                try Self.terminate(world, where: "random() < 0.5")
            }
        }
    }

    @Test func nothingAcknowledgedIsLostWhileTheServerCrashes() async throws {
        let server = try PostgreSQLServer()
        defer { server.stop() }
        let count = Environment.count("ROUTEROS_POSTGRESQL_SALES", usually: 60)
        try await World.with(
            server: server,
            limits: {
                $0.maximumAttempts = 50
                $0.acquireTimeout = .seconds(60)
            }
        ) { world async throws in
            try await sell(world, writers: 4, each: count, every: 40) { try server.crash() }
        }
    }

    // MARK: A commit whose answer was lost

    private func outcome(of world: World, _ commit: LostCommit) async throws -> Session.Outcome {
        let database = Database()
        let configuration = PostgreSQLConfiguration()
        try await database.open(try ConnectionTarget(url: world.url), configuration) { try $0.learnBoot() }
        let outcome = try await database.run { try $0.outcome(of: commit) }.result
        await database.close()
        return outcome
    }

    /// Runs a transaction by hand, and says what would be known had its answer been lost.
    private func transaction(_ world: World, ends ending: String) async throws -> LostCommit {
        let (commit, database) = try await begin(world, ending)
        await database.close()
        return commit
    }

    private func begin(_ world: World, _ ending: String) async throws -> (LostCommit, Database) {
        let database = Database()
        try await database.open(try ConnectionTarget(url: world.url), PostgreSQLConfiguration()) { try $0.learnBoot() }
        let commit = try await database.run { session throws in
            try session.run(script: "BEGIN", within: .seconds(5))
            let number = try session.single(.init("SELECT pg_current_xact_id()::text")).text(0, 0) ?? ""
            if !ending.isEmpty { try session.run(script: ending, within: .seconds(5)) }
            return LostCommit(number: number, boot: session.boot, evidence: nil, cause: "test")
        }.result
        return (commit, database)
    }
    @Test func theOutcomeOfACommitIsWhatTheServerSays() async throws {
        try await World.with { world async throws in
            let committed = try await transaction(world, ends: "COMMIT")
            #expect(try await outcome(of: world, committed) == .committed)
            let aborted = try await transaction(world, ends: "ROLLBACK")
            #expect(try await outcome(of: world, aborted) == .aborted)
            let (running, database) = try await begin(world, "SELECT 1")
            #expect(try await outcome(of: world, running) == .running)
            await database.close()
        }
    }

    @Test func afterACrashANumberThatWasGivenOutAgainProvesNothing() async throws {
        try await World.with { world async throws in
            let committed = try await transaction(world, ends: "COMMIT")
            let before = "00000000-0000-0000-0000-000000000000"
            func lost(_ evidence: (table: String, id: StoreValue)?) -> LostCommit {
                LostCommit(number: committed.number, boot: before, evidence: evidence, cause: "test")
            }
            #expect(try await outcome(of: world, lost(nil)) == .unknown)
            #expect(try await outcome(of: world, lost(("voucher", Samples.voucher(1).id.storeValue))) == .committed)
            #expect(try await outcome(of: world, lost(("voucher", Samples.voucher(99).id.storeValue))) == .aborted)
            let future = LostCommit(number: "99999999", boot: before, evidence: nil, cause: "test")
            #expect(try await outcome(of: world, future) == .aborted)
        }
    }

    @Test func aCrashIsToldFromARestart() async throws {
        let server = try PostgreSQLServer()
        defer { server.stop() }
        try await World.with(server: server) { world async throws in
            let first = try await transaction(world, ends: "COMMIT").boot
            #expect(try await transaction(world, ends: "COMMIT").boot == first)
            try server.crash()
            #expect(try await transaction(world, ends: "COMMIT").boot != first)
        }
    }

    @Test(arguments: [true, false])
    func aCommitWhoseAnswerIsLostIsReportedAsWhatItWas(isCommitted: Bool) async throws {
        try await World.with { world async throws in
            let proxy = try LossyProxy(to: world.server.directory + "/.s.PGSQL.5432", commits: isCommitted)
            defer { proxy.stop() }
            let url = world.url.replacing(
                world.server.directory.replacing("/", with: "%2F"),
                with: proxy.directory.replacing("/", with: "%2F")
            )
            let store = try await PostgreSQLStore(url: url)
            proxy.arm()
            let runs = Mutex(0)
            try await store.write(.one) { tx throws in
                runs.withLock { $0 += 1 }
                try tx.insert(Samples.voucher(10))
            }
            #expect(proxy.hasStruck)
            #expect(runs.withLock { $0 } == (isCommitted ? 1 : 2))
            #expect(try await world.store.read(.one) { try $0.voucher(Samples.id(10)) } != nil)
            await store.close()
        }
    }
}
