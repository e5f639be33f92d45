import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport
import Testing

/// What is done for routers beside their users.
extension UseCase {
    /// What people do.
    static let routerCare: [UseCase] = [
        UseCase("RouterService.profiles(of:)", "see a router's profiles", [.viewRouters]) { session, shop, _ in
            _ = try await session.routers.profiles(of: shop.router.id)
        },
        UseCase("RouterService.renewLoginCallback(_:)", "renew a router's callbacks", [.manageRouters]) {
            session,
            shop,
            _ in
            try await session.routers.renewLoginCallback(shop.router.id)
        },
        UseCase("BackupService.list(_:_:)", "list backups", [.viewRouters]) { session, shop, _ in
            _ = try await session.backups.list(shop.router.id)
        },
        UseCase("BackupService.take(_:)", "ask for a backup", [.operateRouters]) { session, shop, _ in
            try await session.backups.take(shop.router.id)
        },
        UseCase("BackupService.contents(_:)", "export a backup", [.manageRouters], given: backup) {
            session,
            _,
            _,
            backup in
            _ = try await session.backups.contents(backup)
        },
        UseCase("BackupService.restore(_:)", "ask for a restore", [.manageRouters], given: backup) {
            session,
            _,
            _,
            backup in
            try await session.backups.restore(backup)
        },
        UseCase("BackupService.remove(_:)", "remove a backup", [.manageRouters], given: backup) {
            session,
            _,
            _,
            backup in
            try await session.backups.remove(backup)
        },
    ]

    /// What the daemons of routers and the routers themselves do.
    static let routerCareDaemons: [UseCase] = [
        UseCase(operator: "ProvisioningService.care(_:)", "ask what care is due") { shop, _ in
            _ = try await shop.owner.settings.set(.loginCallbackURL, to: "https://panel.example")
            return try await shop.claim()
        } run: { billing, _, _, claim in
            _ = try await billing.provisioning.care(claim)
        },
        UseCase(operator: "ProvisioningService.logCursor(_:)", "ask how far a log was read") { shop, _ in
            try await shop.claim()
        } run: { billing, _, _, claim in
            _ = try await billing.provisioning.logCursor(claim)
        },
        UseCase(operator: "ProvisioningService.record(_:under:)", "note what care found") { shop, _ in
            try await shop.claim()
        } run: { billing, shop, batch, claim in
            let findings = CareFindings(
                profiles: [ObservedProfile(kind: .hotspot, name: "default")],
                logLines: [RouterLogLine(time: "10:00:00", topics: "system,error", message: "disk")],
                logins: [ObservedLogin(username: batch.vouchers[0].code, source: .log, receivedAt: shop.clock.now)],
                logCursor: RouterLogCursor(line: 1, fingerprint: 2, told: [2]),
                scripts: ["default"],
                faults: [.backup: "not enough permissions"],
                sound: [.log]
            )
            try await billing.provisioning.record(findings, under: claim)
        },
        UseCase(operator: "ProvisioningService.keep(_:of:under:)", "keep a backup") { shop, _ in
            try await shop.backupUnderWay()
        } run: { billing, _, _, given in
            try await billing.provisioning.keep([1, 2, 3], of: given.backup, under: given.claim)
        },
        UseCase(operator: "ProvisioningService.beginRestore(_:under:)", "begin a restore") { shop, _ in
            let backup = try await shop.backup()
            try await shop.owner.backups.restore(backup)
            return (backup, try await shop.claim())
        } run: { billing, _, _, given in
            _ = try await billing.provisioning.beginRestore(given.0, under: given.1)
        },
        UseCase(operator: "ProvisioningService.endRestore(_:_:detail:under:)", "end a restore") { shop, _ in
            (try await shop.backup(), try await shop.claim())
        } run: { billing, _, _, given in
            try await billing.provisioning.endRestore(given.0, .failed, detail: "too long", under: given.1)
        },
        UseCase(operator: "LoginCallbackService.note(token:user:hardwareAddress:address:)", "hear of a login") {
            shop,
            _ in
            try await shop.callbackToken()
        } run: { billing, _, batch, token in
            try await billing.loginCallbacks.note(token: token, user: batch.vouchers[0].code)
        },
    ]

    private static let backup: @Sendable (Shop, GeneratedBatch) async throws -> Identifier<RouterBackup> = { shop, _ in
        try await shop.backup()
    }
}

extension Shop {
    /// A claim on the router.
    func claim() async throws -> RouterClaim {
        try await billing.provisioning.hasten([.sync], on: [router.id])
        while true {
            let owner = "worker \(IdempotencyKey.new())"
            let claim = try #require(try await billing.provisioning.claim(owner: owner, of: .watched))
            if claim.router.id == router.id { return claim }
            // Another router that nobody has looked at; it is held, so that it does not come again.
        }
    }

    /// A backup that the router is making, and the claim on the router.
    func backupUnderWay() async throws -> (backup: Identifier<RouterBackup>, claim: RouterClaim) {
        // A backup of this very instant would do for the next who asks.
        clock.advance(by: .seconds(1))
        try await owner.backups.take(router.id)
        let claim = try await claim()
        _ = try await billing.provisioning.care(claim)
        guard case .fetch(let backup, _) = try await billing.provisioning.care(claim).backup else {
            throw BillingError(.unavailable, "no backup is under way")
        }
        return (backup, claim)
    }

    /// A backup of the router.
    func backup(_ file: [UInt8] = [1, 2, 3]) async throws -> Identifier<RouterBackup> {
        let (backup, claim) = try await backupUnderWay()
        try await billing.provisioning.keep(file, of: backup, under: claim)
        try await billing.provisioning.release(claim)
        return backup
    }

    /// What the router shows when it tells of logins.
    func callbackToken(_ base: String = "https://panel.example") async throws -> String {
        _ = try await owner.settings.set(.loginCallbackURL, to: base)
        let claim = try await claim()
        let callback = try await billing.provisioning.care(claim).callback
        try await billing.provisioning.release(claim)
        return String(try #require(callback).dropFirst((base + "/hooks/login/").count))
    }
}
