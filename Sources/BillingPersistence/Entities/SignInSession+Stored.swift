public import BillingDomain

extension SignInSession: RevisedRecord, TransientRecord {
    /// The table of browser sessions; digests are unique among all tenants.
    public static let table = RecordTable(
        "sign_in_session",
        noun: "session",
        [
            .id, .tenant, .identity("staff").fixed, .bytes("digest").fixed, .integer("created_at").fixed,
            .integer("expires_at"), .text("address").fixed.optional, .text("user_agent").fixed.optional, .revision,
        ],
        ownership: .shared(column: "tenant"),
        growth: .transient,
        uniques: [["digest"]],
        references: [.init("staff", to: "staff")],
        indexes: [["expires_at"], ["tenant", "staff", "created_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(staff)
        row(digest)
        row(createdAt)
        row(expiresAt)
        row(address)
        row(userAgent)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            staff: try row(),
            digest: try row(),
            createdAt: try row(),
            expiresAt: try row(),
            address: try row(),
            userAgent: try row(),
            revision: try row()
        )
    }
}

extension SignInSession {
    /// The columns that queries name.
    public enum Columns {
        /// `staff`.
        public static let staff = Field<SignInSession, Identifier<Staff>>("staff")
        /// `digest`.
        public static let digest = Field<SignInSession, [UInt8]>("digest")
        /// `created_at`.
        public static let createdAt = Field<SignInSession, Timestamp>("created_at")
        /// `expires_at`.
        public static let expiresAt = Field<SignInSession, Timestamp>("expires_at")
    }
}
