import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Taking over the users of a router")
struct HotspotImportTests {
    private func apply(
        _ state: HotspotState,
        _ shop: Shop,
        key: IdempotencyKey = .new()
    ) async throws -> [GeneratedBatch] {
        let plan = try await shop.owner.imports.plan(state, on: shop.router.id)
        return try await shop.owner.imports.apply(state, on: shop.router.id, digest: plan.digest, key: key)
    }

    @Test("a plan tells new, ours, ended, foreign, conflicting and refused apart", arguments: Backing.allCases)
    func aPlanSaysWhatBecomesOfEachUser(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let ours = try await shop.generate().vouchers[0].code
        let other = try await shop.owner.routers.add(.fixture("Other"), key: .new())
        let elsewhere = try await shop.owner.vouchers.generate(1, of: shop.package.id, on: other.id, key: .new())
        let state = HotspotState.fixture(users: [
            HotspotUserText(name: "NEW1", profile: "1day", comment: "vc-345-03.01.26-shop"),
            HotspotUserText(name: ours.lowercased()),
            HotspotUserText(name: "DONE", comment: "mar/01/2020 07:30:00"),
            HotspotUserText(name: "THEIRS", comment: "VOUCHER_SYSTEM|1|2|3"),
            HotspotUserText(name: elsewhere.vouchers[0].code),
            HotspotUserText(name: "new1"),
            HotspotUserText(name: "BAD", uptime: "soon"),
            HotspotUserText(name: "LONGPROFILE", profile: String(repeating: "p", count: 101)),
        ])
        let before = try await shop.owner.audit.entries(AuditFilter(), PageRequest(isCounted: true)).total
        let plan = try await shop.owner.imports.plan(state, on: shop.router.id)
        let verdicts = plan.entries.map(\.verdict)
        #expect(verdicts[0] == .new(.unused))
        #expect(verdicts[1] == .ours)
        #expect(verdicts[2] == .ended(.expired))
        #expect(verdicts[3] == .foreign)
        for index in [4, 5] {
            guard case .conflicting = verdicts[index] else {
                Issue.record("\(verdicts[index])")
                continue
            }
        }
        guard case .refused(field: "uptime", _) = verdicts[6] else { throw Failure(verdict: verdicts[6]) }
        guard case .refused(field: "routerProfile", _) = verdicts[7] else { throw Failure(verdict: verdicts[7]) }
        #expect(plan.newVouchers == 1)
        #expect(plan.packages == ["1day"])
        #expect(try await shop.owner.vouchers.list().items.count == 2, "a plan changes nothing")
        #expect(try await shop.owner.audit.entries(AuditFilter(), PageRequest(isCounted: true)).total == before)
    }

    private struct Failure: Error { let verdict: ImportPlan.Verdict }

    @Test(arguments: Backing.allCases)
    func usersGoOnWhereTheyStand(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let zone = FixedOffsetCalendar(seconds: 3 * 3_600)
        let end = shop.clock.now + .seconds(7_200)
        let local = zone.local(end)
        let state = HotspotState.fixture(
            users: [
                HotspotUserText(
                    name: "A7K2",
                    password: "secret",
                    profile: "1day",
                    comment: "\(local.date) \(local.time)",
                    limitBytesTotal: "1000000",
                    uptime: "1h",
                    bytesIn: "10",
                    bytesOut: "20"
                ),
                HotspotUserText(name: "B8L3", password: "B8L3", profile: "1day", comment: "vc-345-01.01.20-x"),
                HotspotUserText(name: "C9M4", profile: "1day", disabled: "true"),
            ],
            at: shop.clock.now
        )
        let batches = try await apply(state, shop)
        #expect(batches.flatMap(\.vouchers).count == 3)
        let active = try await shop.owner.vouchers.voucher(code: "a7k2")
        #expect(active.access == .active)
        #expect(active.expiresAt == Timestamp(secondsSince1970: end.secondsSince1970))
        #expect(active.activatedAt == active.expiresAt.map { $0 - .seconds(86_400) })
        #expect(active.password?.value == "secret")
        #expect(active.usage.totals == .init(uptime: .seconds(3_600), bytesIn: 10, bytesOut: 20))
        #expect(active.remaining(at: shop.clock.now).bytes == 999_970)
        #expect(active.commercial == .sold)
        #expect(active.paidPrice.isZero)
        #expect(active.terms.price == Money(minorUnits: 1_500, currency: .ugx))
        let unused = try await shop.owner.vouchers.voucher(code: "B8L3")
        #expect((unused.access, unused.commercial, unused.password) == (.unused, .generated, nil))
        #expect(try await shop.owner.vouchers.voucher(code: "C9M4").access == .disabled)
        #expect(try await shop.balances() == [:], "what was sold before our books began is not in them")
        #expect(try await shop.owner.packages.list().map(\.name).contains("1day"))
        // The counters of the row go on: nothing is counted twice.
        try await shop.see("A7K2", uptime: .seconds(3_600), bytesIn: 10, bytesOut: 20)
        #expect(try await shop.owner.vouchers.voucher(code: "A7K2").usage.bytesTotal == 30)
        // One that was in stock is sold and earned like any other.
        _ = try await shop.owner.vouchers.sell(codes: ["B8L3"], key: .new())
        try await shop.see("B8L3")
        #expect(try await shop.balances()["voucher-revenue"] == -1_500)
        try await shop.expectSoundBooks()
    }

