import BillingDomain
import BillingPersistence
import BillingPersistencePostgreSQL
import PostgreSQLServer
import StoreSamples
import Synchronization
import TestSupport
import Testing

@Suite("PostgreSQL: what every store does", .needsPostgreSQL)
struct StoreTests {
    struct Stop: Error {}

    @Test func whatWasWrittenIsReadBackByAnotherStore() async throws {
        try await World.with { world async throws in
            try await world.store.write(.one) { tx throws in
                try tx.insert(Samples.package())
                try tx.insert(Samples.token())
                try tx.insert(Samples.session())
                try tx.append(ledger: Samples.sale())
                try tx.append(audit: Samples.audit())
                try tx.enqueue(Samples.job())
                try tx.insert(Samples.record("key"))
            }
            let other = try await PostgreSQLStore(url: world.url)
            try await other.read(.one) { reader throws in
                #expect(try reader.voucher(Samples.id(1)) == Samples.voucher())
                #expect(try reader.package(Samples.id(1)) == Samples.package())
                #expect(try reader.router(Samples.id(1)) == Samples.router())
                #expect(try reader.apiToken(digest: Samples.token().digest) == Samples.token())
                #expect(try reader.signInSession(digest: Samples.session().digest) == Samples.session())
                #expect(try reader.ledgerEntries(PageRequest()).items == [Samples.sale()])
                #expect(try reader.audit(PageRequest()).items == [Samples.audit()])
                #expect(try reader.outboxDepth() == 1)
                #expect(try reader.idempotentResult(key: "key")?.result == "done")
                #expect(try reader.balances().map(\.balance.minorUnits).sorted() == [-2500, 2500])
            }
            await other.close()
        }
    }

