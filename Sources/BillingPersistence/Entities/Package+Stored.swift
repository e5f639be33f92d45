public import BillingDomain

extension Package: RevisedRecord {
    /// The table of packages; the names of those on offer are unique.
    public static let table = RecordTable(
        "package",
        [.id, .tenant, .text("name"), .text("kind"), .text("description")] + VoucherTerms.columns + [
            .text("price_rules"), .integer("is_visible"), .integer("is_archived"), .integer("created_at").fixed,
            .revision, .text("offered_name").optional,
        ],
        uniques: [["tenant", "offered_name"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(kind)
        row(description)
        terms.encode(into: &row)
        row(StorableJSON(priceRules))
        row(isVisible)
        row(isArchived)
        row(createdAt)
        row(revision)
        row(isArchived ? nil : name.asciiUppercased)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            kind: try row(),
            description: try row(),
            terms: try VoucherTerms(from: &row),
            priceRules: try (row() as StorableJSON<[PriceRule]>).value,
            isVisible: try row(),
            isArchived: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension Package {
    /// The columns that queries name.
    public enum Columns {
        /// `offered_name`.
        public static let offeredName = Field<Package, String?>("offered_name")
        /// `name`.
        public static let name = Field<Package, String>("name")
    }
}

extension PackageKind: StorableWord {}
