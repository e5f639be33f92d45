public import BillingDomain
public import BillingPersistence

/// Who did what in one tenant.
///
/// The trail is of the whole business: it takes an assignment to everywhere.
public struct AuditService: Sendable {
    let session: BillingSession

    /// The lines of the audit trail that meet a filter, newest first.
    public func entries(
        _ filter: AuditFilter = AuditFilter(),
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<AuditEntry> {
        try session.requireWholeTrail()
        return try await session.read(.viewAudit) { try $0.audit(filter, page) }
    }

    /// What was done on routers in `from ≤ t < until`, newest first, on one router if given.
    public func routerEvents(
        router: Identifier<Router>? = nil,
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<RouterEvent> {
        let assignment = session.assignment
        return try await session.read(.viewRouterLog) { store in
            if let router {
                _ = try assignment.router(router, in: store)
            } else if !assignment.isEverywhere {
                throw BillingError(.forbidden, field: "router", "Choose one of the routers you are assigned to.")
            }
            return try store.routerEvents(router: router, from: from, until: until, page)
        }
    }

    /// The audit trail and what was done on routers in one list, newest first: at most `limit` lines, up to 1 000.
    ///
    /// It takes ``BillingDomain/Permission/viewRouterLog`` too.
    public func activity(
        from: Timestamp? = nil,
        until: Timestamp? = nil,
        limit: Int = 100
    ) async throws -> [ActivityLine] {
        guard (1...1_000).contains(limit) else {
            throw BillingError.invalid("limit", "Ask for 1 to 1000 lines.")
        }
        try session.authorise(.viewRouterLog)
        try session.requireWholeTrail()
        return try await session.read(.viewAudit) { store in
            let page = PageRequest(after: nil, size: limit)
            let entries = try store.audit(AuditFilter(from: from, until: until), page).items
            let events = try store.routerEvents(from: from, until: until, page).items
            return Array(ActivityLine.log(entries, events).prefix(limit))
        }
    }

    /// Where the books or the audit trail are not as they were written; nil while both are.
    ///
    /// Reads all of both, some at a time.
    public func verify() async throws -> BookFault? {
        try await session.read(.viewAudit) { try $0.verifyBooks() }
    }
}

extension BillingSession {
    /// Refuses the audit trail to whoever is assigned to a part of the business.
    func requireWholeTrail() throws {
        try assignment.requireEverywhere("The audit trail is of the whole business, and you are assigned to a part.")
    }
}

extension Change {
    /// Writes down what was done on a router; never what was sent or answered.
    func record(
        _ operation: String,
        on router: Identifier<Router>,
        _ outcome: RouterEvent.Outcome,
        took duration: Duration? = nil,
        detail: String = ""
    ) throws {
        try store.insert(
            RouterEvent(
                id: identifier(),
                tenant: tenant,
                router: router,
                at: now,
                actor: actor,
                operation: operation,
                outcome: outcome,
                duration: duration,
                detail: detail,
                requestID: origin.requestID
            )
        )
    }
}
