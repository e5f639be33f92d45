public import BillingDomain

extension RouterBackup: RevisedRecord, TransientRecord {
    /// The table of saved configurations, without the files.
    public static let table = RecordTable(
        "router_backup",
        noun: "backup",
        [
            .id, .tenant, .identity("router").fixed, .integer("taken_at").fixed, .text("taken_by").fixed,
            .integer("byte_count").fixed.notNegative, .bytes("digest").fixed, .text("identity").optional.fixed,
            .text("routeros_version").optional.fixed, .bytes("sealed_password"), .integer("restored_at").optional,
            .text("restored_by").optional, .revision,
        ],
        growth: .transient,
        references: [.init("router", to: "router")],
        indexes: [["tenant", "router", "taken_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(router)
        row(takenAt)
        row(takenBy)
        row(byteCount)
        row(digest)
        row(identity)
        row(routerOSVersion)
        row(sealedPassword)
        row(restoredAt)
        row(restoredBy)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            router: try row(),
            takenAt: try row(),
            takenBy: try row(),
            byteCount: try row(),
            digest: try row(),
            identity: try row(),
            routerOSVersion: try row(),
            sealedPassword: try row(),
            restoredAt: try row(),
            restoredBy: try row(),
            revision: try row()
        )
    }
}

extension RouterBackup {
    /// The columns that queries name.
    public enum Columns {
        /// `router`.
        public static let router = Field<RouterBackup, Identifier<Router>>("router")
        /// `taken_at`.
        public static let takenAt = Field<RouterBackup, Timestamp>("taken_at")
    }
}
