public import BillingDomain

extension APIToken: RevisedRecord {
    /// The table of API tokens; digests are unique among all tenants.
    public static let table = RecordTable(
        "api_token",
        noun: "API token",
        [
            .id, .tenant, .text("name"), .bytes("digest"), .text("role"), .text("scopes").fixed.optional,
            .text("assignment").fixed, .integer("created_at").fixed, .integer("expires_at").fixed.optional,
            .integer("last_used_at").optional, .integer("revoked_at").optional, .revision,
        ],
        uniques: [["digest"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(digest)
        row(role)
        row(scopes?.storedText)
        row(assignment)
        row(createdAt)
        row(expiresAt)
        row(lastUsedAt)
        row(revokedAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            digest: try row(),
            role: try row(),
            scopes: (try row() as String?).map { Set(storedText: $0) },
            assignment: try row(),
            createdAt: try row(),
            expiresAt: try row(),
            lastUsedAt: try row(),
            revokedAt: try row(),
            revision: try row()
        )
    }
}

extension APIToken {
    /// The columns that queries name.
    public enum Columns {
        /// `digest`.
        public static let digest = Field<APIToken, [UInt8]>("digest")
        /// `created_at`.
        public static let createdAt = Field<APIToken, Timestamp>("created_at")
    }
}
