public import BillingDomain
public import BillingPersistence

/// Saved configurations of the routers of one tenant.
///
/// They are taken and put back by whoever visits routers, under the claim on one, so what is asked for here happens soon
/// after, when the router is within reach.
public struct BackupService: Sendable {
    let session: BillingSession

    /// The backups of a router, the last first: when each was taken, for whom, and whether it was put back.
    public func list(
        _ router: Identifier<Router>,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<RouterBackup> {
        let assignment = session.assignment
        return try await session.read(.viewRouters) { store in
            _ = try assignment.router(router, in: store)
            return try store.page(
                Query(RouterBackup.Columns.router == router).sorted(byDescending: RouterBackup.Columns.takenAt),
                page
            )
        }
    }

    /// Has a backup of a router taken with its next reading, which is asked for at once.
    ///
    /// The file is there with the reading after that.
    public func take(_ router: Identifier<Router>) async throws {
        try await session.change(.operateRouters) { change in
            let router = try change.reachableRouter(router)
            var care = try change.care(of: router)
            care.backupAskedBy = change.actor
            try change.store.update(care)
            try change.hasten([router.id])
            try change.log("router.backup-ask", of: router.id, router.name)
        }
    }

    /// The file of a backup and its password, to be kept elsewhere; written to the audit trail.
    ///
    /// Whoever has both has every password of the router.
    public func contents(_ id: Identifier<RouterBackup>) async throws -> RouterBackupContents {
        let context = session.context
        return try await session.change(.manageRouters) { change in
            let (backup, router) = try change.backup(id)
            try change.log("router.backup-export", of: router.id, "the backup of \(backup.takenAt)")
            return try context.contents(of: backup, in: change.store)
        }
    }

    /// Has a backup put back on its router with the next reading, which is asked for at once: everything on the router is
    /// as it was then, and it starts anew.
    ///
    /// It is done once, and not at all if the router is not within reach for an hour. What should stand on the router by
    /// now is put right by the readings after it.
    public func restore(_ id: Identifier<RouterBackup>) async throws {
        try await session.change(.manageRouters) { change in
            let (backup, router) = try change.backup(id)
            var care = try change.care(of: router)
            care.restoring = backup.id
            care.restoreAskedBy = change.actor
            care.restoreAskedAt = change.now
            try change.store.update(care)
            try change.hasten([router.id])
            try change.log("router.restore-ask", of: router.id, "the backup of \(backup.takenAt)")
        }
    }

    /// Removes a backup for good; one that is to be put back is put back no more.
    public func remove(_ id: Identifier<RouterBackup>) async throws {
        try await session.change(.manageRouters) { change in
            let (backup, router) = try change.backup(id)
            var care = try change.care(of: router)
            if care.restoring == backup.id {
                care.forgetRestoring()
                try change.store.update(care)
            }
            try change.remove(backup)
            try change.log("router.backup-remove", of: router.id, "the backup of \(backup.takenAt)")
        }
    }
}

extension Change {
    /// A backup of a router within reach.
    fileprivate func backup(_ id: Identifier<RouterBackup>) throws -> (RouterBackup, Router) {
        let backup = try store.require(id, "backup")
        return (backup, try reachableRouter(backup.router))
    }
}
