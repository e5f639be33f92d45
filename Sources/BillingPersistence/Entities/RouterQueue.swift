public import BillingDomain

/// What waits for a router, and who works on it: the row that workers claim.
///
/// Routers are leased, not jobs: what waits for a router that is out of reach costs the others nothing.
public struct RouterQueue: RevisedRecord {
    /// The router, whose queue this is.
    public let router: Identifier<Router>
    /// The tenant of the router.
    public let tenant: Identifier<Tenant>
    /// Who works on it; `nil` for nobody.
    public var owner: String?
    /// The number of the last claim.
    public var epoch: Int64
    /// When it may be claimed although somebody works on it.
    public var until: Timestamp
    /// When the next attempt on the router may be made.
    public var nextAttemptAt: Timestamp
    /// When there is something to do: the next attempt, or the first job if that is due later; ``never`` for nothing.
    public var dueAt: Timestamp
    /// When it is to be seen next whether it answers.
    public var statusDueAt: Timestamp
    /// When its users and sessions are to be read next.
    public var syncDueAt: Timestamp
    /// Whether it did not answer last time, or not as it should.
    public var isAway: Bool
    /// When it may be sent a whole burst of commands again.
    public var restedAt: Timestamp
    /// The sequence of the last job that was put in.
    public var lastSequence: Int64
    /// The version of this record.
    public var revision: Int64

    /// Later than everything.
    public static let never = Timestamp(microsecondsSince1970: .max)
    /// Before everything.
    public static let always = Timestamp(microsecondsSince1970: .min)

    /// When it is to be looked at, whatever there is to do: the first of what is due, but no sooner than the next attempt.
    public var watchDueAt: Timestamp {
        max(nextAttemptAt, isAway ? Self.always : min(statusDueAt, syncDueAt))
    }

    /// Nothing of a router is put off for longer; what seems to be was put off while the clock was wrong, and is due.
    public static let longestInterval = Duration.seconds(86_400 + 3_600)

    /// The identity: that of the router.
    public var id: Identifier<RouterQueue> { Identifier(high: router.high, low: router.low) }

    /// An empty queue that nobody works on, of a router that nobody has looked at.
    public init(router: Identifier<Router>, tenant: Identifier<Tenant>) {
        self.router = router
        self.tenant = tenant
        owner = nil
        epoch = 0
        until = Self.always
        nextAttemptAt = Self.always
        dueAt = Self.never
        statusDueAt = Self.always
        syncDueAt = Self.always
        isAway = false
        restedAt = Self.always
        lastSequence = 0
        revision = 1
    }
}

extension RouterQueue {
    /// The table of queues, which workers of all tenants share.
    public static let table = RecordTable(
        "router_queue",
        noun: "queue",
        [
            .id, .tenant, .text("owner").optional, .integer("epoch"), .integer("until"), .integer("next_attempt_at"),
            .integer("due_at"), .integer("status_due_at"), .integer("sync_due_at"), .integer("watch_due_at"),
            .integer("is_away"), .integer("rested_at"), .integer("last_sequence"), .revision,
        ],
        ownership: .shared(column: "tenant"),
        references: [.init("id", to: "router")],
        indexes: [["is_away", "due_at"], ["is_away", "watch_due_at"]]
    )

    /// Writes every column.
    public func encode(into row: inout RowEncoder) {
        row(id)
        row(tenant)
        row(owner)
        row(epoch)
        row(until)
        row(nextAttemptAt)
        row(dueAt)
        row(statusDueAt)
        row(syncDueAt)
        row(watchDueAt)
        row(isAway)
        row(restedAt)
        row(lastSequence)
        row(revision)
    }

    /// Reads every column.
    public init(from row: inout RowDecoder) throws {
        let id: Identifier<RouterQueue> = try row()
        router = Identifier(high: id.high, low: id.low)
        tenant = try row()
        owner = try row()
        epoch = try row()
        until = try row()
        nextAttemptAt = try row()
        dueAt = try row()
        statusDueAt = try row()
        syncDueAt = try row()
        _ = try row() as Timestamp
        isAway = try row()
        restedAt = try row()
        lastSequence = try row()
        revision = try row()
    }
}

extension RouterQueue {
    /// The columns that queries name.
    public enum Columns {
        /// `owner`.
        public static let owner = Field<RouterQueue, String?>("owner")
        /// `until`.
        public static let until = Field<RouterQueue, Timestamp>("until")
        /// `due_at`.
        public static let dueAt = Field<RouterQueue, Timestamp>("due_at")
        /// `watch_due_at`.
        public static let watchDueAt = Field<RouterQueue, Timestamp>("watch_due_at")
        /// `is_away`.
        public static let isAway = Field<RouterQueue, Bool>("is_away")
    }
}
