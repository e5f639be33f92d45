import BillingDomain
import BillingPersistence
import BillingProvisioning
import BillingServices
import RouterOSProtocol
import RouterOSTesting
import Testing

@Suite("Backups of routers")
struct RouterBackupTests {
    /// Has a backup taken: the router needs a second to make the file.
    private func sync(_ shop: Shop, times: Int = 2) async {
        for _ in 0..<times {
            await shop.provisioner.syncOnce()
            shop.advance(by: .seconds(300))
        }
    }

    private func list(_ shop: Shop) async throws -> [RouterBackup] {
        try await shop.session.backups.list(shop.router.id).items
    }

    private var ourFiles: (Shop) -> [String] {
        { shop in shop.simulator.rows("/file").compactMap { $0["name"] }.filter { $0.hasPrefix("billing-care-") } }
    }

    @Test("one is taken every day, kept sealed, and leaves nothing on the router")
    func daily() async throws {
        let shop = try await Shop()
        try shop.simulator.run("/system/identity/set", ["name": "canary-identity"])
        await sync(shop)
        let first = try #require(try await list(shop).first)
        #expect(first.identity == "canary-identity" && first.takenBy == .system("provisioning"))
        #expect(ourFiles(shop) == [])
        let contents = try await shop.session.backups.contents(first.id)
        #expect(Int64(contents.bytes.count) == first.byteCount && contents.bytes.count > 1_000)
        #expect(!String(decoding: contents.bytes, as: UTF8.self).contains("canary-identity"))
        #expect(!"\(contents)".contains(contents.password))
        await sync(shop, times: 5)
        #expect(try await list(shop).count == 1)
        shop.advance(by: .seconds(86_400))
        await sync(shop)
        #expect(try await list(shop).count == 2)
        let operations = try await shop.session.audit.routerEvents(router: shop.router.id).items.map(\.operation)
        #expect(operations.filter { $0 == "router.backup" }.count == 2)
        #expect(operations.contains("router.backup-export"))
    }

    @Test("the settings say how often, and how many are kept; never, where they say 0")
    func settings() async throws {
        let shop = try await Shop()
        _ = try await shop.session.settings.set(.backupInterval, to: 0)
        await sync(shop, times: 3)
        #expect(try await list(shop).isEmpty && ourFiles(shop) == [])
        _ = try await shop.session.settings.set(.backupInterval, to: 3_600)
        _ = try await shop.session.settings.set(.keepsBackups, to: 2)
        for _ in 0..<4 {
            await sync(shop)
            shop.advance(by: .seconds(3_600))
        }
        #expect(try await list(shop).count == 2)
        #expect(try await list(shop).allSatisfy { shop.now - $0.takenAt < .seconds(10_000) })
    }

    @Test(
        "somebody has one taken, and put back: the router is as it was, once, and what should stand there is put right"
    )
    func restored() async throws {
        let shop = try await Shop()
        _ = try await shop.session.settings.set(.backupInterval, to: 0)
        let code = try await shop.voucherOnRouter()
        try shop.simulator.run("/system/identity/set", ["name": "before"])
        try await shop.session.backups.take(shop.router.id)
        await sync(shop)
        let backup = try #require(try await list(shop).first)
        #expect(backup.takenBy == shop.session.actor && backup.restoredAt == nil)

        try shop.simulator.run("/system/identity/set", ["name": "after"])
        try shop.simulator.run("/ip/hotspot/user/add", ["name": "later"])
        let second = try await shop.generate(1)[0]
        await shop.provisioner.provisionOnce()
        try await shop.session.backups.restore(backup.id)
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(300))
        #expect(shop.simulator.rows("/system/identity").first?["name"] == "before")
        #expect(shop.usersOnRouter == [code])
        await shop.provisioner.syncOnce()
        await shop.provisioner.provisionOnce()
        #expect(shop.usersOnRouter == [code, second].sorted())
        let restored = try #require(try await list(shop).first)
        #expect(restored.restoredBy == shop.session.actor && restored.restoredAt != nil)

        try shop.simulator.run("/system/identity/set", ["name": "again"])
        await sync(shop)
        #expect(shop.simulator.rows("/system/identity").first?["name"] == "again")
        let events = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(events.filter { $0.operation == "router.restore" }.map(\.outcome) == [.succeeded])
    }

    @Test("one that could not be put back for an hour is not put back any more")
    func late() async throws {
        let shop = try await Shop()
        await sync(shop)
        let backup = try #require(try await list(shop).first)
        try shop.simulator.run("/system/identity/set", ["name": "kept"])
        try await shop.session.backups.restore(backup.id)
        shop.advance(by: .seconds(3_700))
        await shop.provisioner.syncOnce()
        #expect(shop.simulator.rows("/system/identity").first?["name"] == "kept")
        let events = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(events.filter { $0.operation == "router.restore" }.map(\.outcome) == [.failed])
    }

    @Test("a file that does not come is given up after an hour, and asked for again; what was left over goes")
    func lost() async throws {
        let shop = try await Shop()
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(2))
        let file = try #require(ourFiles(shop).first)
        try shop.simulator.run("/file/remove", [".id": file])
        try shop.simulator.run("/file/add", ["name": "billing-care-left.backup", "contents": "x"])
        await sync(shop, times: 3)
        #expect(try await list(shop).isEmpty)
        shop.advance(by: .seconds(3_600))
        await sync(shop)
        #expect(try await list(shop).count == 1)
        #expect(ourFiles(shop) == [])
    }

    @Test("a file that cannot be kept is told of once, and the router goes on as it is")
    func refused() async throws {
        let shop = try await Shop()
        let code = try await shop.voucherOnRouter()
        await shop.provisioner.syncOnce()
        shop.advance(by: .seconds(2))
        let file = try #require(ourFiles(shop).first)
        try shop.simulator.run("/file/remove", [".id": file])
        let long = String(repeating: "x", count: ProvisioningService.mostBackupBytes + 1)
        try shop.simulator.run("/file/add", ["name": file, "contents": long])
        await sync(shop, times: 3)
        #expect(try await list(shop).isEmpty)
        #expect(try await shop.session.routers.router(shop.router.id).status == .online)
        #expect(try await shop.voucher(code).provisioning == .present)
        let events = try await shop.session.audit.routerEvents(router: shop.router.id).items
        #expect(events.filter { $0.operation == "router.care.backup" }.count == 1)
    }
}
