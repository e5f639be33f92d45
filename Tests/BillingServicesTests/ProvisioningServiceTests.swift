import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Provisioning")
struct ProvisioningServiceTests {
    @Test(arguments: Backing.allCases)
    func workIsClaimedDoneAndMarkedPresent(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        let batch = try await shop.generate(5)
        let claim = try #require(try await provisioning.claim(owner: "w1"))
        #expect(claim.router.id == shop.router.id)
        #expect(claim.password == Shop.routerPassword)
        #expect(try await provisioning.claim(owner: "w2") == nil)

        let work = try await provisioning.work(claim, limit: 3)
        #expect(work.count == 3)
        try await provisioning.finish(claim, outcomes: work.map { ProvisioningOutcome($0, .present) })
        let rest = try await provisioning.work(claim, limit: 100)
        #expect(Set((work + rest).map(\.entry.voucher?.code)) == Set(batch.vouchers.map(\.code)))
        try await provisioning.finish(claim, outcomes: rest.map { ProvisioningOutcome($0, .present) })
        try await provisioning.release(claim)

        let progress = try await shop.owner.vouchers.progress(batch: batch.batch.id)
        #expect((progress.present, progress.isComplete) == (5, true))
        #expect(try await provisioning.claim(owner: "w3") == nil)
    }

    @Test("a voucher switched off or on is not done before the router says so", arguments: Backing.allCases)
    func switchingAVoucherWaitsForTheRouter(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let vouchers = shop.owner.vouchers
        let batch = try await shop.generate(2)
        let code = batch.vouchers[0].code
        try await shop.provision(.present)
        for change in [vouchers.disable(code:), vouchers.enable(code:)] {
            #expect(try await vouchers.progress(batch: batch.batch.id).isComplete)
            #expect(try await change(code).provisioning == .pending)
            let progress = try await vouchers.progress(batch: batch.batch.id)
            #expect((progress.pending, progress.present, progress.isComplete) == (1, 1, false))
            try await shop.provision(.present)
        }
    }

    @Test("a tenant that can not be swept does not keep the others waiting", arguments: Backing.allCases)
    func expiryGoesOnPastATenantThatFails(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        var others: [BillingSession] = []
        for name in ["Before", "After"] {
            let tenant = try await shop.billing.createTenant(name, currency: .ugx, timeZone: "UTC", key: .new())
            others.append(try await Shop.session(.superAdministrator, of: tenant, in: shop.billing))
        }
        var codes: [String] = []
        for session in [shop.owner] + others {
            let router = try await session.routers.add(.fixture("Roof"), key: .new())
            let package = try await session.packages.create(.fixture("Day"), key: .new())
            let batch = try await session.vouchers.generate(2, of: package.id, on: router.id, key: .new())
            codes.append(batch.vouchers[0].code)
            let sighting = VoucherObservation(
                code: batch.vouchers[0].code,
                evidence: .activeSession,
                at: shop.clock.now,
                row: .init(uptime: .seconds(1), bytesIn: 0, bytesOut: 0),
                session: .init()
            )
            try await shop.billing.provisioning.recordObservations(router.id, [sighting], at: shop.clock.now)
        }
        shop.clock.advance(by: .seconds(4 * 3_600))
        shop.store.failWrites(of: others[0].tenant.id)
        await #expect(throws: SwitchableStore.Failure.self) { try await shop.billing.upkeep.run() }
        #expect(try await shop.owner.vouchers.voucher(code: codes[0]).access == .expired)
        #expect(try await others[0].vouchers.voucher(code: codes[1]).access == .active)
        #expect(try await others[1].vouchers.voucher(code: codes[2]).access == .expired)
        shop.store.failWrites(of: nil)
        #expect(try await shop.billing.upkeep.run().expired == 1)
        #expect(try await shop.billing.upkeep.run().expired == 0)
    }

    @Test("a router is never left alone for longer than an hour", arguments: Backing.allCases)
    func noWaitIsLongerThanAnHour(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        _ = try await shop.generate(1)
        let claim = try #require(try await provisioning.claim(owner: "w1"))
        try await provisioning.release(claim, retryAfter: .seconds(86_400))
        #expect(try await provisioning.claim(owner: "w2") == nil)
        shop.clock.advance(by: .seconds(3_600))
        #expect(try await provisioning.claim(owner: "w3") != nil)
    }

