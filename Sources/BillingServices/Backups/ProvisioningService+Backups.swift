public import BillingDomain
import BillingPersistence
import OpenSSLSupport

extension ProvisioningService {
    /// The most bytes that the file of a backup may have: no configuration is longer, unless it carries something else.
    public static let mostBackupBytes = 8 << 20

    /// Keeps the file of a backup that was asked for with ``care(_:)``, sealed, and lets go of the oldest ones.
    ///
    /// Handing the same backup in again changes nothing, so an answer that was lost may be asked for again.
    ///
    /// - Parameters:
    ///   - file: the file as the router made it, 1 byte to ``mostBackupBytes``.
    ///   - backup: which backup it is.
    ///   - claim: the claim on the router.
    /// - Throws: ``BillingError``: ``BillingError/Code/conflict`` for a backup that nobody waits for,
    ///   ``BillingError/Code/leaseLost`` when another worker has the router.
    public func keep(
        _ file: [UInt8],
        of backup: Identifier<RouterBackup>,
        under claim: RouterClaim
    ) async throws {
        guard (1...Self.mostBackupBytes).contains(file.count) else {
            throw BillingError.invalid(
                "file",
                "A backup has 1 to \(Self.mostBackupBytes) bytes; this has \(file.count)."
            )
        }
        let digest = try BillingError.translatingCryptography { try SHA256.digest(of: file) }
        let sealed = try context.seal(file, of: backup, .contents)
        try await context.change(claim.lease.tenant, by: Self.actor) { change in
            try change.store.verify(claim.lease)
            guard try change.store.find(backup) == nil else { return }
            guard let router = try change.store.router(claim.lease.router) else {
                throw BillingError.notFound("router")
            }
            var care = try change.care(of: router)
            guard care.saving == backup, let password = care.sealedSavingPassword else {
                throw BillingError(.conflict, "Nobody waits for this backup any more.")
            }
            let asker = care.savingFor ?? Self.actor
            try change.store.insert(
                RouterBackup(
                    id: backup,
                    tenant: router.tenant,
                    router: router.id,
                    takenAt: change.now,
                    takenBy: asker,
                    byteCount: Int64(file.count),
                    digest: digest,
                    identity: router.identity,
                    routerOSVersion: router.routerOSVersion,
                    sealedPassword: password
                )
            )
            try change.store.insert(
                RouterBackupFile(backup: backup, tenant: router.tenant, sealedContents: sealed)
            )
            care.forgetSaving()
            try change.store.update(care)
            try change.log("router.backup", of: router.id, "\(file.count) bytes, for \(asker)")
            try change.letGo(of: router.id, sparing: care.restoring)
        }
    }

    /// Begins to put a backup back that somebody asked for: once, whatever becomes of it.
    ///
    /// - Returns: the file and its password; nil where nobody asks for that any more.
    /// - Throws: ``BillingError``; ``BillingError/Code/leaseLost`` when another worker has the router.
    public func beginRestore(
        _ backup: Identifier<RouterBackup>,
        under claim: RouterClaim
    ) async throws -> RouterBackupContents? {
        let context = context
        return try await context.change(claim.lease.tenant, by: Self.actor) { change in
            try change.store.verify(claim.lease)
            guard let router = try change.store.router(claim.lease.router) else { return nil }
            var care = try change.care(of: router)
            guard care.restoring == backup, var found = try change.store.find(backup) else { return nil }
            let contents = try context.contents(of: found, in: change.store)
            let asker = care.restoreAskedBy ?? Self.actor
            care.forgetRestoring()
            try change.store.update(care)
            found.noteRestored(at: change.now, by: asker)
            try change.store.update(found)
            try change.log("router.restore-begin", of: router.id, "the backup of \(found.takenAt), for \(asker)")
            return contents
        }
    }

    /// Writes down how putting a backup back ended.
    ///
    /// - Throws: ``BillingError``; ``BillingError/Code/leaseLost`` when another worker has the router.
    public func endRestore(
        _ backup: Identifier<RouterBackup>,
        _ outcome: RouterEvent.Outcome,
        detail: String = "",
        under claim: RouterClaim
    ) async throws {
        try await context.change(claim.lease.tenant, by: Self.actor) { change in
            try change.store.verify(claim.lease)
            guard let found = try change.store.find(backup), found.router == claim.lease.router else { return }
            let text = "the backup of \(found.takenAt)" + (detail.isEmpty ? "" : ": \(detail)")
            try change.record("router.restore", on: found.router, outcome, detail: Input.printable(text))
        }
    }
}

extension Change {
    /// Removes the oldest backups of a router, those beyond the number in the settings.
    fileprivate func letGo(of router: Identifier<Router>, sparing spared: Identifier<RouterBackup>?) throws {
        let kept = Int(clamping: try store.settings()[.keepsBackups])
        let all = try store.records(
            Query(RouterBackup.Columns.router == router).sorted(byDescending: RouterBackup.Columns.takenAt)
        )
        for old in all.dropFirst(kept) where old.id != spared { try remove(old) }
    }

    /// Removes a backup with its file.
    func remove(_ backup: RouterBackup) throws {
        let file = Field<RouterBackupFile, Identifier<RouterBackupFile>>("id")
        try store.delete(Query(file == RouterBackupFile.id(of: backup.id)))
        try store.delete(Query(Field<RouterBackup, Identifier<RouterBackup>>("id") == backup.id))
    }
}
