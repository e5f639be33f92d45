public import BillingDomain
import BillingPersistence

extension JobScheduler {
    /// Runs every ``StandardJob`` of every tenant that is due, failed before or was left behind, and processes what the
    /// gateways have sent: a daemon that leads calls it every few seconds.
    ///
    /// A tenant gets the jobs it lacks first, and those whose times its settings changed get the new ones. Each run is
    /// written down with what it did. One that fails is tried again, three times in all, and neither it nor a tenant whose
    /// runs cannot be written down stops the rest. Where not even its end can be written down, a run stays at work until it is taken
    /// up under the next term. A run may be cut short anywhere: doing it again changes nothing twice. The term is renewed
    /// before each run; where one may take longer than a term, renew it in a task of your own meanwhile, or another process may lead before this one ends.
    ///
    /// - Parameters:
    ///   - term: The term that was elected; only its name and number count.
    ///   - gateways: Those whose messages are processed.
    ///   - instant: Asked before each run for the instant at which the clock was found right: nothing later is due to that run,
    ///     nor is anything it writes, whatever the clock says by the time that a transaction has its turn. Where it answers
    ///     nil, nothing is run. Without it the environment's clock holds.
    /// - Returns: What was done.
    /// - Throws: ``BillingError/Code/conflict`` or ``BillingError/Code/leaseLost`` once the term has passed: stop leading.
    ///   At the end, the first error of a tenant that was passed over or of a gateway.
    @discardableResult
    public func runDueJobs(
        under term: LeaderTerm,
        gateways: [any PaymentGateway] = [],
        until instant: (@Sendable () -> Timestamp?)? = nil
    ) async throws -> JobRound {
        let term = try await renew(term)
        func now() -> JobScheduler? {
            guard let instant else { return self }
            return instant().map { JobScheduler(context: context.until($0)) }
        }
        var round = JobRound()
        guard let present = now() else { return round }
        var failure = try await present.ensureStandardJobs()
        let jobs = try await standardJobs()
        func attempt(_ job: Identifier<ScheduledJob>, _ begin: (JobScheduler) async throws -> JobRun?) async throws {
            guard let job = jobs[job] else { return }
            _ = try await renew(term)
            guard let present = now() else { return }
            do {
                guard let run = try await begin(present) else { return }
                round.runs.append(try await work(run) { try await present.perform(job, of: run.tenant) })
            } catch let error as BillingError where error.code == .conflict || error.code == .leaseLost {
                throw error
            } catch {
                failure = failure ?? error
            }
        }
        for run in try await unfinished(under: term, of: StandardJob.allCases.map(\.rawValue)) {
            try await attempt(run.job) { try await $0.retry(run, under: term) }
        }
        for due in try await present.due() {
            try await attempt(due.job.id) { try await $0.begin(due, under: term) }
        }
        if now() != nil { round.messages = try await CollectionService(context: context).processDue(gateways) }
        if let failure { throw failure }
        return round
    }

    /// Does what a run is for, and writes down how it ended.
    private func work(_ run: JobRun, _ body: () async throws -> String) async throws -> JobRun {
        let detail: String
        do {
            detail = try await body()
        } catch {
            // What is no error of ours may say anything; its kind is enough for people.
            return try await fail(run, (error as? BillingError)?.message ?? "\(type(of: error))")
        }
        return try await succeed(run, detail)
    }

    private func perform(_ job: StandardJob, of tenant: Identifier<Tenant>) async throws -> String {
        let collection = CollectionService(context: context)
        switch job {
        case .upkeep:
            let done = try await VoucherUpkeep(context: context).run(tenant)
            return "\(done.expired + done.lapsed) ended, \(done.cleanedUp) cleaned up, \(done.released) released"
        case .subscriptions:
            let done = try await collection.sweepSubscriptions(tenant: tenant)
            guard done.failed.isEmpty else {
                throw BillingError(.conflict, "\(done.failed.count) subscriptions could not be moved.")
            }
            return "\(done.moved.values.reduce(0, +)) moved"
        case .reminders: return "\(try await collection.remind(tenant: tenant)) reminded"
        case .revenue: return "\(try await collection.recogniseRevenue(tenant: tenant)) recognised"
        case .lateFees: return "\(try await collection.chargeLateFees(tenant: tenant)) charged"
        case .reports: return "\(try await context.saveMissedDays(of: tenant).count) saved"
        case .retention: return "\(try await context.applyRetention(of: tenant).count) removed"
        }
    }

    private func standardJobs() async throws -> [Identifier<ScheduledJob>: StandardJob] {
        let jobs = try await context.read(.system) { try $0.records(Query<ScheduledJob>()) }
        return Dictionary(
            jobs.compactMap { job in StandardJob(rawValue: job.name).map { (job.id, $0) } },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Gives every tenant the jobs it lacks, and each job the times that the settings say; the first error of a tenant
    /// where that cannot be written down.
    private func ensureStandardJobs() async throws -> (any Error)? {
        let tenants = try await context.read(.system) { store in
            let jobs = Dictionary(grouping: try store.records(Query<ScheduledJob>()), by: \.tenant)
            let settings = Dictionary(try store.records(Query<Settings>()).map { ($0.tenant, $0) }) { first, _ in first
            }
            return try store.tenants().filter { tenant in
                let settings = settings[tenant.id] ?? Settings(tenant: tenant.id)
                return tenant.state != .closed
                    && !StandardJob.allCases.allSatisfy { standard in
                        jobs[tenant.id]?.contains {
                            $0.name == standard.rawValue && $0.schedule == standard.schedule(settings)
                        } ?? false
                    }
            }
        }
        var failure: (any Error)?
        for tenant in tenants {
            do {
                try await context.change(tenant.id, by: Self.actor) { try $0.ensureStandardJobs() }
            } catch {
                failure = failure ?? error
            }
        }
        return failure
    }
}

extension Change {
    fileprivate func ensureStandardJobs() throws {
        let settings = try store.settings()
        for standard in StandardJob.allCases {
            let schedule = standard.schedule(settings)
            var job = try job(standard.rawValue, schedule)
            guard job.schedule != schedule else { continue }
            job.reschedule(schedule, at: now)
            try store.update(job)
        }
    }
}
