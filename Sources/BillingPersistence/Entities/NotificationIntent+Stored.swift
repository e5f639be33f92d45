public import BillingDomain

extension NotificationIntent: RevisedRecord, TransientRecord {
    /// The table of notifications, which workers of all tenants share; each is asked for once under its key.
    public static let table = RecordTable(
        "notification_intent",
        noun: "notification",
        [
            .id, .tenant, .text("template").fixed, .text("recipient").fixed, .text("variables").fixed,
            .text("dedupe_key").fixed, .word("state", NotificationState.self), .integer("not_before"),
            .integer("attempts"),
            .integer("claimed_until").optional, .text("receipt").optional, .text("detail").optional,
            .integer("created_at").fixed, .integer("ended_at").optional, .revision, .integer("due_at").optional,
        ],
        ownership: .shared(column: "tenant"),
        growth: .transient,
        uniques: [["tenant", "dedupe_key"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [["due_at"], ["tenant", "created_at", "id"], ["tenant", "recipient", "created_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(template)
        row(recipient)
        row(StorableJSON(variables))
        row(dedupeKey)
        row(state)
        row(notBefore)
        row(attempts)
        row(claimedUntil)
        row(receipt)
        row(detail)
        row(createdAt)
        row(endedAt)
        row(revision)
        row(dueAt)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        self.init(
            id: try row(),
            tenant: try row(),
            template: try row(),
            recipient: try row(),
            variables: (try row() as StorableJSON<[String: String]>).value,
            dedupeKey: try row(),
            state: try row(),
            notBefore: try row(),
            attempts: try row(),
            claimedUntil: try row(),
            receipt: try row(),
            detail: try row(),
            createdAt: try row(),
            endedAt: try row(),
            revision: try row()
        )
    }
}

extension NotificationIntent {
    /// The columns that queries name.
    public enum Columns {
        /// `dedupe_key`.
        public static let dedupeKey = Field<NotificationIntent, String>("dedupe_key")
        /// `recipient`.
        public static let recipient = Field<NotificationIntent, String>("recipient")
        /// `template`.
        public static let template = Field<NotificationIntent, String>("template")
        /// `state`.
        public static let state = Field<NotificationIntent, NotificationState>("state")
        /// `created_at`.
        public static let createdAt = Field<NotificationIntent, Timestamp>("created_at")
        /// `ended_at`.
        public static let endedAt = Field<NotificationIntent, Timestamp?>("ended_at")
        /// `due_at`.
        public static let dueAt = Field<NotificationIntent, Timestamp?>("due_at")
    }
}

extension NotificationIntent {
    /// When a worker may claim it; `nil` for never.
    private var dueAt: Timestamp? {
        switch state {
        case .pending, .failed: notBefore
        case .sending: claimedUntil ?? notBefore
        case .sent, .parked, .cancelled: nil
        }
    }
}
