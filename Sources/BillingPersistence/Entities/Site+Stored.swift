public import BillingDomain

extension Site: RevisedRecord {
    /// The table of sites; names are unique in a tenant, whatever their case.
    public static let table = RecordTable(
        "site",
        [
            .id, .tenant, .text("name"), .text("region").optional, .text("district").optional,
            .real("latitude").optional, .real("longitude").optional, .identity("primary_router").optional,
            .integer("is_archived"), .integer("created_at").fixed, .revision, .text("name_key"),
        ],
        uniques: [["tenant", "name_key"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(location?.region)
        row(location?.district)
        row(location?.coordinates?.latitude)
        row(location?.coordinates?.longitude)
        row(primaryRouter)
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
            location: try RouterLocation(optionalFrom: &row),
            primaryRouter: try row(),
            isArchived: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Site {
    /// The columns that queries name.
    public enum Columns {
        /// `name`.
        public static let name = Field<Site, String>("name")
        /// `name_key`.
        public static let nameKey = Field<Site, String>("name_key")
        /// `is_archived`.
        public static let isArchived = Field<Site, Bool>("is_archived")
    }
}
