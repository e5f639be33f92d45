public import BillingDomain

/// What somebody is to be told, and what came from outside.
///
/// A claim is a lease: whoever ends it hands back the record that was claimed, and is refused with
/// ``PersistenceError/Code/conflict`` once another has taken it over.
extension StoreTransaction {
    /// Asks for a notification, unless one was asked for under the same key; says whether this one is new.
    @discardableResult
    public func enqueue(_ intent: NotificationIntent) throws -> Bool {
        let key = NotificationIntent.Columns.dedupeKey == intent.dedupeKey
        let tenant = Field<NotificationIntent, Identifier<Tenant>>("tenant") == intent.tenant
        guard try count(Query(tenant, key)) == 0 else { return false }
        try insert(intent)
        return true
    }

    /// Claims notifications that are due, the longest due first; in the system's scope those of all tenants.
    public func claimNotifications(now: Timestamp, limit: Int) throws -> [NotificationIntent] {
        let due = Query(NotificationIntent.Columns.dueAt <= now).sorted(by: NotificationIntent.Columns.dueAt)
        return try records(due.first(limit).locked(.skip)).map { intent in
            var intent = intent
            try intent.claim(at: now)
            return try update(intent)
        }
    }

    /// A channel has taken a claimed notification.
    @discardableResult
    public func complete(
        _ claimed: NotificationIntent,
        receipt: String?,
        now: Timestamp
    ) throws -> NotificationIntent {
        var intent = claimed
        try intent.succeed(receipt: receipt, at: now)
        return try update(intent)
    }

    /// An attempt at a claimed notification failed: tried again at `retryAt`, or put aside if that is `nil` or there
    /// were too many.
    @discardableResult
    public func fail(
        _ claimed: NotificationIntent,
        _ detail: String,
        retryAt: Timestamp?
    ) throws -> NotificationIntent {
        var intent = claimed
        try intent.fail(detail, retryAt: retryAt)
        return try update(intent)
    }

    /// Keeps a message from outside, unless it came before.
    ///
    /// - Returns: The message as it is kept, and whether it is new.
    public func receive(_ message: InboxMessage) throws -> (message: InboxMessage, isNew: Bool) {
        let known = Query(
            Field<InboxMessage, Identifier<Tenant>>("tenant") == message.tenant,
            InboxMessage.Columns.source == message.source,
            InboxMessage.Columns.key == message.key,
            InboxMessage.Columns.digest == message.digest
        )
        if let known = try first(known) { return (known, false) }
        try insert(message)
        return (message, true)
    }

    /// Claims messages that are due, the longest due first, of some sources if named; in the system's scope those of all
    /// tenants.
    public func claimMessages(
        now: Timestamp,
        limit: Int,
        from sources: Set<String>? = nil
    ) throws -> [InboxMessage] {
        var due = Query(InboxMessage.Columns.dueAt <= now).sorted(by: InboxMessage.Columns.dueAt)
        if let sources { due = due.where(InboxMessage.Columns.source.isOne(of: sources)) }
        return try records(due.first(limit).locked(.skip)).map { message in
            var message = message
            try message.claim(at: now)
            return try update(message)
        }
    }

    /// The effect of a claimed message is in the books; put it into the transaction that puts it there.
    @discardableResult
    public func complete(_ claimed: InboxMessage, _ detail: String, now: Timestamp) throws -> InboxMessage {
        var message = claimed
        try message.complete(detail, at: now)
        return try update(message)
    }

    /// An attempt at a claimed message failed.
    @discardableResult
    public func fail(_ claimed: InboxMessage, _ detail: String, retryAt: Timestamp) throws -> InboxMessage {
        var message = claimed
        try message.fail(detail, retryAt: retryAt)
        return try update(message)
    }
}