    @Test(arguments: Backing.allCases)
    func aWorkerWhoseClaimPassedOnCanChangeNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        _ = try await shop.generate(1)
        let slow = try #require(try await provisioning.claim(owner: "slow", ttl: .seconds(30)))
        let work = try await provisioning.work(slow, limit: 10)
        shop.clock.advance(by: .seconds(31))
        let quick = try #require(try await provisioning.claim(owner: "quick"))
        let outcomes = work.map { ProvisioningOutcome($0, .present) }
        await expectRefusal(.leaseLost) { try await provisioning.finish(slow, outcomes: outcomes) }
        await expectRefusal(.leaseLost) { try await provisioning.renew(slow) }
        await expectRefusal(.leaseLost) { try await provisioning.release(slow) }
        #expect(try await provisioning.work(quick, limit: 10).count == 1)
    }

    @Test(arguments: Backing.allCases)
    func aRenewedClaimLasts(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        _ = try await shop.generate(1)
        let claim = try #require(try await provisioning.claim(owner: "w", ttl: .seconds(30)))
        shop.clock.advance(by: .seconds(20))
        let renewed = try await provisioning.renew(claim, ttl: .seconds(30))
        shop.clock.advance(by: .seconds(20))
        #expect(try await provisioning.claim(owner: "other") == nil)
        try await provisioning.release(renewed)
    }

    @Test(arguments: Backing.allCases)
    func aRouterOutOfReachIsLeftAloneForAWhile(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        _ = try await shop.generate(1)
        let claim = try #require(try await provisioning.claim(owner: "w1"))
        try await provisioning.release(claim, retryAfter: .seconds(60), error: "10.10.0.2:8728 does not answer")
        let router = try await shop.owner.routers.router(shop.router.id)
        #expect((router.status, router.statusDetail) == (.offline, "10.10.0.2:8728 does not answer"))
        for group in RouterGroup.allCases {
            #expect(try await provisioning.claim(owner: "w2", of: group) == nil)
        }
        shop.clock.advance(by: .seconds(60))
        #expect(try await provisioning.claim(owner: "w3", of: .away)?.due == Set(RouterTask.allCases))
    }

    @Test("a router that came back is due at once", arguments: Backing.allCases)
    func aRouterThatCameBackIsDueAtOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        _ = try await shop.generate(1)
        let claim = try #require(try await provisioning.claim(owner: "w1"))
        try await provisioning.release(claim, retryAfter: .seconds(600), error: "no answer")
        try await provisioning.recordStatus(shop.router.id, RouterReading(status: .online, version: "7.18"))
        #expect(try await provisioning.claim(owner: "w2", of: .away) != nil)
        let router = try await shop.owner.routers.router(shop.router.id)
        #expect(router.status == .online)
        #expect(router.statusDetail == nil)
        #expect(router.routerOSVersion == "7.18")
        #expect(router.lastSeen == shop.clock.now)
    }

    @Test(arguments: Backing.allCases)
    func aRowThatFailsIsTriedAgainLaterAndLaterAndThenPutAside(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        let batch = try await shop.generate(1)
        var attempts = 0
        for _ in 0..<40 {
            shop.clock.advance(by: .seconds(600))
            guard let claim = try await provisioning.claim(owner: "w\(attempts)") else { break }
            let work = try await provisioning.work(claim, limit: 10)
            attempts += work.count
            let outcomes = work.map { ProvisioningOutcome($0, .failed(detail: "no such profile", retry: true)) }
            try await provisioning.finish(claim, outcomes: outcomes)
            #expect(try await provisioning.work(claim, limit: 10).isEmpty)
            try await provisioning.release(claim)
        }
        #expect(attempts == 12)
        let voucher = try await shop.owner.vouchers.voucher(code: batch.vouchers[0].code)
        #expect((voucher.provisioning, voucher.provisioningDetail) == (.failed, "no such profile"))
        #expect(try await shop.owner.routers.retry(shop.router.id) == 1)
        try await shop.provision(.failed(detail: "no such profile", retry: true))
        let parked = try await shop.store.read(.system) { try $0.parkedJobs(router: nil) }
        #expect(parked.isEmpty, "asked for again, it gets all its tries again")
    }

    @Test(arguments: Backing.allCases)
    func whatCanNotSucceedIsPutAsideAtOnceAndTheRestGoesOn(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        let batch = try await shop.generate(2)
        let claim = try #require(try await provisioning.claim(owner: "w"))
        let work = try await provisioning.work(claim, limit: 10)
        try await provisioning.finish(
            claim,
            outcomes: [
                ProvisioningOutcome(work[0], .failed(detail: "a foreign user has this name", retry: false)),
                ProvisioningOutcome(work[1], .present),
            ]
        )
        try await provisioning.release(claim)
        shop.clock.advance(by: .seconds(86_400))
        #expect(try await provisioning.claim(owner: "w2") == nil)
        let progress = try await shop.owner.vouchers.progress(batch: batch.batch.id)
        #expect((progress.failed, progress.present) == (1, 1))
    }

    @Test("a voucher disabled while its row was written is not marked present", arguments: Backing.allCases)
    func workThatWasOvertakenIsNotMarked(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        let code = try await shop.generate(1).vouchers[0].code
        let claim = try #require(try await provisioning.claim(owner: "w"))
        let stale = try await provisioning.work(claim, limit: 10)
        _ = try await shop.owner.vouchers.disable(code: code)
        try await provisioning.finish(claim, outcomes: stale.map { ProvisioningOutcome($0, .present) })
        #expect(try await shop.owner.vouchers.voucher(code: code).provisioning == .pending)

        let fresh = try await provisioning.work(claim, limit: 10)
        #expect(fresh.map(\.entry.voucher?.access) == [.disabled])
        try await provisioning.finish(claim, outcomes: fresh.map { ProvisioningOutcome($0, .present) })
        #expect(try await shop.owner.vouchers.voucher(code: code).provisioning == .present)
        _ = try await shop.owner.vouchers.enable(code: code)
        #expect(try await provisioning.work(claim, limit: 10).map(\.entry.voucher?.access) == [.unused])
    }

    @Test("usage seen while a row was written does not undo the mark", arguments: Backing.allCases)
    func usageDoesNotUndoTheMark(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        let code = try await shop.generate(1).vouchers[0].code
        try await shop.see(code)
        let claim = try #require(try await provisioning.claim(owner: "w"))
        let work = try await provisioning.work(claim, limit: 10)
        try await shop.see(code, uptime: .seconds(90))
        try await provisioning.finish(claim, outcomes: work.map { ProvisioningOutcome($0, .present) })
        #expect(try await shop.owner.vouchers.voucher(code: code).provisioning == .present)
    }

    @Test func aSaleWakesTheProvisionerOnceCommitted() async throws {
        let shop = try await Shop.open(.memory)
        let signals = shop.billing.provisioning.signals
        await expectRefusal(.notFound) {
            try await shop.owner.vouchers.generate(1, of: Identifier(high: 9, low: 9), on: shop.router.id, key: .new())
        }
        _ = try await shop.generate(3)
        await shop.billing.close()
        var heard: [Identifier<Router>] = []
        for await router in signals {
            heard.append(router)
        }
        #expect(heard == [shop.router.id])
    }

    @Test func whatReachesARouterIsOpenedForItAlone() async throws {
        let shop = try await Shop.open(.memory)
        let provisioning = shop.billing.provisioning
        var broken = try await shop.owner.routers.add(.fixture("Roof"), key: .new())
        broken.sealedPassword = shop.router.sealedPassword
        _ = try await shop.store.write(.tenant(broken.tenant)) { [broken] store in try store.update(broken) }
        #expect(try await Set(provisioning.routers().map(\.id)) == [shop.router.id, broken.id])
        #expect(try await provisioning.watched(shop.router.id).password == Shop.routerPassword)
        await expectRefusal(.unavailable) { [broken] in try await provisioning.watched(broken.id) }
        try await shop.owner.routers.remove(shop.router.id)
        await expectRefusal(.notFound) { try await provisioning.watched(shop.router.id) }
    }

    @Test func whoRunsAProgramAgreesToMuchAsStaffDo() async throws {
        let shop = try await Shop.open(.memory)
        let provisioning = shop.billing.provisioning
        try await provisioning.approve(shop.router.id, upTo: 40, "Change 40 rows?")
        #expect(try await !provisioning.ask(shop.router.id, changes: 41, "Change 41 rows?"))
        #expect(try await provisioning.ask(shop.router.id, changes: 40, "Change 40 rows?"))
        #expect(try await !provisioning.ask(shop.router.id, changes: 40, "Change 40 rows?"), "it was used up")
        await expectRefusal(.invalidInput) { try await provisioning.approve(shop.router.id, upTo: 0, "") }
        await expectRefusal(.notFound) {
            try await provisioning.approve(Identifier(high: 9, low: 9), upTo: 1, "Change a row?")
        }
        let trail = try await shop.owner.audit.entries().items.filter { $0.action == "router.approve-changes" }
        #expect(trail.map(\.actor) == [.system("operator")])
    }

    @Test func aRouterWhosePasswordDoesNotOpenIsNotClaimedForLong() async throws {
        let shop = try await Shop.open(.memory)
        _ = try await shop.generate(1)
        var broken = shop.router
        broken.sealedPassword = [1, 2, 3]
        _ = try await shop.store.write(.tenant(broken.tenant)) { [broken] store in try store.update(broken) }
        #expect(try await shop.billing.provisioning.claim(owner: "w") == nil)
        #expect(try await shop.billing.provisioning.claim(owner: "w2") == nil)
        let router = try await shop.owner.routers.router(shop.router.id)
        #expect(router.status == .error)
        #expect(router.statusDetail?.contains("key file") == true)
    }
}
