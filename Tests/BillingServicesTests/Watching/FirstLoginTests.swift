import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

@Suite("First logins that a router tells of")
struct FirstLoginTests {
    private static let device = DeviceAddress("AA:00:00:00:00:01")

    /// A shop whose router was read ten minutes ago, with a voucher made just before.
    private func shop(_ backing: Backing = .memory) async throws -> (Shop, code: String) {
        let shop = try await Shop.open(backing)
        let code = try await shop.generate(1, sold: true).vouchers[0].code
        try await shop.read()
        shop.clock.advance(by: .seconds(600))
        return (shop, code)
    }

    @discardableResult
    private func note(
        _ shop: Shop,
        _ code: String,
        _ source: ObservedLogin.Source = .callback,
        ago: Duration = .zero,
        stamp: Timestamp? = nil
    ) async throws -> ObservationSummary {
        let login = ObservedLogin(
            username: code,
            device: Self.device,
            source: source,
            receivedAt: shop.clock.now - ago,
            stamp: stamp
        )
        return try await shop.billing.provisioning.noteFirstLogin(login, on: shop.router.id)
    }

    @Test("a callback activates the voucher once, and its row follows", arguments: Backing.allCases)
    func callback(backing: Backing) async throws {
        let (shop, code) = try await shop(backing)
        let login = shop.clock.now
        #expect(try await note(shop, code.lowercased()).activated == 1)
        let first = try await shop.owner.vouchers.voucher(code: code)
        #expect((first.access, first.activatedAt, first.activationEvidence) == (.active, login, .loginCallback))
        #expect(first.expiresAt == login + .seconds(3 * 3_600) && first.provisioning == .pending)
        #expect(try await shop.owner.vouchers.devices(code: code).map(\.address) == [Self.device])
        shop.clock.advance(by: .seconds(60))
        for source in ObservedLogin.Source.allCases { #expect(try await note(shop, code, source).activated == 0) }
        let second = try await shop.owner.vouchers.voucher(code: code)
        #expect((second.activatedAt, second.expiresAt) == (first.activatedAt, first.expiresAt))
        let trail = try await shop.owner.audit.entries(AuditFilter(subject: "voucher:\(first.id)")).items
        #expect(trail.count { $0.action == "voucher.activate" } == 1)
    }

    @Test("two callbacks at once activate once")
    func race() async throws {
        let (shop, code) = try await shop()
        async let one = note(shop, code)
        async let two = note(shop, code)
        let activated = try await [one.activated, two.activated]
        #expect(activated.sorted() == [0, 1])
    }

    @Test("it moves the first use of before within the gap between two readings, and holds from then on")
    func better() async throws {
        let (shop, code) = try await shop()
        let known = shop.clock.now
        try await shop.see(code, uptime: .seconds(30))
        #expect(try await shop.owner.vouchers.voucher(code: code).activatedAt == known - .seconds(30))
        // It was on its way for a while; what it says lies between the two readings.
        try await note(shop, code, ago: .seconds(200))
        let better = try await shop.owner.vouchers.voucher(code: code)
        #expect((better.activatedAt, better.activationEvidence) == (known - .seconds(200), .loginCallback))
        try await note(shop, code, ago: .seconds(500))
        try await note(shop, code, ago: .seconds(5_000))
        shop.clock.advance(by: .seconds(300))
        try await shop.see(code, uptime: .seconds(550))
        #expect(try await shop.owner.vouchers.voucher(code: code).activatedAt == known - .seconds(200))
    }

    @Test("what lies before the reading that showed the voucher unused is not believed")
    func tooEarly() async throws {
        let (shop, code) = try await shop()
        let lastRead = shop.clock.now - .seconds(600)
        try await shop.see(code, uptime: .seconds(30))
        let first = try await shop.owner.vouchers.voucher(code: code)
        try await note(shop, code, ago: .seconds(700))
        #expect(try await shop.owner.vouchers.voucher(code: code).activatedAt == first.activatedAt)
        #expect(lastRead < (first.activatedAt ?? lastRead))
    }

    @Test(
        "the router's stamp counts, brought to our clock, if that was found right lately",
        arguments: [
            (0, 0, 300), (-100, 0, 300), (100, 0, 300), (121, 0, nil), (-121, 0, nil), (0, 90_000, nil), (nil, 0, nil),
        ] as [(Int64?, Int64, Int64?)],
        ObservedLogin.Source.allCases
    )
    func stamps(clock: (drift: Int64?, age: Int64, ago: Int64?), source: ObservedLogin.Source) async throws {
        let (drift, age, ago) = clock
        let (shop, code) = try await shop()
        if let drift {
            let reading = RouterReading(status: .online, clockDrift: .seconds(drift))
            try await shop.billing.provisioning.recordStatus(shop.router.id, reading)
        }
        shop.clock.advance(by: .seconds(age))
        let stamp = shop.clock.now - .seconds(300) + .seconds(drift ?? 0)
        try await note(shop, code, source, stamp: stamp)
        let voucher = try await shop.owner.vouchers.voucher(code: code)
        switch source {
        case .callback:
            #expect(voucher.activatedAt == shop.clock.now - .seconds(ago ?? 0))
            #expect(voucher.activationEvidence == .loginCallback)
        case .log:
            // It may be a line of any time.
            #expect(voucher.activatedAt == ago.map { shop.clock.now - .seconds($0) })
            #expect(voucher.activationEvidence == ago.map { _ in .log })
            #expect(voucher.usage.lastSeenAt == nil)
        }
    }

    @Test(
        "a line of the log from before the last reading, before the voucher was made or without a time counts for nothing",
        arguments: [(601, false), (599, true), (0, true), (nil, false)] as [(Int64?, Bool)]
    )
    func lineOfTheLog(ago: Int64?, counts: Bool) async throws {
        let (shop, code) = try await shop()
        let reading = RouterReading(status: .online, clockDrift: .zero)
        try await shop.billing.provisioning.recordStatus(shop.router.id, reading)
        try await note(shop, code, .log, stamp: ago.map { shop.clock.now - .seconds($0) })
        #expect(try await (shop.owner.vouchers.voucher(code: code).activatedAt != nil) == counts)
        let late = try await shop.generate(1, sold: true).vouchers[0].code
        try await note(shop, late, .log, stamp: shop.clock.now - .seconds(1))
        #expect(try await shop.owner.vouchers.voucher(code: late).activatedAt == nil)
    }

    @Test("a stamp from the future counts as now with a callback, and for nothing in the log")
    func future() async throws {
        let (shop, code) = try await shop()
        let reading = RouterReading(status: .online, clockDrift: .zero)
        try await shop.billing.provisioning.recordStatus(shop.router.id, reading)
        try await note(shop, code, .log, ago: .seconds(-60), stamp: shop.clock.now + .seconds(1))
        #expect(try await shop.owner.vouchers.voucher(code: code).activatedAt == nil)
        try await note(shop, code, .callback, ago: .seconds(-60), stamp: shop.clock.now + .seconds(90))
        #expect(try await shop.owner.vouchers.voucher(code: code).activatedAt == shop.clock.now)
    }

    @Test("who is unknown, ended, disabled or on another router is left alone")
    func leftAlone() async throws {
        let (shop, code) = try await shop()
        #expect(try await note(shop, "NOBODY").foreign == 1)
        _ = try await shop.owner.vouchers.disable(code: code)
        #expect(try await note(shop, code).activated == 0)
        #expect(try await shop.owner.vouchers.voucher(code: code).access == .disabled)
        let other = try await shop.owner.routers.add(.fixture("Roof"), key: .new())
        let login = ObservedLogin(username: code, source: .callback, receivedAt: shop.clock.now)
        #expect(try await shop.billing.provisioning.noteFirstLogin(login, on: other.id).foreign == 1)
        try await shop.owner.routers.remove(other.id)
        #expect(try await shop.billing.provisioning.noteFirstLogin(login, on: other.id).foreign == 0)
    }
}

extension Shop {
    /// A reading of the router that shows nothing.
    fileprivate func read() async throws {
        try await billing.provisioning.recordObservations(router.id, [], at: clock.now)
    }
}
