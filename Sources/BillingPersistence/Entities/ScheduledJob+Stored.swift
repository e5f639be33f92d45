public import BillingDomain

extension ScheduledJob: RevisedRecord {
    /// The table of background jobs; names are unique in a tenant.
    public static let table = RecordTable(
        "scheduled_job",
        noun: "job",
        [
            .id, .tenant, .text("name").fixed, .text("schedule"), .text("catch_up"), .integer("is_paused"),
            .integer("handled_until"), .integer("created_at").fixed, .revision,
        ],
        uniques: [["tenant", "name"]],
        references: [.init("tenant", to: "tenant")]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(name)
        row(schedule)
        row(catchUp)
        row(isPaused)
        row(handledUntil)
        row(createdAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            name: try row(),
            schedule: try row(),
            catchUp: try row(),
            isPaused: try row(),
            handledUntil: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension ScheduledJob {
    /// The columns that queries name.
    public enum Columns {
        /// `name`.
        public static let name = Field<ScheduledJob, String>("name")
        /// `is_paused`.
        public static let isPaused = Field<ScheduledJob, Bool>("is_paused")
    }
}
