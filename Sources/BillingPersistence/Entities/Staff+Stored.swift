public import BillingDomain

extension Staff: RevisedRecord {
    /// The table of staff; user names are unique in a tenant, whatever their case.
    public static let table = RecordTable(
        "staff",
        noun: "member of staff",
        [
            .id, .tenant, .text("username"), .text("password_hash"), .text("role"), .integer("is_disabled"),
            .integer("created_at").fixed, .revision, .text("username_key"),
        ],
        uniques: [["tenant", "username_key"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(username)
        row(passwordHash)
        row(role)
        row(isDisabled)
        row(createdAt)
        row(revision)
        row(username.asciiUppercased)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            username: try row(),
            passwordHash: try row(),
            role: try row(),
            isDisabled: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Staff {
    /// The columns that queries name.
    public enum Columns {
        /// `username`.
        public static let username = Field<Staff, String>("username")
        /// `username_key`.
        public static let usernameKey = Field<Staff, String>("username_key")
    }
}
