import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Watching vouchers")
struct ObservationTests {
    @Test(arguments: Backing.allCases)
    func firstUseActivatesOnceAtTheStartOfTheSession(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1).vouchers[0].code
        shop.clock.advance(by: .seconds(600))
        let summary = try await shop.see(code, uptime: .seconds(120), bytesIn: 10, bytesOut: 20)
        #expect((summary.activated, summary.online, summary.foreign) == (1, 1, 0))
        let login = shop.clock.now - .seconds(120)
        let first = try await shop.owner.vouchers.voucher(code: code)
        #expect(first.documentStatus == .active)
        #expect(first.activatedAt == login)
        #expect(first.activationEvidence == .activeSession)
        #expect(first.expiresAt == login + .seconds(3 * 3_600))
        #expect((first.usage.bytesIn, first.usage.bytesOut) == (10, 20))

        shop.clock.advance(by: .seconds(60))
        #expect(try await shop.see(code, uptime: .seconds(10), bytesIn: 12, bytesOut: 30).activated == 0)
        let second = try await shop.owner.vouchers.voucher(code: code)
        #expect((second.activatedAt, second.expiresAt) == (first.activatedAt, first.expiresAt))
    }

    @Test("the first login reaches the router's comment: the voucher is converged again", arguments: Backing.allCases)
    func activationAsksForConvergence(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1).vouchers[0].code
        let provisioning = shop.billing.provisioning
        let claim = try #require(try await provisioning.claim(owner: "w"))
        let work = try await provisioning.work(claim, limit: 10)
        try await provisioning.finish(claim, outcomes: work.map { ProvisioningOutcome($0, .present) })
        shop.clock.advance(by: .seconds(60))
        try await shop.see(code)
        #expect(try await shop.owner.vouchers.voucher(code: code).provisioning == .present)
        #expect(
            try await provisioning.work(claim, limit: 10).map(\.entry.voucher?.activatedAt) == [
                shop.clock.now - .seconds(60)
            ]
        )
    }

    @Test("never before it was made, never in the future", arguments: [-86_400, 3_600] as [Int64])
    func incredibleInstantsAreBroughtToTheNearestCredibleOne(offset: Int64) async throws {
        let shop = try await Shop.open(.memory)
        let voucher = try await shop.generate(1).vouchers[0]
        shop.clock.advance(by: .seconds(60))
        let observation = VoucherObservation(
            code: voucher.code,
            evidence: .activeSession,
            at: shop.clock.now + .seconds(offset),
            session: .init()
        )
        let readAt = shop.clock.now + .seconds(max(0, offset))
        try await shop.billing.provisioning.recordObservations(shop.router.id, [observation], at: readAt)
        let activated = try await shop.owner.vouchers.voucher(code: voucher.code).activatedAt
        #expect(activated == (offset < 0 ? voucher.createdAt : shop.clock.now))
    }

    @Test func ofSeveralSightingsTheEarliestCounts() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate(1).vouchers[0].code
        shop.clock.advance(by: .seconds(600))
        let now = shop.clock.now
        try await shop.billing.provisioning.recordObservations(
            shop.router.id,
            [
                VoucherObservation(code: code, evidence: .userCounters, at: now, row: .init(uptime: .seconds(9))),
                VoucherObservation(
                    code: code.lowercased(),
                    evidence: .activeSession,
                    at: now - .seconds(9),
                    session: .init()
                ),
            ],
            at: now
        )
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        #expect((voucher.activatedAt, voucher.activationEvidence) == (now - .seconds(9), .activeSession))
        #expect(voucher.usage.uptime == .seconds(9))
    }

    @Test func aRowWithoutUseActivatesNothing() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate(1).vouchers[0].code
        let idle = VoucherObservation(code: code, evidence: .userCounters, at: shop.clock.now, row: .init())
        let summary = try await shop.billing.provisioning.recordObservations(shop.router.id, [idle], at: shop.clock.now)
        #expect((summary.activated, summary.updated) == (0, 0))
        #expect(try await shop.owner.vouchers.voucher(code: code).documentStatus == .pending)
    }

    @Test(arguments: Backing.allCases)
    func countersThatStartOverNeverLowerTheTotal(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1).vouchers[0].code
        try await shop.see(code, uptime: .seconds(100), bytesIn: 1_000, bytesOut: 5_000)
        try await shop.see(code, uptime: .seconds(10), bytesIn: 100, bytesOut: 200)
        try await shop.see(code, uptime: .seconds(20), bytesIn: 150, bytesOut: 300)
        let usage = try await shop.owner.vouchers.voucher(code: code).usage
        #expect(usage.uptime == .seconds(110))
        #expect((usage.bytesIn, usage.bytesOut) == (1_050, 5_100))
        #expect(usage.lastSeenAt == shop.clock.now)
    }

    @Test(arguments: Backing.allCases)
    func usedUpDataDepletesAndTakesTheRowAway(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1).vouchers[0].code
        try await shop.see(code, bytesIn: 805_306_368, bytesOut: 805_306_367)
        #expect(try await shop.owner.vouchers.voucher(code: code).documentStatus == .active)
        #expect(try await shop.see(code, bytesIn: 805_306_368, bytesOut: 805_306_368).depleted == 1)
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        #expect((voucher.documentStatus, voucher.provisioning) == (.used, .removing))

        let provisioning = shop.billing.provisioning
        let claim = try #require(try await provisioning.claim(owner: "w"))
        let work = try await provisioning.work(claim, limit: 10)
        #expect(work.map(\.entry.voucher?.desiredPresence) == [.absent])
        try await provisioning.finish(claim, outcomes: work.map { ProvisioningOutcome($0, .removed) })
        #expect(try await shop.owner.vouchers.voucher(code: code).provisioning == .removed)
    }

    @Test func usedUpTimeOnLineDepletesBeforeTheValidityEnds() async throws {
        let shop = try await Shop.open(.memory)
        let terms = try VoucherTerms(
            validity: .seconds(86_400),
            uptimeAllowance: .seconds(600),
            price: Money(minorUnits: 100, currency: .ugx)
        )
        let made = try await shop.owner.vouchers.generate(1, terms: terms, on: shop.router.id, key: .new())
        shop.clock.advance(by: .seconds(3_600))
        try await shop.see(made.vouchers[0].code, uptime: .seconds(599))
        #expect(try await shop.see(made.vouchers[0].code, uptime: .seconds(600)).depleted == 1)
    }

    @Test(arguments: Backing.allCases)
    func validityEndsToTheSecondAndAbsenceEndsNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let provisioning = shop.billing.provisioning
        let codes = try await shop.generate(2).vouchers.map(\.code)
        try await shop.see(codes[0], uptime: .zero)
        shop.clock.advance(by: .seconds(3 * 3_600) - .microseconds(1))
        try await provisioning.recordObservations(shop.router.id, [], at: shop.clock.now)
        #expect(try await shop.billing.upkeep.run().expired == 0)
        #expect(try await shop.owner.vouchers.voucher(code: codes[0]).documentStatus == .active)

        shop.clock.advance(by: .microseconds(1))
        #expect(try await shop.billing.upkeep.run().expired == 1)
        #expect(try await shop.billing.upkeep.run().expired == 0)
        let ended = try await shop.owner.vouchers.voucher(code: codes[0])
        #expect((ended.documentStatus, ended.provisioning) == (.expired, .removing))
        #expect(try await shop.owner.vouchers.voucher(code: codes[1]).documentStatus == .pending)
    }

    @Test func firstSeenAfterItsEndItIsActivatedEarnedAndEnded() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        shop.clock.advance(by: .seconds(86_400))
        let summary = try await shop.see(code, uptime: .seconds(4 * 3_600))
        #expect((summary.activated, summary.expired, summary.updated) == (1, 1, 1))
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        #expect((voucher.documentStatus, voucher.provisioning) == (.expired, .removing))
        #expect(try await shop.balances()["voucher-revenue"] == -2_500)
    }

    @Test(arguments: Backing.allCases)
    func aVoucherSwitchedOnAfterItsEndEndsAtOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1).vouchers[0].code
        try await shop.see(code)
        _ = try await shop.owner.vouchers.disable(code: code)
        shop.clock.advance(by: .seconds(3 * 3_600))
        #expect(try await shop.billing.upkeep.run().expired == 0)
        let voucher = try await shop.owner.vouchers.enable(code: code)
        #expect((voucher.documentStatus, voucher.provisioning) == (.expired, .removing))
    }

    @Test func manyVouchersOfManyTenantsExpireInOneSweep() async throws {
        let shop = try await Shop.open(.memory)
        let codes = try await shop.generate(1_200).vouchers.map(\.code)
        let observations = codes.map {
            VoucherObservation(code: $0, evidence: .activeSession, at: shop.clock.now, session: .init())
        }
        try await shop.billing.provisioning.recordObservations(shop.router.id, observations, at: shop.clock.now)
        shop.clock.advance(by: .seconds(3 * 3_600))
        #expect(try await shop.billing.upkeep.run().expired == 1_200)
        #expect(try await shop.owner.reports.dashboard().vouchers[DocumentStatus.expired] == 1_200)
    }

    @Test(arguments: Backing.allCases)
    func whatIsNotOursIsLeftAlone(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let other = try await shop.owner.routers.add(.fixture("Roof"), key: .new())
        let elsewhere = try await shop.owner.vouchers.generate(1, of: shop.package.id, on: other.id, key: .new())
        let summary = try await shop.see("admin", elsewhere.vouchers[0].code)
        #expect((summary.foreign, summary.activated, summary.online) == (2, 0, 0))
        #expect(try await shop.owner.vouchers.voucher(code: elsewhere.vouchers[0].code).documentStatus == .pending)
        let unknown = try await shop.billing.provisioning
            .recordObservations(Identifier(high: 1, low: 1), [], at: shop.clock.now)
        #expect((unknown.foreign, unknown.updated, unknown.online) == (0, 0, 0))
    }

    @Test func aDisabledVoucherSeenInUseStaysDisabledAndIsCounted() async throws {
        let shop = try await Shop.open(.memory)
        let code = try await shop.generate(1).vouchers[0].code
        _ = try await shop.owner.vouchers.disable(code: code)
        try await shop.see(code, bytesIn: 5)
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        #expect((voucher.documentStatus, voucher.activatedAt, voucher.usage.bytesIn) == (.disabled, nil, 5))
    }

    @Test func theDashboardCountsWhoIsOnLineOnRoutersInReach() async throws {
        let shop = try await Shop.open(.memory)
        let codes = try await shop.generate(3).vouchers.map(\.code)
        let provisioning = shop.billing.provisioning
        try await provisioning.recordStatus(shop.router.id, RouterReading(status: .online))
        let devices = [
            OpenSession(hardwareAddress: "AA", used: .init()), OpenSession(hardwareAddress: "BB", used: .init()),
        ]
        let observations = codes.prefix(2).map { code in
            VoucherObservation(
                code: code,
                evidence: .activeSession,
                at: shop.clock.now,
                session: .init(),
                openSessions: devices
            )
        }
        try await provisioning.recordObservations(shop.router.id, observations, at: shop.clock.now)
        #expect(try await shop.owner.reports.dashboard().activeNow == 2, "each with two devices")
        try await provisioning.recordStatus(shop.router.id, RouterReading(status: .offline))
        #expect(try await shop.owner.reports.dashboard().activeNow == 0)
    }
}