    @Test(arguments: Backing.allCases)
    func theSamePlanUnderTheSameKeyIsDoneOnce(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let state = HotspotState.fixture(at: shop.clock.now)
        let key = IdempotencyKey.new()
        let plan = try await shop.owner.imports.plan(state, on: shop.router.id)
        let first = try await shop.owner.imports.apply(state, on: shop.router.id, digest: plan.digest, key: key)
        let again = try await shop.owner.imports.apply(state, on: shop.router.id, digest: plan.digest, key: key)
        #expect(again == first)
        #expect(try await shop.owner.vouchers.list().items.count == 1)
        await expectRefusal(.conflict, field: "digest") {
            try await shop.owner.imports.apply(state, on: shop.router.id, digest: plan.digest, key: .new())
        }
        #expect(try await shop.owner.imports.plan(state, on: shop.router.id).entries.map(\.verdict) == [.ours])
    }

    @Test func aPlanThatWouldComeOutOtherwiseIsNotCarriedOut() async throws {
        let shop = try await Shop.open(.memory)
        let plan = try await shop.owner.imports.plan(.fixture(at: shop.clock.now), on: shop.router.id)
        let used = HotspotState.fixture(
            users: [HotspotUserText(name: "A7K2", password: "A7K2", profile: "1day", uptime: "1m")],
            at: shop.clock.now
        )
        await expectRefusal(.conflict, field: "digest") {
            try await shop.owner.imports.apply(used, on: shop.router.id, digest: plan.digest, key: .new())
        }
        #expect(try await shop.owner.vouchers.list().items.count == 0)
        #expect(try await shop.owner.packages.list().count == 1)
    }

    @Test("R18: sales that mikhmon wrote twice count once, and none is taken from the router")
    func salesThatMikhmonWroteTwiceCountOnce() async throws {
        let shop = try await Shop.open(.memory)
        let row = "mar/01/2026-|-07:30:00-|-A7-|-1500-|-10.5.0.9-|-AA:BB:CC:00:11:22-|-1d-|-1day-|-vc"
        let later = "2026-04-01-|-07:30:00-|-B8-|-2000-|-10.5.0.9-|-AA:BB:CC:00:11:23-|-1d-|-1day-|-vc"
        let state = HotspotState.fixture(saleRows: [row, row, later, "nonsense"], at: shop.clock.now)
        let plan = try await shop.owner.imports.plan(state, on: shop.router.id)
        #expect(plan.sales.map(\.month) == ["2026-03", "2026-04"])
        #expect(plan.sales.map(\.total.minorUnits) == [1_500, 2_000])
        #expect(plan.repeatedSales == 1)
        #expect(plan.remarks.contains("1 sale rows cannot be read."))
    }

    @Test("a clock that is off, and a state that is old, are refused")
    func clocksAreChecked() async throws {
        let shop = try await Shop.open(.memory)
        var state = HotspotState.fixture(at: shop.clock.now)
        state.secondsFromUTC = 0
        await expectRefusal(.invalidInput, field: "clock") {
            try await shop.owner.imports.plan(state, on: shop.router.id)
        }
        let old = HotspotState.fixture(at: shop.clock.now - .seconds(90_000))
        await expectRefusal(.invalidInput, field: "readAt") {
            try await shop.owner.imports.plan(old, on: shop.router.id)
        }
    }
}
