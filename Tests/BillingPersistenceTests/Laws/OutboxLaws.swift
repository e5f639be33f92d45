import BillingDomain
import BillingPersistence
import Testing

@Suite("Every store: outbox and leases")
struct OutboxLaws {
    private let now = Samples.time(100)

    @Test(arguments: StoreKind.allCases)
    func jobsComeInTheOrderTheyWereAskedForAndANewerReplacesAnOlder(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(2)])
                #expect(try jobs(tx) == [Samples.id(1), Samples.id(2)])
                try tx.enqueue(Samples.job(3, voucher: 1))
                #expect(try jobs(tx) == [Samples.id(2), Samples.id(3)])
                let sequences = try tx.outboxJobs(router: Samples.id(1), dueBy: now, limit: 9).map(\.sequence)
                #expect(sequences == [2, 3])
                #expect(try tx.outboxJobs(router: Samples.id(1), dueBy: now, limit: 1).count == 1)
                #expect(try tx.outboxDepth() == 2)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func completingAReplacedJobLeavesTheNewerOne(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(2)])
                let lease = try claim(tx, "a")
                try tx.enqueue(Samples.job(3, voucher: 1))
                try tx.completeOutbox([Samples.id(1), Samples.id(2)], under: lease)
                #expect(try jobs(tx) == [Samples.id(3)])
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aPostponedJobComesBackAndAParkedOneOnlyWhenAskedFor(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(2)])
                let lease = try claim(tx, "a")
                try tx.postponeOutbox([Samples.id(1)], until: now + .seconds(5), detail: "timeout", under: lease)
                try tx.parkOutbox([Samples.id(2)], detail: "no such profile", under: lease)
                #expect(try jobs(tx).isEmpty)
                #expect(try tx.outboxDepth(router: Samples.id(1)) == 1)
                let parked = try #require(try tx.parkedJobs(router: nil).first)
                #expect(parked.id == Samples.id(2))
                #expect(parked.attempts == 1)
                #expect(parked.detail == "no such profile")
                #expect(try tx.parkedJobs(router: Samples.id(9)).isEmpty)
                let later = try tx.outboxJobs(router: Samples.id(1), dueBy: now + .seconds(5), limit: 9)
                #expect(later.map(\.attempts) == [1])
                #expect(later.map(\.detail) == ["timeout"])
                #expect(try tx.retryOutbox(router: Samples.id(1), now: now) == 2)
                #expect(try jobs(tx) == [Samples.id(1), Samples.id(2)])
                let again = try tx.outboxJobs(router: Samples.id(1), dueBy: now, limit: 9)
                #expect(again.map(\.attempts) == [0, 0], "asked for again, they get all their tries again")
                try tx.parkOutbox([Samples.id(2)], detail: "again", under: lease)
                try tx.enqueue(Samples.job(4, voucher: 2))
                #expect(try jobs(tx) == [Samples.id(1), Samples.id(4)])
                #expect(try tx.parkedJobs(router: nil).isEmpty)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRouterIsClaimedByOneAtATimeAndOnlyForDueWork(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                #expect(try tx.claimRouter(owner: "a", now: now, ttl: .seconds(20)) == nil)
                try tx.enqueue(Samples.job(1))
                #expect(try tx.claimRouter(owner: "a", now: Samples.time(-1), ttl: .seconds(20)) == nil)
                let lease = try claim(tx, "a")
                #expect(lease.epoch == 1)
                #expect(lease.until == now + .seconds(20))
                #expect(try tx.claimRouter(owner: "b", now: now + .seconds(19), ttl: .seconds(20)) == nil)
                let renewed = try tx.renew(lease, now: now + .seconds(10), ttl: .seconds(20))
                #expect(try tx.claimRouter(owner: "b", now: now + .seconds(29), ttl: .seconds(20)) == nil)
                try tx.release(renewed, nextAttemptAt: now + .seconds(60))
                #expect(try tx.claimRouter(owner: "b", now: now + .seconds(59), ttl: .seconds(20)) == nil)
                #expect(try tx.claimRouter(owner: "b", now: now + .seconds(60), ttl: .seconds(20))?.epoch == 2)
            }
        }
    }

    /// An hour is longer than any wait, so whatever lies beyond it was written by a clock that was wrong.
    @Test(arguments: StoreKind.allCases)
    func whatAWrongClockPutOffForMoreThanAnHourIsDue(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(2)])
                let hour = Duration.seconds(3600)
                let first = try claim(tx, "a")
                try tx.postponeOutbox([Samples.id(1)], until: now + hour, detail: "", under: first)
                try tx.postponeOutbox([Samples.id(2)], until: now + hour + .microseconds(1), detail: "", under: first)
                #expect(try jobs(tx) == [Samples.id(2)])
                try tx.release(first, nextAttemptAt: now + hour)
                #expect(try tx.claimRouter(owner: "b", now: now, ttl: .seconds(20)) == nil)
                let second = try #require(try tx.claimRouter(owner: "b", now: now + hour, ttl: .seconds(20)))
                try tx.completeOutbox([Samples.id(1)], under: second)
                try tx.release(second, nextAttemptAt: now + hour + .microseconds(1))
                try tx.release(claim(tx, "c"), nextAttemptAt: now)
                #expect(try tx.claimRouter(owner: "d", now: now + .seconds(1), ttl: .seconds(20)) == nil)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRouterThatAWrongClockPutOffDoesNotWaitBehindTheOthers(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(3, tenant: 2, router: 2)])
                try tx.release(claim(tx, "a"), nextAttemptAt: now + .seconds(10 * 365 * 86_400))
                #expect(try claim(tx, "a").router == Samples.id(1))
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func theRouterThatHasWaitedLongestIsClaimedFirst(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(3, tenant: 2, router: 2)])
                let first = try claim(tx, "a")
                #expect(first.router == Samples.id(1))
                try tx.release(first, nextAttemptAt: now)
                let second = try claim(tx, "a")
                #expect(second.router == Samples.id(2))
                #expect(second.tenant == Samples.id(2))
                try tx.release(second, nextAttemptAt: now + .seconds(-1))
                #expect(try claim(tx, "a").router == Samples.id(2))
                #expect(try claim(tx, "a").router == Samples.id(1))
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aRemovedRouterIsNeverClaimed(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.enqueue(Samples.job(1))
                var router = try #require(try tx.router(Samples.id(1)))
                router.removedAt = now
                try tx.update(router)
                #expect(try tx.claimRouter(owner: "a", now: now, ttl: .seconds(20)) == nil)
                #expect(try tx.routers().isEmpty)
                #expect(try tx.router(Samples.id(1))?.removedAt == now)
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aLeaseThatIsOverCanChangeNothing(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.one) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(2)])
                let stale = try claim(tx, "a")
                let fresh = try #require(
                    try tx.claimRouter(owner: "b", now: now + .seconds(20), ttl: .seconds(20))
                )
                let forged = RouterLease(
                    router: stale.router,
                    tenant: stale.tenant,
                    owner: "a",
                    epoch: fresh.epoch,
                    until: fresh.until
                )
                for lease in [stale, forged] {
                    expect(.leaseLost) { try tx.verify(lease) }
                    expect(.leaseLost) { _ = try tx.renew(lease, now: now, ttl: .seconds(20)) }
                    expect(.leaseLost) { try tx.completeOutbox([Samples.id(1)], under: lease) }
                    expect(.leaseLost) {
                        try tx.postponeOutbox([Samples.id(1)], until: now, detail: "", under: lease)
                    }
                    expect(.leaseLost) { try tx.parkOutbox([Samples.id(1)], detail: "", under: lease) }
                    expect(.leaseLost) { try tx.release(lease, nextAttemptAt: now) }
                }
                try tx.verify(fresh)
                try tx.release(fresh, nextAttemptAt: now)
                expect(.leaseLost) { try tx.verify(fresh) }
                #expect(try jobs(tx) == [Samples.id(1), Samples.id(2)])
            }
        }
    }

    @Test(arguments: StoreKind.allCases)
    func aLeaseOfOneRouterCannotTouchTheJobsOfAnother(kind: StoreKind) async throws {
        try await kind.withWorld { store in
            try await store.write(.system) { tx throws in
                try tx.enqueue([Samples.job(1), Samples.job(3, tenant: 2, router: 2)])
                let lease = try claim(tx, "a")
                #expect(lease.router == Samples.id(1))
                try tx.completeOutbox([Samples.id(3)], under: lease)
                try tx.parkOutbox([Samples.id(3)], detail: "", under: lease)
                try tx.postponeOutbox([Samples.id(3)], until: now + .seconds(9), detail: "", under: lease)
                #expect(try tx.outboxJobs(router: Samples.id(2), dueBy: now, limit: 9).map(\.attempts) == [0])
            }
        }
    }

    private func jobs(_ reader: any StoreReader) throws -> [Identifier<OutboxJob>] {
        try reader.outboxJobs(router: Samples.id(1), dueBy: now, limit: 100).map(\.id)
    }

    private func claim(_ tx: any StoreTransaction, _ owner: String) throws -> RouterLease {
        try #require(try tx.claimRouter(owner: owner, now: now, ttl: .seconds(20)))
    }
}
