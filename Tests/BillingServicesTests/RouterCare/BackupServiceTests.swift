import BillingDomain
import BillingPersistence
import BillingServices
import BillingTesting
import Foundation
import TestSupport
import Testing

@Suite("Backups")
struct BackupServiceTests {
    private static let file = Array("canary-configuration".utf8)

    /// The keys of a shop, of which another seals now.
    private static var newerKeys: SecretKeys {
        get throws {
            let keys = [1: [UInt8](repeating: 7, count: 32), 2: [UInt8](repeating: 8, count: 32)] as [UInt32: [UInt8]]
            return try SecretKeys(keys: keys, sealing: 2)
        }
    }

    @Test(
        "the file and its password are stored sealed, and opened for who may manage routers",
        arguments: Backing.allCases
    )
    func sealed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let id = try await shop.backup(Self.file)
        let contents = try await shop.owner.backups.contents(id)
        #expect(contents.bytes == Self.file && contents.password.utf8.count == 64)
        try await shop.store.read(.tenant(shop.tenant.id)) { store in
            let rows =
                try store.records(Query<RouterBackup>()).map { "\($0)" }
                + store.records(Query<RouterBackupFile>()).map { String(decoding: $0.sealedContents, as: UTF8.self) }
                + store.records(Query<RouterCare>()).map { "\($0)" }
            #expect(rows.count == 3)
            #expect(!rows.contains { $0.contains("canary") || $0.contains(contents.password) })
        }
        var dumped = ""
        dump(contents, to: &dumped)
        #expect(!dumped.contains(contents.password) && !"\(contents)".contains(contents.password))
        await expectRefusal(.forbidden) {
            _ = try await shop.session(.cashier).backups.contents(id)
        }
        let trail = try await shop.owner.audit.entries().items.map(\.action)
        #expect(Set(trail).isSuperset(of: ["router.backup-ask", "router.backup", "router.backup-export"]))
    }

    @Test("a file that nobody waits for, is empty or too long, or comes under a claim that is over is not kept")
    func refused() async throws {
        let shop = try await Shop.open(.memory)
        let (backup, claim) = try await shop.backupUnderWay()
        let provisioning = shop.billing.provisioning
        await expectRefusal(.invalidInput) { try await provisioning.keep([], of: backup, under: claim) }
        let long = [UInt8](repeating: 0, count: ProvisioningService.mostBackupBytes + 1)
        await expectRefusal(.invalidInput) { try await provisioning.keep(long, of: backup, under: claim) }
        await expectRefusal(.conflict) {
            try await provisioning.keep([1], of: Identifier(high: 1, low: 1), under: claim)
        }
        try await provisioning.release(claim)
        await expectRefusal(.leaseLost) { try await provisioning.keep([1], of: backup, under: claim) }
        await expectRefusal(.leaseLost) { _ = try await provisioning.care(claim) }
        await expectRefusal(.leaseLost) { try await provisioning.record(CareFindings(), under: claim) }
        #expect(try await shop.owner.backups.list(shop.router.id).items.isEmpty)
    }

    @Test("a newer key seals them again", arguments: Backing.allCases)
    func resealed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let id = try await shop.backup(Self.file)
        let under = try await shop.backupUnderWay()
        let rotated = Billing(store: shop.store, secrets: try Self.newerKeys, environment: shop.environment)
        #expect(try await rotated.resealSecrets() > 3)
        #expect(try await rotated.resealSecrets() == 0)
        try await rotated.provisioning.keep(Self.file, of: under.backup, under: under.claim)
        let owner = try await Shop.session(.superAdministrator, of: shop.tenant, in: rotated)
        for id in [id, under.backup] { #expect(try await owner.backups.contents(id).bytes == Self.file) }
    }

    @Test("one that is removed is put back no more", arguments: Backing.allCases)
    func removed(backing: Backing) async throws {
        let shop = try await Shop.open(backing)
        let id = try await shop.backup()
        try await shop.owner.backups.restore(id)
        try await shop.owner.backups.remove(id)
        let claim = try await shop.claim()
        #expect(try await shop.billing.provisioning.care(claim).restore == nil)
        #expect(try await shop.billing.provisioning.beginRestore(id, under: claim) == nil)
        await expectRefusal(.notFound) { _ = try await shop.owner.backups.contents(id) }
    }
}
