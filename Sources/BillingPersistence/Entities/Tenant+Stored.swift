public import BillingDomain

extension Tenant: RevisedRecord {
    /// The table of tenants, each seen in its own scope; slugs are unique among all.
    public static let table = RecordTable(
        "tenant",
        [
            .id, .text("name"), .text("slug").optional, .text("currency"), .text("time_zone"), .text("email").optional,
            .text("phone").optional, .word("state", TenantState.self), .integer("created_at").fixed, .revision,
        ],
        ownership: .tenant(column: "id"),
        uniques: [["slug"]],
        indexes: [["created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(name)
        row(slug)
        row(currency)
        row(timeZone)
        row(email)
        row(phone)
        row(state)
        row(createdAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            name: try row(),
            slug: try row(),
            currency: try row(),
            timeZone: try row(),
            email: try row(),
            phone: try row(),
            state: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Tenant {
    /// The columns that queries name.
    public enum Columns {
        /// `slug`.
        public static let slug = Field<Tenant, TenantSlug?>("slug")
        /// `created_at`.
        public static let createdAt = Field<Tenant, Timestamp>("created_at")
    }
}
