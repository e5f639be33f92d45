public import BillingDomain

extension Customer: RevisedRecord {
    /// The table of customers; numbers are unique in a tenant, whatever the case of a–z.
    public static let table = RecordTable(
        "customer",
        [
            .id, .tenant, .text("number").fixed, .text("name"), .text("contacts"),
            .text("region").optional, .text("district").optional, .real("latitude").optional,
            .real("longitude").optional, .text("locale").optional, .identity("site").optional, .text("notes"),
            .text("tags"), .word("status", CustomerStatus.self), .text("status_before_disabling").optional,
            .integer("created_at").fixed, .integer("closed_at").optional, .integer("erased_at").optional, .revision,
            .text("number_key").fixed, .text("search_text"),
        ],
        uniques: [["tenant", "number_key"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [
            ["tenant", "created_at", "id"], ["tenant", "status", "created_at", "id"],
            ["tenant", "site", "created_at", "id"], ["tenant", "name", "id"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(number)
        row(name)
        row(StorableJSON(contacts))
        row(location?.region)
        row(location?.district)
        row(location?.coordinates?.latitude)
        row(location?.coordinates?.longitude)
        row(locale)
        row(site)
        row(notes)
        row(StorableJSON(tags))
        row(status)
        row(statusBeforeDisabling)
        row(createdAt)
        row(closedAt)
        row(erasedAt)
        row(revision)
        row(number.asciiUppercased)
        row(searchText)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        try self.init(
            id: try row(),
            tenant: try row(),
            number: try row(),
            name: try row(),
            contacts: try (row() as StorableJSON<[ContactPoint]>).value,
            location: try RouterLocation(optionalFrom: &row),
            locale: try row(),
            site: try row(),
            notes: try row(),
            tags: try (row() as StorableJSON<[String]>).value,
            status: try row(),
            statusBeforeDisabling: try row(),
            createdAt: try row(),
            closedAt: try row(),
            erasedAt: try row(),
            revision: try row()
        )
    }
}

extension Customer {
    /// The columns that queries name.
    public enum Columns {
        /// `number_key`.
        public static let numberKey = Field<Customer, String>("number_key")
        /// `name`.
        public static let name = Field<Customer, String>("name")
        /// `status`.
        public static let status = Field<Customer, CustomerStatus>("status")
        /// `site`.
        public static let site = Field<Customer, Identifier<Site>?>("site")
        /// `created_at`.
        public static let createdAt = Field<Customer, Timestamp>("created_at")
        /// `search_text`.
        public static let searchText = Field<Customer, String>("search_text")
    }
}

extension Customer {
    /// What a search looks through: number, name, contacts and tags, a line each.
    private var searchText: String { ([number, name] + contacts.map(\.value) + tags).joined(separator: "\n") }
}
