public import BillingDomain

/// What one customer used on one router on one day, as it is kept.
public struct UsageDayRow: RevisedRecord, TransientRecord {
    /// The identity of the row.
    public let id: Identifier<UsageDayRow>
    /// What was used.
    public var usage: UsageDay
    /// The version of this record.
    public var revision: Int64

    /// Creates a row.
    public init(id: Identifier<UsageDayRow>, usage: UsageDay, revision: Int64 = 1) {
        self.id = id
        self.usage = usage
        self.revision = revision
    }
}

extension UsageDayRow {
    /// The table of usage by day: one row for each subject, router and day.
    public static let table = RecordTable(
        "usage_day",
        [
            .id, .tenant, .text("subject").fixed, .identity("router").fixed, .text("package_name").fixed,
            .text("day").fixed, .integer("uptime"), .integer("bytes_in"), .integer("bytes_out"), .revision,
        ],
        growth: .transient,
        uniques: [["tenant", "subject", "day", "router"]],
        references: [.init("tenant", to: "tenant"), .init("router", to: "router")],
        indexes: [["tenant", "day"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(usage.tenant)
        row(usage.subject)
        row(usage.router)
        row(usage.packageName)
        row(usage.day)
        row(usage.uptime)
        row(usage.bytesIn)
        row(usage.bytesOut)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        id = try row()
        let tenant: Identifier<Tenant> = try row()
        usage = UsageDay(
            subject: try row(),
            tenant: tenant,
            router: try row(),
            packageName: try row(),
            day: try row(),
            uptime: try row(),
            bytesIn: try row(),
            bytesOut: try row()
        )
        revision = try row()
    }
}

extension UsageDayRow {
    /// The columns that queries name.
    public enum Columns {
        /// `subject`.
        public static let subject = Field<UsageDayRow, SessionSubject>("subject")
        /// `router`.
        public static let router = Field<UsageDayRow, Identifier<Router>>("router")
        /// `day`.
        public static let day = Field<UsageDayRow, LocalDate>("day")
    }
}
