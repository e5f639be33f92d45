import BillingDomain
import BillingPersistence
import BillingServices
import TestSupport

/// Settings, the audit trail, jobs and messages.
extension UseCase {
    static let house: [UseCase] = [
        UseCase("SettingsService.current()", "read the settings", [.viewSettings], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.settings.current()
        },
        UseCase("SettingsService.list()", "list the settings", [.viewSettings], namesThings: false) { session, _, _ in
            _ = try await session.settings.list()
        },
        UseCase("SettingsService.set<Value: Sendable>(_:to:)", "set a setting", [.manageSettings], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.settings.set(.shiftTolerance, to: 100)
        },
        UseCase("SettingsService.set(_:)", "set settings", [.manageSettings], namesThings: false) { session, _, _ in
            _ = try await session.settings.set(["company.name": "Lake View"])
        },
        UseCase("SettingsService.tenant()", "see the tenant", [.viewSettings], namesThings: false) { session, _, _ in
            _ = try await session.settings.tenant()
        },
        UseCase(
            "SettingsService.updateTenant(name:email:phone:)",
            "change the tenant",
            [.manageTenant],
            namesThings: false
        ) { session, _, _ in
            _ = try await session.settings.updateTenant(name: "Lake View", email: nil, phone: nil)
        },
        UseCase("AuditService.entries(_:_:)", "search the audit trail", [.viewAudit], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.audit.entries()
        },
        UseCase("AuditService.routerEvents(router:from:until:_:)", "see a router's log", [.viewRouterLog]) {
            session,
            shop,
            _ in
            _ = try await session.audit.routerEvents(router: shop.router.id)
        },
        UseCase("SettingsService.sheet()", "see what sheets show", [.viewVouchers], namesThings: false) {
            session,
            _,
            _ in
            _ = try await session.settings.sheet()
        },
        UseCase(
            "AuditService.activity(from:until:limit:)",
            "see what was done",
            [.viewAudit, .viewRouterLog],
            namesThings: false
        ) { session, _, _ in _ = try await session.audit.activity() },
        UseCase("AuditService.verify()", "verify the chains", [.viewAudit], namesThings: false) { session, _, _ in
            _ = try await session.audit.verify()
        },
        UseCase("JobService.list()", "list jobs", [.viewJobs], namesThings: false) { session, _, _ in
            _ = try await session.jobs.list()
        },
        UseCase("JobService.runs(of:_:)", "list runs", [.viewJobs], namesThings: false) { session, _, _ in
            _ = try await session.jobs.runs()
        },
        UseCase("JobService.pause(_:)", "pause a job", [.manageJobs], given: job) { session, _, _, job in
            _ = try await session.jobs.pause(job.id)
        },
        UseCase("JobService.resume(_:)", "resume a job", [.manageJobs]) { shop, _ in
            try await shop.owner.jobs.pause(shop.job().id)
        } run: { session, _, _, job in
            _ = try await session.jobs.resume(job.id)
        },
        UseCase("JobService.reschedule(_:_:)", "reschedule a job", [.manageJobs], given: job) { session, _, _, job in
            _ = try await session.jobs.reschedule(job.id, .every(seconds: 60))
        },
        UseCase("JobService.runNow(_:)", "have a job run now", [.manageJobs], given: job) { session, _, _, job in
            _ = try await session.jobs.runNow(job.name)
        },
        UseCase(
            "NotificationService.list(_:recipient:_:)",
            "list notifications",
            [.viewNotifications],
            namesThings: false
        ) { session, _, _ in _ = try await session.notifications.list() },
        UseCase("NotificationService.retry(_:)", "retry a notification", [.sendNotifications], given: parked) {
            session,
            _,
            _,
            parked in
            _ = try await session.notifications.retry(parked.id)
        },
        UseCase("NotificationService.cancel(_:)", "cancel a notification", [.sendNotifications], given: parked) {
            session,
            _,
            _,
            parked in
            _ = try await session.notifications.cancel(parked.id)
        },
        UseCase("MessageService.list(_:_:)", "list messages", [.viewPayments], namesThings: false) { session, _, _ in
            _ = try await session.messages.list()
        },
        UseCase("MessageService.release(_:)", "release a message", [.releaseQuarantine], given: quarantined) {
            session,
            _,
            _,
            message in
            _ = try await session.messages.release(message.id)
        },
        UseCase("MessageService.dismiss(_:reason:)", "dismiss a message", [.releaseQuarantine], given: quarantined) {
            session,
            _,
            _,
            message in
            _ = try await session.messages.dismiss(message.id, reason: "not ours")
        },
    ]

    @Sendable private static func job(_ shop: Shop, _: GeneratedBatch) async throws -> ScheduledJob {
        try await shop.job()
    }

    @Sendable private static func parked(_ shop: Shop, _: GeneratedBatch) async throws -> NotificationIntent {
        try await shop.notification(parked: true)
    }

    @Sendable private static func quarantined(_ shop: Shop, _: GeneratedBatch) async throws -> InboxMessage {
        try await shop.quarantined()
    }
}

extension Shop {
    /// A job of the shop that runs each hour.
    func job(_ name: String = "expiry", catchUp: ScheduledJob.CatchUp = .latest) async throws -> ScheduledJob {
        try await billing.scheduler.ensure(name, of: tenant.id, .every(seconds: 3_600), catchUp: catchUp)
    }

    /// A notification that was claimed, and put aside if wanted.
    func notification(parked: Bool) async throws -> NotificationIntent {
        let key = try random.word()
        _ = try await billing.outgoing.enqueue(
            "voucher.credentials",
            to: "phone:+256700123456",
            of: tenant.id,
            key: key
        )
        let claimed = try await billing.outgoing.claim().first { $0.dedupeKey == key }
        guard let claimed else { throw SwitchableStore.Failure() }
        return parked ? try await billing.outgoing.fail(claimed, "no such number", retryAt: nil) : claimed
    }

    /// A message that somebody must decide about.
    func quarantined() async throws -> InboxMessage {
        let key = try random.word()
        _ = try await billing.incoming.receive(from: "gateway:test", key: key, body: [1], for: tenant.id)
        guard let claimed = try await billing.incoming.claim().first(where: { $0.key == key }) else {
            throw SwitchableStore.Failure()
        }
        return try await billing.incoming.quarantine(claimed, "the amount differs")
    }

    /// What an authenticator that was told of an enrolment shows now.
    func code(_ enrolment: SecondFactorEnrolment) throws -> String {
        try Authenticator(enrolment).code(at: clock.now)
    }
}
