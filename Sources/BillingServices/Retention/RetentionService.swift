import BillingDomain
import BillingPersistence

/// How long a tenant's data is kept.
public struct RetentionService: Sendable {
    let session: BillingSession

    /// What ``apply()`` would remove now; nothing is changed.
    public func preview() async throws -> RetentionPlan {
        let limits = RetentionLimits(session.tenant, at: session.context.environment.now())
        return try await session.read(.manageRetention) { store in
            RetentionPlan(
                lines: [
                    .init(.idempotencyKeys, limits.requests, try store.count(limits.oldRequests)),
                    .init(.signInSessions, limits.now, try store.count(limits.overSessions)),
                    .init(.parkedJobs, limits.parked, try store.count(limits.oldJobs)),
                    .init(.savedReports, limits.reports, try store.count(limits.oldReports)),
                ]
            )
        }
    }

    /// Removes what is older than the settings allow, and says what that was.
    ///
    /// Doing it again removes nothing that was not old enough before.
    public func apply() async throws -> RetentionPlan {
        let tenant = session.tenant
        return try await session.change(.manageRetention) { change in
            let limits = RetentionLimits(tenant, at: change.now)
            let plan = RetentionPlan(
                lines: [
                    .init(.idempotencyKeys, limits.requests, try change.store.delete(limits.oldRequests)),
                    .init(.signInSessions, limits.now, try change.store.delete(limits.overSessions)),
                    .init(.parkedJobs, limits.parked, try change.store.delete(limits.oldJobs)),
                    .init(.savedReports, limits.reports, try change.store.delete(limits.oldReports)),
                ]
            )
            let removed = plan.lines.map { "\($0.count) \($0.kind.rawValue)" }.joined(separator: ", ")
            try change.audit("retention.apply", "tenant:\(tenant.id)", removed)
            return plan
        }
    }
}

/// The ages of one tenant at one instant.
struct RetentionLimits {
    let now: Timestamp
    let requests: Timestamp
    let parked: Timestamp
    let reports: Timestamp

    /// The ages that `settings` allow: the defaults while a tenant has set none.
    init(_ tenant: Tenant, settings: Settings? = nil, at now: Timestamp) {
        let settings = settings ?? Settings(tenant: tenant.id)
        let calendar = TenantCalendar(tenant)
        func days(_ count: Int64) -> Timestamp { now - .seconds(count * 86_400) }
        self.now = now
        requests = days(settings[.keepsIdempotencyKeys])
        parked = days(settings[.keepsParkedJobs])
        reports = calendar.startOfDay(calendar.date(now).adding(months: -settings[.keepsSavedReports]))
    }

    var oldRequests: Query<IdempotencyRecord> {
        Query(Field<IdempotencyRecord, Timestamp>("created_at") < requests)
    }
    var overSessions: Query<SignInSession> { Query(SignInSession.Columns.expiresAt <= now) }
    var oldJobs: Query<OutboxJob> {
        Query(OutboxJob.Columns.isParked == true, OutboxJob.Columns.enqueuedAt < parked)
    }
    var oldReports: Query<SavedReport> { Query(SavedReport.Columns.createdAt < reports) }
}

extension RetentionPlan.Line {
    fileprivate init(_ kind: RetentionPlan.Kind, _ before: Timestamp, _ count: Int) {
        self.init(kind: kind, before: before, count: count)
    }
}
