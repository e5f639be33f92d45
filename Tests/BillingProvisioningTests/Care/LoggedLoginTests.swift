import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSTesting
import Testing

@Suite("Logins that only the log of a router shows")
struct LoggedLoginTests {
    /// A shop that was read just now, with one voucher on its router.
    private func open() async throws -> (Shop, code: String) {
        let shop = try await Shop.onTime()
        try shop.simulator.run("/system/clock/set", ["time-zone-name": "Africa/Kampala"])
        let code = try await shop.voucherOnRouter()
        await shop.provisioner.syncOnce()
        return (shop, code)
    }

    /// Somebody is on line for a minute, a while before anybody looks.
    private func useForAMinute(_ shop: Shop, _ code: String) throws -> Timestamp {
        shop.advance(by: .seconds(100))
        let login = shop.now
        try shop.logIn(code)
        shop.advance(by: .seconds(60))
        shop.simulator.logOut(address: "10.5.50.2")
        shop.advance(by: .seconds(120))
        return login
    }

    @Test("the first use is when the log says so, not when counters make it look so; once")
    func first() async throws {
        let (shop, code) = try await open()
        let login = try useForAMinute(shop, code)
        for _ in 0..<2 {
            await shop.provisioner.syncOnce()
            let voucher = try await shop.voucher(code)
            #expect(voucher.activationEvidence == .log && voucher.usage.totals.uptime == .seconds(60))
            // Clocks of routers show whole seconds.
            #expect(try abs((#require(voucher.activatedAt) - login).components.seconds) <= 1)
            shop.advance(by: .seconds(300))
        }
        let entries = try await shop.session.audit.entries(AuditFilter(action: "voucher.activate")).items
        #expect(entries.count == 1)
    }

    @Test("a clock that is wrong is believed in nothing: the counters say when it was", arguments: [-3_600, 3_600])
    func wrongClock(step: Int64) async throws {
        let (shop, code) = try await open()
        shop.simulator.inject(.clockJump(by: .seconds(step)))
        _ = try useForAMinute(shop, code)
        await shop.provisioner.syncOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.activationEvidence == .userCounters && voucher.activatedAt == shop.now - .seconds(60))
    }

    @Test("a row that was lost with its counters was in use all the same")
    func lostRow() async throws {
        let (shop, code) = try await open()
        let login = try useForAMinute(shop, code)
        try shop.simulator.run("/ip/hotspot/user/remove", [".id": code])
        await shop.provisioner.syncOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.access == .active && voucher.activationEvidence == .log)
        #expect(try abs((#require(voucher.activatedAt) - login).components.seconds) <= 1)
    }

    @Test("whoever's row has the name of a voucher uses no voucher, with a prefix before the name and without")
    func foreignRow() async throws {
        let shop = try await Shop.onTime()
        try shop.simulator.run("/system/clock/set", ["time-zone-name": "Africa/Kampala"])
        let codes = try await shop.generate(2)
        // Somebody has taken the name of the one, in letters of their own, and the other as the end of theirs.
        for name in [codes[0].lowercased(), "guest \(codes[1])"] {
            try shop.simulator.run(
                "/ip/hotspot/user/add",
                ["name": name, "password": "theirs", "comment": "a friend"]
            )
        }
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(100))
        for name in [codes[0].lowercased(), "guest \(codes[1])"] {
            try shop.simulator.run("/ip/hotspot/active/login", ["user": name, "password": "theirs", "ip": "10.5.50.7"])
            shop.advance(by: .seconds(60))
            shop.simulator.logOut(address: "10.5.50.7")
        }
        shop.advance(by: .seconds(120))
        await shop.provisioner.syncOnce()
        for code in codes { #expect(try await shop.voucher(code).access == .unused) }
    }

    @Test("a line from before the router started was written by a clock that was wrong")
    func beforeTheStart() async throws {
        let (shop, code) = try await open()
        shop.advance(by: .seconds(7_200))
        // At 03:14:20 in Kampala it starts with a time that it had kept, and asks for the right one only after somebody has come.
        shop.simulator.inject(.reboot())
        shop.advance(by: .seconds(60))
        try shop.simulator.run("/system/clock/set", ["date": "2023-11-15", "time": "02:14:20"])
        try shop.logIn(code)
        shop.advance(by: .seconds(60))
        shop.simulator.logOut(address: "10.5.50.2")
        try shop.simulator.run("/system/clock/set", ["date": "2023-11-15", "time": "03:15:20"])
        shop.advance(by: .seconds(120))
        await shop.provisioner.syncOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.activationEvidence == .userCounters && voucher.activatedAt == shop.now - .seconds(60))
    }

    @Test("a log that a router does not show stops nothing: what the tables showed counts", arguments: [true, false])
    func unreadable(isRefused: Bool) async throws {
        let (shop, code) = try await open()
        _ = try useForAMinute(shop, code)
        shop.simulator.clearTranscript()
        await shop.provisioner.syncOnce()
        let (other, another) = try await open()
        _ = try useForAMinute(other, another)
        let place = try #require(shop.simulator.transcript.firstIndex { $0.path == "/log/print" })
        other.simulator.inject(
            isRefused
                ? .trap(atCommand: place + 1, "not enough permissions") : .dropConnection(beforeCommand: place + 1)
        )
        await other.provisioner.syncOnce()
        #expect(try await other.voucher(another).activationEvidence == .userCounters)
        let events = try await other.session.audit.routerEvents(router: other.router.id).items
        let isTold = events.contains { $0.operation == "router.care.log" && $0.detail.contains("permissions") }
        #expect(isTold == isRefused)
        #expect(try await shop.voucher(code).activationEvidence == .log)
    }
}
