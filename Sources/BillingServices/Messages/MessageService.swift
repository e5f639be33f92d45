public import BillingDomain
public import BillingPersistence

/// Messages from outside that somebody of the tenant must look at.
public struct MessageService: Sendable {
    let session: BillingSession

    /// Messages, newest first; those in a state if given.
    ///
    /// A message tells of any customer, so whoever is assigned to a part of the business is refused, here and below.
    public func list(
        _ state: InboxState? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<InboxMessage> {
        let assignment = session.assignment
        return try await session.read(.viewPayments) { store in
            try Self.requireEverything(assignment)
            let all = Query<InboxMessage>().sorted(byDescending: InboxMessage.Columns.createdAt)
            return try store.page(state.map { all.where(InboxMessage.Columns.state == $0) } ?? all, page)
        }
    }

    /// Lets a quarantined message be processed again, at once.
    public func release(_ id: Identifier<InboxMessage>) async throws -> InboxMessage {
        try await move(id, "message.release", nil) { try $0.release(at: $1) }
    }

    /// Settles a quarantined message without effect, for a reason.
    public func dismiss(_ id: Identifier<InboxMessage>, reason: String) async throws -> InboxMessage {
        let reason = try Input.reason(reason)
        return try await move(id, "message.dismiss", reason) { try $0.dismiss(reason, at: $1) }
    }

    private func move(
        _ id: Identifier<InboxMessage>,
        _ action: String,
        _ reason: String?,
        _ body: @escaping @Sendable (inout InboxMessage, Timestamp) throws -> Void
    ) async throws -> InboxMessage {
        try await session.change(.releaseQuarantine) { change in
            try Self.requireEverything(change.assignment)
            guard var message = try change.store.find(id, locked: true) else {
                throw BillingError.notFound("message", field: "message")
            }
            try body(&message, change.now)
            try change.audit(action, "message:\(id)", message.source, after: reason)
            return try change.store.update(message)
        }
    }

    private static func requireEverything(_ assignment: StaffAssignment) throws {
        try assignment.requireEverywhere(
            "What gateways send tells of every customer. Ask somebody who is assigned to the whole business."
        )
    }
}
