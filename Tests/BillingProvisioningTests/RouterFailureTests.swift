import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSClient
import RouterOSProtocol
import RouterOSTesting
import Testing

/// How other systems fail on routers as they are; each test fails on what they do.
///
/// More of them are in `RouterRealityTests`.
@Suite("How others fail on routers")
struct RouterFailureTests {
    // MARK: Counters and sessions

    @Test("R2: what an open session uses counts although the row does not show it, and once when the row does")
    func r2CountersSettleAtLogOut() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(60))
        try shop.simulator.addTraffic(user: code, in: 100, out: 900)
        #expect(shop.simulator.rows(HotspotUser.self).first?.bytesOut == 0)
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).access == .active)
        #expect(try await shop.voucher(code).usage.bytesTotal == 1_000)
        shop.simulator.logOut(address: "10.5.50.2")
        await shop.provisioner.syncOnce()
        #expect(shop.simulator.rows(HotspotUser.self).first?.bytesOut == 900)
        let usage = try await shop.voucher(code).usage
        #expect(usage.bytesTotal == 1_000 && usage.uptime == .seconds(60))
    }

    @Test("R16: a session that the power took ends in the records, lets its customer in again, and costs nothing twice")
    func r16LostSession() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(600))
        await shop.provisioner.syncOnce()
        shop.simulator.inject(.powerCut)
        shop.advance(by: .seconds(60))
        #expect(throws: Never.self) { try shop.logIn(code) }
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        let sessions = try await shop.session.networkSessions.list().items.map(\.session)
        #expect(sessions.count == 2 && sessions.count { $0.isOpen } == 1)
        #expect(sessions.first { !$0.isOpen }?.endReason == .routerRestarted)
        // The minute before the first reading of the new session is forgone; what was read before is not.
        #expect(try await shop.voucher(code).usage.uptime == .seconds(600))
        shop.advance(by: .seconds(60))
        await shop.provisioner.syncOnce()
        #expect(try await shop.voucher(code).usage.uptime == .seconds(660))
    }

    // MARK: Limits

    /// What makes the row of a voucher count from zero again.
    enum Loss: CaseIterable { case removed, reset, powerCut, factoryReset, restored }

    @Test("a row that counts anew gives what is left of the allowance, not a fresh one", arguments: Loss.allCases)
    func freshRow(loss: Loss) async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        let backup = shop.simulator.savedTables()
        try shop.logIn(code)
        shop.advance(by: .seconds(3_600))
        try shop.simulator.addTraffic(user: code, in: 0, out: 1 << 30)
        shop.simulator.logOut(address: "10.5.50.2")
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        switch loss {
        case .removed: try shop.simulator.run("/ip/hotspot/user/remove", [".id": code])
        case .reset: try shop.simulator.run("/ip/hotspot/user/reset-counters", [".id": code])
        case .powerCut: shop.simulator.inject(.powerCut)
        case .factoryReset: shop.simulator.inject(.factoryReset(keepsUser: true))
        case .restored: try shop.simulator.restoreTables(backup)
        }
        for _ in 0..<3 {
            await shop.provisioner.syncOnce()
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(300))
        }
        let row = try #require(shop.simulator.rows(HotspotUser.self).first)
        // Three hours and 1.5 GiB, of which an hour and 1 GiB were used.
        #expect(row.limitUptime.map { $0 - row.uptime } == .seconds(7_200))
        #expect(row.limitBytesTotal == ByteCount((512 << 20) + row.bytesIn + row.bytesOut))
        #expect(try await shop.voucher(code).provisioning == .present)
        #expect(try await shop.provisioner.plan(shop.router.id).isConverged)
    }

    @Test("a router that loses everything in the midst of a first session gives what is left, reading after reading")
    func resetInSession() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        shop.advance(by: .seconds(3_600))
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        shop.simulator.inject(.factoryReset(keepsUser: true))
        for _ in 0..<3 {
            await shop.provisioner.syncOnce()
            await shop.provisioner.provisionOnce()
            #expect(shop.simulator.rows(HotspotUser.self).map(\.limitUptime) == [.seconds(7_200)])
            shop.advance(by: .seconds(300))
        }
        #expect(try await shop.voucher(code).usage.uptime == .seconds(3_600))
    }

    @Test("data that is bought when a row has gone counts from what is left, and a row that stands is not read as new")
    func toppedUp() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        try shop.simulator.addTraffic(user: code, in: 0, out: 1_536 << 20)
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty)
        _ = try await shop.session.vouchers.extend(
            code: code,
            by: VoucherGrant(bytes: .mebibytes(100)),
            cause: "paid",
            key: .new()
        )
        for _ in 0..<2 {
            await shop.provisioner.provisionOnce()
            #expect(shop.simulator.rows(HotspotUser.self).map(\.limitBytesTotal) == [ByteCount(100 << 20)])
            await shop.provisioner.syncOnce()
        }
        #expect(try await shop.voucher(code).provisioning == .present)
    }

    // MARK: Clocks

    @Test(
        "R3: whatever a router's clock says, first use and end are told by ours, and nobody ends by the jump",
        arguments: [-1_700_000_000, -86_400, 86_400, 400_000_000] as [Int64]
    )
    func r3RouterClock(jump: Int64) async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        shop.simulator.inject(.clockJump(by: .seconds(jump)))
        try shop.logIn(code)
        let login = shop.now
        shop.advance(by: .seconds(30))
        await shop.provisioner.syncOnce()
        shop.simulator.inject(.clockJump(by: .seconds(-jump)))
        await shop.provisioner.syncOnce()
        await shop.provisioner.expireOnce()
        let voucher = try await shop.voucher(code)
        #expect(voucher.access == .active && voucher.activatedAt == login)
        #expect(voucher.expiresAt == login + .seconds(86_400))
    }

    @Test(
        "R4: durations and stamps are read in every form that routers write",
        arguments: [
            ("3h15m", 11_700), ("03:15:00", 11_700), ("2d03:15:00", 184_500), ("1w2d", 777_600), ("11700", 11_700),
            ("7101w", 4_294_684_800),
        ] as [(String, Int64)]
    )
    func r4Durations(text: String, seconds: Int64) {
        #expect(Duration(routerOS: text) == .seconds(seconds))
    }

    @Test("R4: a stamp of the sixth generation is that of the seventh", arguments: 1...12)
    func r4Stamps(month: Int) throws {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
        let two = (month < 10 ? "0" : "") + String(month)
        let old = try #require(LocalDateTime(routerOS: "\(names[month - 1])/28/2026 23:59:59"))
        #expect(old == LocalDateTime(routerOS: "2026-\(two)-28 23:59:59"))
    }

    @Test("R5: a day or a month from any date of eight years is neither over at once nor longer than it is")
    func r5MonthEnds() {
        let calendar = FixedOffsetCalendar(seconds: 3 * 3_600)
        let first = Timestamp(secondsSince1970: 1_704_067_200)
        for number in 0..<(8 * 365 + 2) {
            let start = first + .seconds(Int64(number) * 86_400 + 3_661)
            #expect(Validity.elapsed(.seconds(86_400)).end(from: start, in: calendar) == start + .seconds(86_400))
            #expect(Validity.days(1).end(from: start, in: calendar) == start + .seconds(86_400))
            let month = Validity.months(1).end(from: start, in: calendar) - start
            #expect(month >= .seconds(28 * 86_400) && month <= .seconds(31 * 86_400))
        }
    }

    @Test("R6: use ends at the very second that it is paid until, which is not in a hole", arguments: [-1, 0, 1])
    func r6Boundary(second: Int64) async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        await shop.provisioner.syncOnce()
        shop.simulator.logOut(address: "10.5.50.2")
        shop.advance(by: .seconds(86_400 + second))
        await shop.provisioner.expireOnce()
        #expect(try await shop.voucher(code).access == (second < 0 ? .active : .expired))
    }

    @Test("R20: what is left is never less than nothing nor more than was sold, whatever the clock", arguments: 0..<3)
    func r20TimeLeft(number: Int) async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        await shop.provisioner.syncOnce()
        let voucher = try await shop.voucher(code)
        let far = Timestamp(microsecondsSince1970: number == 0 ? .min : .max)
        let left = voucher.remaining(at: number == 2 ? shop.now : far)
        #expect(left.countdown.map { $0 >= .zero } == true && left.uptime == .seconds(10_800))
        #expect(left.countdownText.hasPrefix(number == 1 ? "00:00:00" : "03:00:00"))
    }

    // MARK: Endings

    @Test("R11: an end is carried through once though every message about it fails")
    func r11NotifierFails() async throws {
        let shop = try await Shop()
        let code = try #require(try await shop.generate(1, sold: true).first)
        await shop.provisioner.provisionOnce()
        try shop.logIn(code)
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(86_400))
        for _ in 0..<3 {
            await shop.provisioner.expireOnce()
            for message in try await shop.billing.outgoing.claim() {
                _ = try await shop.billing.outgoing.fail(message, "no answer", retryAt: nil)
            }
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(60))
        }
        #expect(shop.usersOnRouter.isEmpty && shop.hotspotOnline.isEmpty)
        let trail = try await shop.session.audit.entries().items
        #expect(trail.count { $0.action == "voucher.expire" } == 1)
        #expect(try await shop.voucher(code).provisioning == .removed)
    }

    @Test("R12: who is gone from the books does not keep a row on the router")
    func r12CustomerGone() async throws {
        let shop = try await Shop()
        let account = try await shop.account("ann")
        await shop.provisioner.provisionOnce()
        #expect(shop.secrets.map(\.name) == ["ann"])
        _ = try await shop.session.serviceAccounts.delete(account.id)
        _ = try await shop.session.customers.close(account.customer)
        _ = try await shop.session.customers.erase(account.customer)
        await shop.provisioner.provisionOnce()
        #expect(shop.secrets.isEmpty)
        #expect(try await shop.account(account.id).provisioning == .removed)
    }

    @Test(
        "R13: who is cut off is off the line in the end, also when the router refuses any one command",
        arguments: 1...12
    )
    func r13Refused(command: Int) async throws {
        let shop = try await Shop()
        let accounts = try await shop.accountsCutOffOnLine()
        shop.simulator.inject(.trap(atCommand: command, "failure: router is busy"))
        for _ in 0..<4 {
            await shop.provisioner.provisionOnce()
            shop.advance(by: .seconds(20))
        }
        #expect(shop.pppOnline.isEmpty && shop.hotspotOnline.isEmpty, "command \(command) was refused")
        for id in accounts { #expect(try await shop.account(id).provisioning == .present) }
    }

    @Test("R14: an address of one's own is given up before the profile of those who have not paid is taken on")
    func r14Order() async throws {
        let shop = try await Shop()
        try shop.openPool()
        _ = try await shop.session.settings.set(.unpaidProfile, to: "unpaid")
        _ = try await shop.subscriber("ann", address: "10.1.1.7")
        await shop.provisioner.provisionOnce()
        shop.advance(by: .seconds(31 * 86_400))
        _ = try await shop.billing.collection.sweepSubscriptions(tenant: shop.tenant.id)
        shop.simulator.clearTranscript()
        await shop.provisioner.provisionOnce()
        let writes = shop.simulator.transcript.filter {
            $0.path.hasPrefix("/ppp/secret/") && !$0.path.hasSuffix("print")
        }
        #expect(writes.map(\.path) == ["/ppp/secret/unset", "/ppp/secret/set"])
        #expect(writes.last?.description.contains("profile=unpaid") == true)
    }

    // MARK: Long and odd tables

    @Test("R17: ten thousand users and values of many lines are read in full, every time")
    func r17LongTables() async throws {
        let shop = try await Shop()
        let rows = (0..<9_999).map { "/ip/hotspot/user name=guest\($0) comment=\"a guest\"" }
        try shop.simulator.add(rows: rows.joined(separator: "\n"))
        try shop.simulator.run("/ip/hotspot/user/add", ["name": "odd", "comment": "one\r\n!done\n\n=name=two"])
        try shop.simulator.run(
            "/ip/hotspot/user/profile/set",
            [".id": "default", "on-login": ":put \"one\"\r\n:log info \"=two\"\n!done\n"]
        )
        let code = try await shop.voucherOnRouter()
        try shop.logIn(code)
        await shop.provisioner.syncOnce()
        let plan = try await shop.provisioner.plan(shop.router.id)
        #expect(plan.foreign == 10_000 && plan.standing == 1 && plan.lines.isEmpty)
        #expect(try await shop.voucher(code).access == .active)
        #expect(try await shop.session.routers.router(shop.router.id).statusDetail == nil)
    }
}
