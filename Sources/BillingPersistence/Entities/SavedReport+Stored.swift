public import BillingDomain

extension SavedReport: RevisedRecord, TransientRecord {
    /// The table of reports as they were on the day they were made: none is ever changed, old ones may be removed.
    public static let table = RecordTable(
        "saved_report",
        noun: "report",
        [
            .id, .tenant, .text("kind").fixed, .text("first_day").fixed, .text("last_day").fixed,
            .integer("edition").fixed, .text("content").fixed, .text("format").fixed, .text("actor").fixed,
            .integer("created_at").fixed, .revision,
        ],
        growth: .transient,
        uniques: [["tenant", "kind", "first_day", "last_day", "edition"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(kind)
        row(days.start)
        row(days.end)
        row(edition)
        row(content)
        row(format)
        row(actor)
        row(createdAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            kind: try row(),
            days: try DateRange(from: &row),
            edition: try row(),
            content: try row(),
            format: try row(),
            actor: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension SavedReport {
    /// The columns that queries name.
    public enum Columns {
        /// `kind`.
        public static let kind = Field<SavedReport, String>("kind")
        /// `first_day`.
        public static let firstDay = Field<SavedReport, LocalDate>("first_day")
        /// `last_day`.
        public static let lastDay = Field<SavedReport, LocalDate>("last_day")
        /// `edition`.
        public static let edition = Field<SavedReport, Int64>("edition")
        /// `created_at`.
        public static let createdAt = Field<SavedReport, Timestamp>("created_at")
    }
}

extension DateRange {
    /// Reads the two columns of a range of days.
    fileprivate init(from row: inout RowDecoder) throws {
        let start: LocalDate = try row()
        let end: LocalDate = try row()
        guard let days = DateRange(start: start, end: end) else { throw PersistenceError.unreadable("range of days") }
        self = days
    }
}
