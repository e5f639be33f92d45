import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("What was used up to the end")
struct LastSightTests {
    @Test("what a voucher used since the last reading is counted before its row goes", arguments: [true, false])
    func voucherRemoved(isOnline: Bool) async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1, sold: true).first)
        await shop.provisioner.provisionOnce()
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 100, out: 900)
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        try shop.simulator.addTraffic(user: code, in: 5, out: 7)
        shop.advance(by: .seconds(60))
        if !isOnline { shop.simulator.logOut(address: "10.5.50.2") }
        _ = try await shop.session.vouchers.refund(code: code, reason: "slow", key: .new())
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty && shop.hotspotOnline.isEmpty)
        let usage = try await shop.voucher(code).usage
        #expect((usage.bytesIn, usage.bytesOut, usage.uptime) == (105, 907, .seconds(120)))
        shop.advance(by: .seconds(1))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).usage.totals == usage.totals)
        let session = try #require(try await shop.session.networkSessions.list().items.first?.session)
        #expect(!session.isOpen && session.bytesOut == (isOnline ? 907 : 900))
    }

    @Test(
        "a link that breaks on the way counts nothing twice and loses nothing",
        arguments: 1...8
    )
    func broken(command: Int) async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1, sold: true).first)
        await shop.provisioner.provisionOnce()
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 100, out: 900)
        shop.advance(by: .seconds(60))
        _ = try await shop.session.vouchers.disable(code: code)
        shop.simulator.clearTranscript()
        shop.simulator.inject(.dropConnection(afterCommand: command))
        for _ in 0..<3 {
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(20))
        }
        #expect(shop.hotspotOnline.isEmpty, "the link broke after command \(command)")
        await shop.provisioner.syncOnce()
        let usage = try await shop.voucher(code).usage
        #expect((usage.bytesIn, usage.bytesOut) == (100, 900))
    }

    @Test("what was used between the last look and the end of a session is counted when it has ended")
    func meanwhile() async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1, sold: true).first)
        await shop.provisioner.provisionOnce()
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 100, out: 900)
        _ = try await shop.session.vouchers.disable(code: code)
        let simulator = shop.simulator
        let provisioner = shop.provisioner { commands in
            InterposedCommands(inner: commands) { command in
                guard command.path == "/ip/hotspot/active/remove" else { return }
                try? simulator.addTraffic(user: code, in: 5, out: 7)
            }
        }
        await provisioner.provisionOnce()
        #expect(shop.hotspotOnline.isEmpty)
        let usage = try await shop.voucher(code).usage
        #expect((usage.bytesIn, usage.bytesOut) == (105, 907))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).usage.totals == usage.totals)
    }

    @Test("what a customer used is counted before the session is ended", arguments: ServiceKind.allCases)
    func service(kind: ServiceKind) async throws {
        let shop = try await Shop()
        try shop.openPool()
        let id = try await shop.account("ann", kind).id
        await shop.provisioner.provisionOnce()
        if kind == .pppoe {
            try shop.dial("ann")
        } else {
            try shop.simulator.logIn("ann", password: "sesame", address: "10.5.50.9")
        }
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(60))
        _ = try await shop.session.serviceAccounts.disable(id)
        await shop.provisioner.provisionOnce()
        #expect(shop.pppOnline.isEmpty && shop.hotspotOnline.isEmpty)
        shop.advance(by: .seconds(1))
        await shop.provisioner.syncOnce()
        let session = try #require(try await shop.session.networkSessions.list().items.first?.session)
        #expect(!session.isOpen && session.length == .seconds(120))
    }

    @Test("R1, R2: power lost after the login and before any reading: the callback is evidence enough")
    func callbackAndPowerCut() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(60))
        try shop.logIn(code)
        let login = shop.now
        try await shop.billing.provisioning.noteFirstLogin(
            ObservedLogin(username: code, source: .callback, receivedAt: login),
            on: shop.router.id
        )
        shop.advance(by: .seconds(60))
        shop.simulator.inject(.powerCut)
        shop.advance(by: .seconds(600))
        for _ in 0..<2 {
            await shop.provisioner.syncOnce()
            await shop.provisioner.provisionOnce()
        }
        let voucher = try await shop.voucher(code)
        #expect((voucher.access, voucher.activatedAt) == (.active, login))
        let comment = shop.simulator.rows(HotspotUser.self).first?.comment
        #expect(comment?.contains("|\(login.secondsSince1970)|") == true)
    }
}
