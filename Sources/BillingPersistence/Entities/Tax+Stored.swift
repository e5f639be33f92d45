public import BillingDomain

extension Tax: RevisedRecord {
    /// The table of taxes.
    public static let table = RecordTable(
        "tax",
        [
            .id, .tenant, .text("rate"), .text("products"), .integer("created_at").fixed,
            .integer("ended_at").optional, .revision,
        ],
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(StorableJSON(rate))
        row(StorableJSON(products.sorted { $0.rawValue < $1.rawValue }))
        row(createdAt)
        row(endedAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            rate: try (row() as StorableJSON<TaxRate>).value,
            products: Set(try (row() as StorableJSON<[PostingRecipe.Product]>).value),
            createdAt: try row(),
            endedAt: try row(),
            revision: try row()
        )
    }
}

extension Tax {
    /// The columns that queries name.
    public enum Columns {
        /// `created_at`.
        public static let createdAt = Field<Tax, Timestamp>("created_at")
        /// `ended_at`.
        public static let endedAt = Field<Tax, Timestamp?>("ended_at")
    }
}
