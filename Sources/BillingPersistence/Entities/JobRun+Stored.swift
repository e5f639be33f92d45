public import BillingDomain

extension JobRun: RevisedRecord, TransientRecord {
    /// The table of runs of background jobs; a job runs once for an instant.
    public static let table = RecordTable(
        "job_run",
        noun: "run",
        [
            .id, .tenant, .identity("job").fixed, .integer("due_at").fixed, .integer("term"),
            .word("state", JobRun.State.self),
            .integer("attempts"), .integer("started_at"), .integer("ended_at").optional, .text("detail").optional,
            .integer("created_at").fixed, .revision,
        ],
        growth: .transient,
        uniques: [["tenant", "job", "due_at"]],
        references: [.init("job", to: "scheduled_job")],
        indexes: [["state", "term"], ["tenant", "created_at", "id"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(job)
        row(dueAt)
        row(term)
        row(state)
        row(attempts)
        row(startedAt)
        row(endedAt)
        row(detail)
        row(createdAt)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            job: try row(),
            dueAt: try row(),
            term: try row(),
            state: try row(),
            attempts: try row(),
            startedAt: try row(),
            endedAt: try row(),
            detail: try row(),
            createdAt: try row(),
            revision: try row()
        )
    }
}

extension JobRun {
    /// The columns that queries name.
    public enum Columns {
        /// `job`.
        public static let job = Field<JobRun, Identifier<ScheduledJob>>("job")
        /// `due_at`.
        public static let dueAt = Field<JobRun, Timestamp>("due_at")
        /// `term`.
        public static let term = Field<JobRun, Int64>("term")
        /// `state`.
        public static let state = Field<JobRun, JobRun.State>("state")
        /// `created_at`.
        public static let createdAt = Field<JobRun, Timestamp>("created_at")
    }
}
