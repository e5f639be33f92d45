public import BillingDomain
public import BillingPersistence

/// What people of one tenant are told.
public struct NotificationService: Sendable {
    let session: BillingSession

    /// Notifications, newest first; those in a state, or for one recipient such as `customer:<id>`, if given.
    ///
    /// Who is assigned to a part of the business asks for one recipient: a customer within reach, or themselves.
    public func list(
        _ state: NotificationState? = nil,
        recipient: String? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<NotificationIntent> {
        let (assignment, actor) = (session.assignment, session.actor)
        return try await session.read(.viewNotifications) { store in
            try assignment.require(recipient: recipient, for: actor, in: store)
            var query = Query<NotificationIntent>()
            if let state { query = query.where(NotificationIntent.Columns.state == state) }
            if let recipient { query = query.where(NotificationIntent.Columns.recipient == recipient) }
            return try store.page(query.sorted(byDescending: NotificationIntent.Columns.createdAt), page)
        }
    }

    /// Tries one that failed or was put aside again, at once.
    public func retry(_ id: Identifier<NotificationIntent>) async throws -> NotificationIntent {
        try await move(id, "notification.retry") { try $0.retry(at: $1) }
    }

    /// Sees to it that one is not sent.
    public func cancel(_ id: Identifier<NotificationIntent>) async throws -> NotificationIntent {
        try await move(id, "notification.cancel") { try $0.cancel(at: $1) }
    }

    private func move(
        _ id: Identifier<NotificationIntent>,
        _ action: String,
        _ body: @escaping @Sendable (inout NotificationIntent, Timestamp) throws -> Void
    ) async throws -> NotificationIntent {
        try await session.change(.sendNotifications) { change in
            guard var intent = try change.store.find(id, locked: true) else {
                throw BillingError.notFound("notification", field: "notification")
            }
            try change.assignment.require(recipient: intent.recipient, for: change.actor, in: change.store)
            try body(&intent, change.now)
            try change.audit(action, "notification:\(id)", intent.template)
            return try change.store.update(intent)
        }
    }
}

extension StaffAssignment {
    /// Refuses all recipients at once, and every one but customers within reach and whoever acts: where a telephone or a
    /// colleague belongs nobody can tell.
    fileprivate func require(recipient: String?, for actor: Actor, in store: any StoreReader) throws {
        guard !isEverywhere, recipient != actor.description else { return }
        let parts = recipient?.split(separator: ":", maxSplits: 1) ?? []
        guard parts.first == "customer", parts.count == 2, let id = Identifier<Customer>(String(parts[1])) else {
            throw BillingError(.forbidden, field: "recipient", "Choose one of the customers within your reach.")
        }
        _ = try customer(id, in: store)
    }
}
