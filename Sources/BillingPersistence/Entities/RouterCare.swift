public import BillingDomain

/// What is remembered of a router from one visit that cared for it to the next.
public struct RouterCare: RevisedRecord {
    /// The router.
    public let router: Identifier<Router>
    /// The tenant of the router.
    public let tenant: Identifier<Tenant>
    /// The user profiles that were read there last, in the router's order.
    public var profiles: [ObservedProfile]
    /// When they were read; `nil` while they never were.
    public var profilesReadAt: Timestamp?
    /// How far its log was read.
    public var logCursor: RouterLogCursor?
    /// What makes the signature of its login callbacks another than before; `nil` while there are none.
    public var callbackNonce: [UInt8]?
    /// When a backup was begun last, whether it came to an end or not.
    public var backupBegunAt: Timestamp?
    /// Who asked for a backup that was not begun yet.
    public var backupAskedBy: BillingDomain.Actor?
    /// The backup that the router is saving; its file was not fetched yet.
    public var saving: Identifier<RouterBackup>?
    /// Who asked for that one.
    public var savingFor: BillingDomain.Actor?
    /// The password that its file is encrypted with, sealed.
    public var sealedSavingPassword: [UInt8]?
    /// The backup that is to be put back.
    public var restoring: Identifier<RouterBackup>?
    /// Who asked for that.
    public var restoreAskedBy: BillingDomain.Actor?
    /// When they did.
    public var restoreAskedAt: Timestamp?
    /// What could not be done last time and why, so that it is told once.
    public var faults: [String: String]
    /// The version of this record.
    public var revision: Int64

    /// The identity: that of the router.
    public var id: Identifier<RouterCare> { Self.id(of: router) }

    /// What is remembered of a router that was never cared for: nothing.
    public init(router: Identifier<Router>, tenant: Identifier<Tenant>) {
        self.router = router
        self.tenant = tenant
        profiles = []
        faults = [:]
        revision = 1
    }

    /// The identity of what is remembered of a router.
    public static func id(of router: Identifier<Router>) -> Identifier<RouterCare> {
        Identifier(high: router.high, low: router.low)
    }
}

extension RouterCare {
    /// The table of it.
    public static let table = RecordTable(
        "router_care",
        noun: "router's record of care",
        [
            .id, .tenant, .text("profiles"), .integer("profiles_read_at").optional, .text("log_cursor").optional,
            .bytes("callback_nonce").optional, .integer("backup_begun_at").optional,
            .text("backup_asked_by").optional, .identity("saving").optional, .text("saving_for").optional,
            .bytes("sealed_saving_password").optional, .identity("restoring").optional,
            .text("restore_asked_by").optional, .integer("restore_asked_at").optional, .text("faults"), .revision,
        ],
        references: [.init("id", to: "router")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(StorableJSON(profiles))
        row(profilesReadAt)
        row(logCursor.map { StorableJSON($0) })
        row(callbackNonce)
        row(backupBegunAt)
        row(backupAskedBy)
        row(saving)
        row(savingFor)
        row(sealedSavingPassword)
        row(restoring)
        row(restoreAskedBy)
        row(restoreAskedAt)
        row(StorableJSON(faults))
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<RouterCare> = try row()
        router = Identifier(high: id.high, low: id.low)
        tenant = try row()
        profiles = try (row() as StorableJSON<[ObservedProfile]>).value
        profilesReadAt = try row()
        logCursor = try (row() as StorableJSON<RouterLogCursor>?)?.value
        callbackNonce = try row()
        backupBegunAt = try row()
        backupAskedBy = try row()
        saving = try row()
        savingFor = try row()
        sealedSavingPassword = try row()
        restoring = try row()
        restoreAskedBy = try row()
        restoreAskedAt = try row()
        faults = try (row() as StorableJSON<[String: String]>).value
        revision = try row()
    }
}
