public import BillingDomain

extension InboxMessage: RevisedRecord, TransientRecord {
    /// The table of messages from outside, which workers of all tenants share; each is kept once.
    public static let table = RecordTable(
        "inbox_message",
        noun: "message",
        [
            .id, .tenant, .text("source").fixed, .text("key").fixed, .bytes("digest").fixed,
            .bytes("sealed_headers"), .bytes("body").fixed, .text("source_address").fixed.optional,
            .word("state", InboxState.self), .integer("not_before"), .integer("attempts"),
            .integer("claimed_until").optional, .text("detail").optional, .integer("created_at").fixed,
            .integer("ended_at").optional, .revision, .integer("due_at").optional,
        ],
        ownership: .shared(column: "tenant"),
        growth: .transient,
        uniques: [["tenant", "source", "key", "digest"]],
        references: [.init("tenant", to: "tenant")],
        indexes: [
            ["due_at"], ["source", "due_at"], ["tenant", "state", "not_before"], ["tenant", "created_at", "id"],
            ["tenant", "state", "created_at", "id"], ["ended_at"],
        ]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(source)
        row(key)
        row(digest)
        row(sealedHeaders)
        row(body)
        row(sourceAddress)
        row(state)
        row(notBefore)
        row(attempts)
        row(claimedUntil)
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
            source: try row(),
            key: try row(),
            digest: try row(),
            sealedHeaders: try row(),
            body: try row(),
            sourceAddress: try row(),
            state: try row(),
            notBefore: try row(),
            attempts: try row(),
            claimedUntil: try row(),
            detail: try row(),
            createdAt: try row(),
            endedAt: try row(),
            revision: try row()
        )
    }
}

extension InboxMessage {
    /// The columns that queries name.
    public enum Columns {
        /// `source`.
        public static let source = Field<InboxMessage, String>("source")
        /// `key`.
        public static let key = Field<InboxMessage, String>("key")
        /// `digest`.
        public static let digest = Field<InboxMessage, [UInt8]>("digest")
        /// `state`.
        public static let state = Field<InboxMessage, InboxState>("state")
        /// `created_at`.
        public static let createdAt = Field<InboxMessage, Timestamp>("created_at")
        /// `not_before`.
        public static let notBefore = Field<InboxMessage, Timestamp>("not_before")
        /// `ended_at`.
        public static let endedAt = Field<InboxMessage, Timestamp?>("ended_at")
        /// `due_at`.
        public static let dueAt = Field<InboxMessage, Timestamp?>("due_at")
    }
}

extension InboxMessage {
    /// When a worker may claim it; `nil` for never.
    private var dueAt: Timestamp? {
        switch state {
        case .received, .failed: notBefore
        case .processing: claimedUntil ?? notBefore
        case .done, .quarantined: nil
        }
    }
}
