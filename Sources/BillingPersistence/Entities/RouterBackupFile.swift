public import BillingDomain

/// The file of a backup, sealed: apart from what lists show of it.
public struct RouterBackupFile: RevisedRecord, TransientRecord {
    /// The backup, whose file this is.
    public let backup: Identifier<RouterBackup>
    /// The tenant of the router.
    public let tenant: Identifier<Tenant>
    /// The file, sealed.
    public var sealedContents: [UInt8]
    /// The version of this record.
    public var revision: Int64

    /// The identity: that of the backup.
    public var id: Identifier<RouterBackupFile> { Self.id(of: backup) }

    /// Keeps a file.
    public init(
        backup: Identifier<RouterBackup>,
        tenant: Identifier<Tenant>,
        sealedContents: [UInt8],
        revision: Int64 = 1
    ) {
        self.backup = backup
        self.tenant = tenant
        self.sealedContents = sealedContents
        self.revision = revision
    }

    /// The identity of the file of a backup.
    public static func id(of backup: Identifier<RouterBackup>) -> Identifier<RouterBackupFile> {
        Identifier(high: backup.high, low: backup.low)
    }

    /// The table of the files.
    public static let table = RecordTable(
        "router_backup_file",
        noun: "backup",
        [.id, .tenant, .bytes("sealed_contents"), .revision],
        growth: .transient,
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(sealedContents)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<RouterBackupFile> = try row()
        backup = Identifier(high: id.high, low: id.low)
        tenant = try row()
        sealedContents = try row()
        revision = try row()
    }
}
