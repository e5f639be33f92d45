import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("Sessions on routers and use by day")
struct NetworkSessionTests {
    /// What a router shows of one voucher: its row, and its open sessions by device.
    private func observe(
        _ shop: Shop,
        _ code: String,
        row: VoucherUsage.Counters = .init(),
        _ devices: [String: VoucherUsage.Counters],
        complete: Set<SessionKind> = [.hotspot]
    ) async throws {
        let together = devices.values.reduce(VoucherUsage.Counters()) { $0.adding($1) }
        let longest = devices.values.map(\.uptime).max()
        try await shop.billing.provisioning.recordObservations(
            shop.router.id,
            [
                VoucherObservation(
                    code: code,
                    evidence: .activeSession,
                    at: shop.clock.now - (longest ?? .zero),
                    row: row,
                    session: devices.isEmpty ? nil : together,
                    openSessions: devices.sorted { $0.key < $1.key }.map { OpenSession(hardwareAddress: $0, used: $1) }
                )
            ],
            at: shop.clock.now,
            complete: complete
        )
    }

    private func used(_ minutes: Int64, _ bytesIn: Int64, _ bytesOut: Int64 = 0) -> VoucherUsage.Counters {
        VoucherUsage.Counters(uptime: .seconds(60 * minutes), bytesIn: bytesIn, bytesOut: bytesOut)
    }

    @Test("a session goes on from reading to reading, and is over when it is not shown", arguments: Backing.allCases)
    func sessionsAreFolded(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        let sessions = shop.owner.networkSessions
        shop.clock.advance(by: .seconds(300))
        let start = shop.clock.now - .seconds(60)
        try await observe(shop, code, ["AA": used(1, 10), "BB": used(2, 5)])
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(6, 70), "BB": used(7, 9)])
        var open = try await sessions.list(NetworkSessionFilter(router: shop.router.id, isOpen: true)).items.map(
            \.session
        )
        #expect(open.map(\.hardwareAddress) == ["AA", "BB"])
        #expect(open.map(\.bytesIn) == [70, 9])
        #expect(open[0].startedAt == start)

        // What could not be read in full ends nothing.
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(11, 80)], complete: [])
        open = try await sessions.list(NetworkSessionFilter(isOpen: true)).items.map(\.session)
        #expect(open.map(\.hardwareAddress) == ["AA", "BB"])
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(1, 3)])
        let all = try await sessions.list().items.map(\.session)
        #expect(all.map(\.hardwareAddress) == ["AA", "AA", "BB"])
        #expect(all.map(\.endReason) == [nil, .replaced, .vanished])
        #expect(all.map(\.bytesIn) == [3, 80, 9])

        // A voucher whose row is gone from the router has no session there either.
        shop.clock.advance(by: .seconds(300))
        try await shop.billing.provisioning.recordObservations(
            shop.router.id,
            [],
            at: shop.clock.now,
            complete: [.hotspot]
        )
        #expect(try await sessions.list(NetworkSessionFilter(isOpen: true)).items.count == 0)
    }

    @Test("counters that go back begin a new count, and a restart new sessions", arguments: Backing.allCases)
    func resetsLowerNothing(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        let provisioning = shop.billing.provisioning
        func boot(_ uptime: Int64) async throws {
            try await provisioning.recordStatus(
                shop.router.id,
                RouterReading(status: .online, uptime: .seconds(uptime))
            )
        }
        try await boot(1_000)
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(1, 100)])
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(6, 30)])
        let session = try #require(try await shop.owner.networkSessions.list().items.first?.session)
        #expect((session.bytesIn, session.counterEpoch) == (130, 1))

        try await boot(60)
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(2, 7)])
        let all = try await shop.owner.networkSessions.list().items.map(\.session)
        #expect(all.map(\.routerEpoch) == [1, 0])
        #expect(all.map(\.endReason) == [nil, .routerRestarted])
        #expect(all.map(\.bytesIn) == [7, 130])
    }

    @Test("the days of use add up to what the voucher used, to the last byte", arguments: Backing.allCases)
    func daysAddUp(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        let zone = FixedOffsetCalendar(seconds: 3 * 3_600)
        let today = zone.date(shop.clock.now)
        let midnight = zone.startOfDay(today.adding(days: 1))
        shop.clock.advance(by: (midnight - .seconds(3_600)) - shop.clock.now)
        try await observe(shop, code, ["AA": used(1, 1_001, 10)])
        shop.clock.advance(by: .seconds(3 * 3_600 - 60))
        try await observe(shop, code, ["AA": used(3 * 60, 4_003, 31)])
        // The session ended between two readings: only the row tells what was used last.
        try await observe(shop, code, row: used(3 * 60, 4_010, 32), [:])
        func use(_ days: Int64, from offset: Int64 = 0) async throws -> [PackageUse] {
            try await shop.owner.reports.usage(DateRange(from: today.adding(days: offset), days: days))
        }
        let whole = try #require(try await use(2).first)
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        #expect((whole.bytesIn, whole.bytesOut, whole.uptime) == (4_010, 32, .seconds(3 * 3_600)))
        #expect((voucher.usage.bytesIn, voucher.usage.bytesOut) == (whole.bytesIn, whole.bytesOut))
        #expect((whole.router, whole.packageName, whole.userDays) == (shop.router.id, "3 Hours", 2))
        let parts = try await [use(1), use(1, from: 1)].flatMap { $0 }
        #expect(parts.map(\.userDays) == [1, 1])
        #expect(parts.map(\.bytesIn).reduce(0, +) == 4_010)
        #expect(parts.allSatisfy { $0.bytesIn > 0 })
        #expect(try await use(30, from: 2).isEmpty)
    }

    @Test("who is assigned elsewhere sees neither sessions nor use", arguments: Backing.allCases)
    func reachHolds(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        shop.clock.advance(by: .seconds(300))
        try await observe(shop, code, ["AA": used(1, 100)])
        let other = try await shop.owner.routers.add(.fixture("Roof"), key: .new())
        let draft = TokenDraft(
            name: "branch",
            role: .superAdministrator,
            assignment: StaffAssignment(routers: [other.id])
        )
        let stranger = try await shop.billing.apiSession(token: shop.owner.tokens.create(draft, key: .new()).secret)
        let days = DateRange(from: LocalDate(shop.clock.now), days: 2)
        #expect(try await stranger.networkSessions.list().items.count == 0)
        #expect(try await stranger.reports.usage(days).isEmpty)
        #expect(try await shop.owner.networkSessions.list().items.count == 1)
        #expect(try await shop.owner.reports.usage(days).count == 1)
    }
}
