import BillingDomain
import BillingPersistence

/// What is old of one kind of record in one tenant at one instant.
struct RetentionRule: Sendable {
    let kind: RetentionPlan.Kind
    /// What is older than this.
    let before: Timestamp
    /// How many are old.
    let count: @Sendable (any StoreReader) throws -> Int
    /// Removes up to a number of those that are old, and says how many.
    let remove: @Sendable (any StoreTransaction, Int) throws -> Int

    private init<Record: TransientRecord>(
        _ kind: RetentionPlan.Kind,
        _ before: Timestamp,
        _ old: Query<Record>
    ) {
        self.kind = kind
        self.before = before
        count = { try $0.count(old) }
        remove = { try $0.delete(old.first($1)) }
    }

    /// The rules of a tenant, by its settings.
    static func all(of tenant: Tenant, _ settings: Settings, at now: Timestamp) -> [RetentionRule] {
        let calendar = TenantCalendar(tenant)
        func days(_ key: SettingKey<Int64>) -> Timestamp { now - .seconds(settings[key] * 86_400) }
        func months(_ key: SettingKey<Int64>) -> Timestamp {
            calendar.startOfDay(calendar.date(now).adding(months: -settings[key]))
        }
        let (requests, parked) = (days(.keepsIdempotencyKeys), days(.keepsParkedJobs))
        let (events, attempts) = (days(.keepsRouterEvents), days(.keepsSignInAttempts))
        let runs = days(.keepsJobRuns)
        let (sent, inbox) = (days(.keepsNotifications), days(.keepsInbox))
        let (reports, sessions) = (months(.keepsSavedReports), months(.keepsSessions))
        return [
            RetentionRule(.idempotencyKeys, requests, Query(IdempotencyRecord.Columns.createdAt < requests)),
            RetentionRule(.signInSessions, now, Query(SignInSession.Columns.expiresAt <= now)),
            RetentionRule(
                .parkedJobs,
                parked,
                Query(OutboxJob.Columns.isParked == true, OutboxJob.Columns.enqueuedAt < parked)
            ),
            RetentionRule(
                .jobRuns,
                runs,
                Query(
                    JobRun.Columns.state.isOne(of: [.succeeded, .failed, .abandoned]),
                    JobRun.Columns.createdAt < runs
                )
            ),
            RetentionRule(.savedReports, reports, Query(SavedReport.Columns.createdAt < reports)),
            RetentionRule(.networkSessions, sessions, Query(NetworkSession.Columns.endedAt < sessions)),
            RetentionRule(.usageDays, sessions, Query(UsageDayRow.Columns.day < calendar.date(sessions))),
            RetentionRule(.routerEvents, events, Query(RouterEvent.Columns.at < events)),
            RetentionRule(.routerDowntimes, events, Query(RouterDowntime.Columns.endedAt < events)),
            RetentionRule(.notifications, sent, Query(NotificationIntent.Columns.endedAt < sent)),
            RetentionRule(
                .inbox,
                inbox,
                Query(InboxMessage.Columns.state == .done, InboxMessage.Columns.endedAt < inbox)
            ),
            RetentionRule(.signInAttempts, attempts, Query(SignInAttempt.Columns.at < attempts)),
        ]
    }
}
