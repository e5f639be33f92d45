public import BillingDomain

extension RoleDefinition: RevisedRecord {
    /// The table of roles that tenants defined; names are unique in a tenant, whatever their case.
    public static let table = RecordTable(
        "role_definition",
        noun: "role",
        [
            .id, .tenant, .text("name"), .text("permissions"), .integer("is_archived"), .integer("created_at").fixed,
            .revision, .text("name_key"),
        ],
        uniques: [["tenant", "name_key"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(permissions.storedText)
        row(isArchived)
        row(createdAt)
        row(revision)
        row(name.asciiUppercased)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            permissions: Set(storedText: try row()),
            isArchived: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension RoleDefinition {
    /// The columns that queries name.
    public enum Columns {
        /// `name`.
        public static let name = Field<RoleDefinition, String>("name")
        /// `name_key`.
        public static let nameKey = Field<RoleDefinition, String>("name_key")
    }
}