    @Test func aBodyThatThrowsLeavesNothing() async throws {
        try await World.with { world async throws in
            await #expect(throws: Stop.self) {
                try await world.store.write(.one) { tx throws in
                    try tx.insert(Samples.voucher(10))
                    #expect(try tx.voucher(Samples.id(10)) != nil, "it reads its own changes")
                    throw Stop()
                }
            }
            #expect(try await world.store.read(.one) { try $0.voucher(Samples.id(10)) } == nil)
        }
    }

    @Test func theFirstCallThatThrowsEndsTheTransaction() async throws {
        try await World.with { world async throws in
            await expect(.duplicate) {
                try await world.store.write(.one) { tx throws in
                    try tx.insert(Samples.voucher(10))
                    #expect(throws: PersistenceError.self) { try tx.insert(Samples.voucher(1)) }
                    #expect(throws: PersistenceError.self) { _ = try tx.voucher(Samples.id(1)) }
                }
            }
            #expect(try await world.store.read(.one) { try $0.voucher(Samples.id(10)) } == nil)
        }
    }

    @Test func errorsSayWhatIsWrong() async throws {
        try await World.with { world async throws in
            let store = world.store
            await expect(.notFound) { try await store.write(.one) { _ = try $0.update(Samples.router(9)) } }
            await expect(.constraint) {
                try await store.write(.one) { _ = try $0.update(Samples.voucher(1, batch: 2)) }
            }
            await expect(.conflict) {
                try await store.write(.one) { tx throws in
                    var router = Samples.router()
                    router.name = "Roof"
                    #expect(try tx.update(router).revision == 2)
                    _ = try tx.update(router)
                }
            }
            await expect(.constraint) { try await store.write(.one) { try $0.insert(Samples.voucher(9, batch: 2)) } }
            let taken = await #expect(throws: PersistenceError.self) {
                try await store.write(.one) { try $0.insert(Samples.staff(9, username: "USER1")) }
            }
            #expect(taken?.code == .duplicate)
            #expect(taken?.message.contains("username_key") == true)
            #expect(taken?.description.contains("USER1") == false, "no stored value is told")
        }
    }

    @Test func sixtyFourWritersOfOneTenantTakeTurns() async throws {
        try await World.with { world async throws in
            let store = world.store
            try await withThrowingDiscardingTaskGroup { group in
                for number in 100..<164 {
                    group.addTask {
                        try await store.write(.one) { tx throws in
                            var voucher = try #require(try tx.voucher(Samples.id(1)))
                            voucher.customer = String((Int(voucher.customer ?? "0") ?? 0) + 1)
                            try tx.update(voucher)
                            try tx.append(audit: Samples.audit(number))
                        }
                    }
                }
            }
            try await store.read(.one) { reader throws in
                #expect(try reader.voucher(Samples.id(1))?.customer == "64")
                #expect(try reader.voucher(Samples.id(1))?.revision == 65)
                #expect(try reader.audit(PageRequest(isCounted: true)).total == 64)
            }
        }
    }

    @Test func twoStoresOverOneDatabaseTakeTurnsToo() async throws {
        try await World.with { world async throws in
            let other = try await PostgreSQLStore(url: world.url)
            let stores = [world.store, other]
            try await withThrowingDiscardingTaskGroup { group in
                for number in 0..<40 {
                    group.addTask {
                        try await stores[number % 2].write(.one) { tx throws in
                            try tx.append(ledger: Samples.sale(100 + number, amount: 1))
                        }
                    }
                }
            }
            let positions = try await other.read(.one) { try $0.records(Query<LedgerRow>()).map(\.position).sorted() }
            #expect(positions == (1...40).map(Int64.init), "numbered without gaps")
            await other.close()
        }
    }

    @Test func aReaderSeesOneSnapshot() async throws {
        try await World.with { world async throws in
            let server = world.server
            let database = world.database
            try await world.store.read(.one) { reader throws in
                let before = try reader.count(Query<Voucher>())
                try server.sql(
                    "SET session_replication_role = replica; DELETE FROM voucher WHERE code = 'Code-2'",
                    database: database
                )
                #expect(try reader.count(Query<Voucher>()) == before)
            }
            #expect(try await world.store.read(.one) { try $0.count(Query<Voucher>()) } == 1)
        }
    }

    @Test func manyRowsAtOnceAreWhatTheyWouldBeOneByOne() async throws {
        var answers: [[Voucher]] = []
        for threshold in [2, 1_000_000] {
            try await World.with(limits: { $0.bulkThreshold = threshold }) { world async throws in
                let vouchers = try (100..<400).map { number in
                    var voucher = try Samples.voucher(number)
                    voucher.customer =
                        number % 3 == 0 ? nil : number % 3 == 1 ? "" : "“Amina\u{1}\u{2}” {\(number),\"\\"
                    return voucher
                }
                try await world.store.write(.one) { try $0.insert(vouchers) }
                let found = try await world.store.read(.one) { try $0.find(vouchers.map(\.id)) }
                #expect(found == vouchers)
                answers.append(found)
            }
        }
        #expect(answers.first == answers.last)
    }

    @Test func aStatementThatChangesWhatOnlyGrowsIsRefusedByTheDatabaseItself() async throws {
        try await World.with { world async throws in
            try await world.store.write(.one) { try $0.append(audit: Samples.audit()) }
            for statement in ["UPDATE audit_entry SET action = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry"]
            {
                #expect(throws: PostgreSQLServer.Failure.self) { try world.sql(statement) }
            }
        }
    }

    @Test func aClosedStoreRefusesEverythingAndClosingTwiceIsHarmless() async throws {
        try await World.with { world async throws in
            await world.store.close()
            await world.store.close()
            await expect(.closed) { _ = try await world.store.read(.one) { try $0.tenants() } }
            await expect(.closed) { try await world.store.write(.one) { try $0.insert(Samples.voucher(9)) } }
        }
    }

    @Test func workersThatClaimAtOnceGetDifferentRouters() async throws {
        try await World.with { world async throws in
            try await world.store.write(.one) { try $0.enqueue(Samples.job(1)) }
            try await world.store.write(.two) { try $0.enqueue(Samples.job(3, tenant: 2, router: 2)) }
            let store = world.store
            let leases = try await withThrowingTaskGroup(of: RouterLease?.self) { group in
                for number in 0..<8 {
                    group.addTask {
                        try await store.write(.system) {
                            try $0.claimRouter(owner: "worker-\(number)", now: Samples.time(10), ttl: .seconds(60))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let claimed = leases.compactMap { $0?.router }
            #expect(claimed.count == Set(claimed).count)
            // Who was passed over while another held the row finds it afterwards, if it is still free.
            let rest = try await store.write(.system) { tx throws in
                try (0..<3).compactMap { _ in
                    try tx.claimRouter(owner: "late", now: Samples.time(10), ttl: .seconds(60))
                }
            }
            #expect(claimed.count + rest.count == 2)
        }
    }

    @Test func theClockOfLeasesIsTheDatabases() async throws {
        try await World.with(limits: { $0.usesDatabaseClock = true }) { world async throws in
            try await world.store.write(.one) { try $0.enqueue(Samples.job(1)) }
            let lease = try await world.store.write(.system) {
                try $0.claimRouter(owner: "w", now: Timestamp(secondsSince1970: 0), ttl: .seconds(60))
            }
            let now = try #require(Int64(try world.sql("SELECT extract(epoch FROM now())::bigint")))
            let until = try #require(lease?.until)
            #expect(abs(until.microsecondsSince1970 / 1_000_000 - now - 60) < 30)
        }
    }

    @Test func aMachineWhoseClockIsAheadDoesNotLeadBesideAnother() async throws {
        try await World.with(limits: { $0.usesDatabaseClock = true }) { world async throws in
            let early = Timestamp(secondsSince1970: 0)
            let late = Timestamp(secondsSince1970: 10_000_000_000)
            let term = try await world.store.write(.system) { try $0.electLeader("one", now: early) }
            #expect(try await world.store.write(.system) { try $0.electLeader("two", now: late) } == nil)
            let leading = try #require(term)
            let renewed = try await world.store.write(.system) { try $0.renew(leading, now: late) }
            #expect(renewed.number == leading.number)
            _ = try await world.store.write(.system) { try $0.resign(renewed, now: early) }
            #expect(try await world.store.write(.system) { try $0.electLeader("two", now: early) }?.number == 2)
        }
    }

    @Test func textIsSortedAndSearchedByItsBytes() async throws {
        try await World.with { world async throws in
            let names = ["b", "A", "a", "É", "é", "\u{1}", "\u{2}", "Z\u{1}x", "ab", "%_\\"]
            try await world.store.write(.one) { tx throws in
                for (number, name) in names.enumerated() {
                    var router = Samples.router(10 + number)
                    router.name = name
                    try tx.insert(router)
                }
            }
            let name = Field<Router, String>("name")
            try await world.store.read(.one) { reader throws in
                let sorted = try reader.records(Query(name != "Router 1").sorted(by: name)).map(\.name)
                #expect(sorted == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
                #expect(try reader.count(Query(name.contains("A"))) == 3)
                #expect(try reader.count(Query(name.contains("é"))) == 1, "only a–z is folded")
                #expect(try reader.count(Query(name.contains("_\\"))) == 1)
                #expect(try reader.count(Query(name.begins(with: "Z\u{1}"))) == 1)
                #expect(try reader.count(Query(name.contains("\u{0}"))) == 0, "what no text holds is not found")
                #expect(try reader.count(Query(name == "b\u{0}")) == 0)
                #expect(try reader.count(Query(name.begins(with: "%"))) == 1)
            }
        }
    }
}
