public import BillingDomain

extension DocumentSeries: RevisedRecord {
    /// The table of series; a tenant has one for each kind of document.
    public static let table = RecordTable(
        "document_series",
        [
            .id, .tenant, .text("kind").fixed, .text("pattern"), .integer("restarts_yearly"), .integer("last"),
            .text("last_date").optional, .revision,
        ],
        uniques: [["tenant", "kind"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(kind)
        row(pattern)
        row(restartsYearly)
        row(last)
        row(lastDate)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        try self.init(
            id: try row(),
            tenant: try row(),
            kind: try row(),
            pattern: try row(),
            restartsYearly: try row(),
            last: try row(),
            lastDate: try row(),
            revision: try row()
        )
    }
}

extension DocumentSeries {
    /// The columns that queries name.
    public enum Columns {
        /// `kind`.
        public static let kind = Field<DocumentSeries, DocumentKind>("kind")
    }
}

extension DocumentNumber {
    /// Reads the three columns of a number.
    init(_ kind: DocumentKind, from row: inout RowDecoder) throws {
        self.init(kind: kind, year: try row(), sequence: try row(), text: try row())
    }

    /// Reads the three columns of a number that may not have been given yet.
    init?(optionalOf kind: DocumentKind, from row: inout RowDecoder) throws {
        let year: Int? = try row()
        let sequence: Int64? = try row()
        let text: String? = try row()
        guard let sequence, let text else { return nil }
        self.init(kind: kind, year: year, sequence: sequence, text: text)
    }
}
