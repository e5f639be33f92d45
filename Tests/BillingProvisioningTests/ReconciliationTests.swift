import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Reconciliation at every reading")
struct ReconciliationTests {
    /// What somebody may do to a router by hand.
    enum Edit: CaseIterable { case profile, comment, disabled, removed, limit }

    @Test("what somebody changes by hand is put right after the next reading", arguments: Edit.allCases)
    func drift(edit: Edit) async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        let right = shop.simulator.rows("/ip/hotspot/user").map { $0.filter { $0.key != ".id" } }
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "fast"])
        switch edit {
        case .profile: try shop.simulator.run("/ip/hotspot/user/set", [".id": code, "profile": "fast"])
        case .comment:
            try shop.simulator.run("/ip/hotspot/user/set", [".id": code, "comment": "VOUCHER_SYSTEM|9||"])
        case .disabled: try shop.simulator.run("/ip/hotspot/user/disable", [".id": code])
        case .removed: try shop.simulator.run("/ip/hotspot/user/remove", [".id": code])
        case .limit: try shop.simulator.run("/ip/hotspot/user/set", [".id": code, "limit-bytes-total": "0"])
        }
        await shop.provisioner.syncOnce()
        let found = try await shop.voucher(code)
        #expect(found.provisioning == .pending)
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.rows("/ip/hotspot/user").map { $0.filter { $0.key != ".id" } } == right)
        #expect(try await shop.voucher(code).provisioning == .present)
    }

    @Test("a row that had gone for good and is back with a restored backup goes again")
    func restored() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        let id = try await shop.account("bob", .hotspot).id
        await shop.provisioner.provisionOnce()
        let backup = shop.simulator.savedTables()
        _ = try await shop.session.vouchers.writeOff(code: code, reason: "lost", key: .new())
        _ = try await shop.session.serviceAccounts.delete(id)
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty)
        try shop.simulator.restoreTables(backup)
        #expect(shop.usersOnRouter.count == 2)
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty)
        #expect(try await shop.account(id).provisioning == .removed)
    }

    @Test("a row with our comment that nobody knows here is reported and stays")
    func unknown() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/ip/hotspot/user/add", ["name": "ABCDEFGH", "comment": "VOUCHER_SYSTEM|1||"])
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter == ["ABCDEFGH"])
        let plan = try await shop.provisioner.plan(shop.router.id)
        #expect(plan.unknown == ["…GH"] && !plan.isConverged)
    }

    @Test("of rows that nobody knows here people are told once, and again when there are others")
    func unknownIsTold() async throws {
        let shop = try await Shop.onTime()
        func told() async throws -> [String] {
            await shop.provisioner.syncOnce()
            shop.advance(by: .seconds(300))
            #expect(try await shop.alerts().allSatisfy { $0 == "alert.unknown-rows" })
            return try await shop.session.audit.routerEvents(router: shop.router.id).items
                .filter { $0.operation == "router.unknown-rows" }.map(\.detail)
        }
        #expect(try await told().isEmpty)
        try shop.simulator.run("/ip/hotspot/user/add", ["name": "ABCDEFGH", "comment": "VOUCHER_SYSTEM|1||"])
        for _ in 0..<2 { #expect(try await told().count == 1) }
        #expect(try await shop.alerts().count == 1)
        try shop.simulator.run("/ip/hotspot/user/add", ["name": "JKLMNPQR", "comment": "VOUCHER_SYSTEM|1||"])
        try shop.simulator.run("/ip/hotspot/user/add", ["name": "guest", "comment": "somebody else's"])
        for _ in 0..<2 {
            let all = try await told()
            #expect(all.count == 2 && all.contains { $0.hasPrefix("2 rows") && $0.contains("…QR") })
            #expect(!all.joined().contains("ABCDEFGH"))
        }
        #expect(try await shop.alerts().count == 2)
    }

    @Test("more than the setting allows is not changed but asked about; carried out by hand it is")
    func massChange() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(100)
        await shop.provisioner.provisionOnce()
        try shop.simulator.run("/ip/hotspot/user/profile/add", ["name": "fast"])
        for code in codes.prefix(31) {
            try shop.simulator.run("/ip/hotspot/user/set", [".id": code, "profile": "fast"])
        }
        let before = shop.simulator.savedTables()
        for _ in 0..<2 {
            await shop.provisioner.syncOnce()
            await shop.provisioner.provisionOnce()
        }
        #expect(shop.simulator.savedTables() == before)
        let detail = try await shop.session.routers.router(shop.router.id).statusDetail
        #expect(detail?.contains("31 changes") == true && detail?.contains("30 %") == true)
        for code in codes { #expect(try await shop.voucher(code).provisioning == .present) }
        let plan = try await shop.provisioner.approve(shop.router.id)
        #expect(plan.question == detail && plan.lines.count == 31)
        #expect(shop.simulator.savedTables() == before, "whoever visits it next carries it out, under a claim")
        await shop.provisioner.watchOnce()
        await shop.provisioner.provisionOnce()
        await shop.provisioner.syncOnce()
        #expect(!shop.simulator.rows(HotspotUser.self).contains { $0.profile == "fast" })
        #expect(try await shop.session.routers.router(shop.router.id).statusDetail == nil)
    }

    @Test("as much as the setting allows is put right without asking")
    func allowedChange() async throws {
        let shop = try await Shop()
        _ = try await shop.session.settings.set(.massChangeLimit, to: 10_000)
        let codes = try await shop.generate(100)
        await shop.provisioner.provisionOnce()
        for code in codes.prefix(50) { try shop.simulator.run("/ip/hotspot/user/remove", [".id": code]) }
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter == codes.sorted())
    }

    @Test("what is on its way is no deviation, and what was put aside is not asked for again")
    func onTheirWay() async throws {
        let shop = try await Shop()
        let codes = try await shop.generate(3)
        #expect(try await shop.provisioner.plan(shop.router.id).lines.isEmpty)
        #expect(try await shop.provisioner.plan(shop.router.id).waiting == 3)
        try shop.simulator.run("/ip/hotspot/user/add", ["name": codes[0], "comment": "a friend"])
        await shop.provisioner.provisionOnce()
        #expect(try await shop.voucher(codes[0]).provisioning == .failed)
        shop.simulator.clearTranscript()
        for _ in 0..<3 {
            await shop.provisioner.syncOnce()
            await shop.provisioner.provisionOnce()
        }
        #expect(!shop.simulator.transcript.contains { $0.path.hasSuffix("/add") || $0.path.hasSuffix("/set") })
    }

    @Test("a marker that is changed is written to the rows that have the old one, which stay ours meanwhile")
    func changedMarker() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        let id = try await shop.account("ann").id
        await shop.provisioner.provisionOnce()
        _ = try await shop.session.settings.set(.voucherMarker, to: "LAKE")
        _ = try await shop.session.settings.set(.pppoeMarker, to: "LAKE")
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.simulator.rows(HotspotUser.self).map(\.comment) == ["LAKE|2.50||"])
        #expect(shop.secrets.map(\.comment) == ["LAKE|C-00001|\(id)|"])
        _ = try await shop.session.vouchers.writeOff(code: code, reason: "lost", key: .new())
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter.isEmpty)
    }

    @Test("a router that is off costs no search of the records, however much should stand on it")
    func offlineCostsNothing() async throws {
        let store = CountingStore()
        let shop = try await Shop(store: store)
        await shop.provisioner.syncOnce()
        let reads = store.tenantReads
        await shop.provisioner.syncOnce()
        #expect(store.tenantReads > reads)
        shop.simulator.stop()
        let before = store.tenantReads
        await shop.provisioner.syncOnce()
        #expect(store.tenantReads == before)
        #expect(try await shop.session.routers.router(shop.router.id).status == .offline)
    }
}
