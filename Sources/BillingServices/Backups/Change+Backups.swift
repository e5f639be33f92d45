import BillingDomain
import BillingPersistence

extension Change {
    /// How long after a backup was begun the next is, and how long its file is waited for.
    private static let pause = Duration.seconds(3_600)

    /// The next step of a router's backup, noted as begun; nil where none is due.
    func nextStep(
        of care: inout RouterCare,
        _ settings: Settings,
        _ context: ServiceContext
    ) throws -> CareOrder.BackupStep? {
        let router = care.router
        // What was begun in the future was begun while the clock was wrong.
        let begun = care.backupBegunAt.flatMap { $0 <= now ? $0 : nil }
        if let saving = care.saving {
            if let begun, now - begun < Self.pause { return .fetch(saving, name: saving.fileName) }
            care.forgetSaving()
            try record("router.backup", on: router, .failed, detail: "The router did not make the file within an hour.")
        }
        let asker = care.backupAskedBy
        if asker == nil {
            let interval = settings[.backupInterval]
            guard interval > 0, begun.map({ now - $0 >= Self.pause }) ?? true else { return nil }
            let latest = try store.first(
                Query(RouterBackup.Columns.router == router).sorted(byDescending: RouterBackup.Columns.takenAt)
            )
            guard latest.map({ $0.takenAt > now || now - $0.takenAt >= .seconds(interval) }) ?? true else { return nil }
        }
        let backup: Identifier<RouterBackup> = try identifier()
        let password = try Secret.token(environment)
        care.backupAskedBy = nil
        care.backupBegunAt = now
        care.saving = backup
        care.savingFor = asker
        care.sealedSavingPassword = try context.seal(Array(password.utf8), of: backup, .password)
        return .save(name: backup.fileName, password: password)
    }

    /// A backup that could not be put back for an hour is not put back when nobody expects it any more.
    func giveUpLateRestore(of care: inout RouterCare) throws {
        guard care.restoring != nil, let asked = care.restoreAskedAt, now - asked > Self.pause || asked > now else {
            return
        }
        care.forgetRestoring()
        try record(
            "router.restore",
            on: care.router,
            .failed,
            detail: "It was not begun within an hour. Ask for it again."
        )
    }
}

extension RouterCare {
    mutating func forgetSaving() {
        saving = nil
        savingFor = nil
        sealedSavingPassword = nil
    }

    mutating func forgetRestoring() {
        restoring = nil
        restoreAskedBy = nil
        restoreAskedAt = nil
    }
}

extension Identifier<RouterBackup> {
    /// What its file is called on the router while it is there.
    var fileName: String { CareOrder.filePrefix + description }
}

extension ServiceContext {
    /// What of a backup is sealed.
    enum BackupSecret: String {
        case password
        case contents
    }

    func seal(_ plaintext: [UInt8], of backup: Identifier<RouterBackup>, _ secret: BackupSecret) throws -> [UInt8] {
        try secrets.seal(plaintext, owner: "router-backup-\(secret.rawValue):\(backup)", environment: environment)
    }

    func open(_ sealed: [UInt8], of backup: Identifier<RouterBackup>, _ secret: BackupSecret) throws -> [UInt8] {
        try secrets.open(sealed, owner: "router-backup-\(secret.rawValue):\(backup)")
    }

    /// The file of a backup and its password.
    func contents(of backup: RouterBackup, in store: any StoreReader) throws -> RouterBackupContents {
        let file = try store.require(RouterBackupFile.id(of: backup.id), "backup")
        return RouterBackupContents(
            bytes: try open(file.sealedContents, of: backup.id, .contents),
            password: String(decoding: try open(backup.sealedPassword, of: backup.id, .password), as: UTF8.self)
        )
    }
}
