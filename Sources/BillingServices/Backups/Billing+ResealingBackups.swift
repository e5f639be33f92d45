import BillingDomain
import BillingPersistence

extension Billing {
    /// Backups that are kept, and those under way that an older key has sealed the password of.
    func backupsToReseal() async throws -> (cares: [RouterCare], backups: [RouterBackup]) {
        try await context.read(.system) { [secrets = context.secrets] store in
            (
                try store.records(Query<RouterCare>()).filter { care in
                    care.sealedSavingPassword.map { !secrets.isCurrent($0) } ?? false
                },
                try store.records(Query<RouterBackup>())
            )
        }
    }

    /// Seals passwords and files of backups again that older keys have sealed; says how many secrets that were.
    func reseal(_ kept: (cares: [RouterCare], backups: [RouterBackup])) async throws -> Int {
        let context = context
        var count = 0
        for care in kept.cares {
            count += try await context.change(care.tenant, by: Self.operatorActor) { change in
                guard var care = try change.store.find(care.id, locked: true), let saving = care.saving,
                    let sealed = care.sealedSavingPassword
                else { return 0 }
                let password = try context.open(sealed, of: saving, .password)
                care.sealedSavingPassword = try context.seal(password, of: saving, .password)
                try change.store.update(care)
                try change.audit("secret.reseal", "router:\(care.router)")
                return 1
            }
        }
        // One at a time: files are long.
        for backup in kept.backups {
            count += try await context.change(backup.tenant, by: Self.operatorActor) { change in
                guard let count = try change.reseal(backup.id, context), count > 0 else { return 0 }
                try change.audit("secret.reseal", "backup:\(backup.id)")
                return count
            }
        }
        return count
    }
}

extension Change {
    fileprivate func reseal(_ id: Identifier<RouterBackup>, _ context: ServiceContext) throws -> Int? {
        guard var backup = try store.find(id, locked: true),
            var file = try store.find(RouterBackupFile.id(of: id), locked: true)
        else { return nil }
        var count = 0
        if !context.secrets.isCurrent(backup.sealedPassword) {
            let password = try context.open(backup.sealedPassword, of: id, .password)
            backup.reseal(try context.seal(password, of: id, .password))
            try store.update(backup)
            count += 1
        }
        if !context.secrets.isCurrent(file.sealedContents) {
            file.sealedContents = try context.seal(
                context.open(file.sealedContents, of: id, .contents),
                of: id,
                .contents
            )
            try store.update(file)
            count += 1
        }
        return count
    }
}
