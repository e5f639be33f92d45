public import BillingDomain
import BillingPersistence

/// What a daemon runs background jobs with; not for people.
///
/// Of all processes over one store one leads at a time, and runs are begun by it alone: elect, then renew every few
/// seconds, and act only while ``BillingDomain/LeaderTerm/trusts(since:now:margin:)`` says so. A run is begun once for
/// each instant it is due, whoever leads, and an end under a term that has passed is refused. ``runDueJobs(under:gateways:until:)``
/// does all of that for the jobs that every tenant has; the rest is for jobs of your own.
public struct JobScheduler: Sendable {
    let context: ServiceContext

    /// Elects a process to lead; `nil` while another one does.
    ///
    /// `owner` is a name that no other process ever has.
    public func elect(_ owner: String) async throws -> LeaderTerm? {
        let owner = try Input.name(owner, field: "owner")
        return try await write { store, now in try store.electLeader(owner, now: now) }
    }

    /// Renews a term; throws ``BillingError/Code/conflict`` once it has ended or passed to another: stop leading.
    public func renew(_ term: LeaderTerm) async throws -> LeaderTerm {
        try await write { store, now in try store.renew(term, now: now) }
    }

    /// Gives a term up, so that another process may lead at once.
    public func resign(_ term: LeaderTerm) async throws {
        _ = try await write { store, now in try store.resign(term, now: now) }
    }

    /// Makes sure that a tenant has a job of a name; one that is there keeps its schedule.
    public func ensure(
        _ name: String,
        of tenant: Identifier<Tenant>,
        _ schedule: JobSchedule,
        catchUp: ScheduledJob.CatchUp = .latest
    ) async throws -> ScheduledJob {
        let name = try Input.name(name)
        return try await context.change(tenant, by: Self.actor) { change in
            try change.job(name, schedule, catchUp: catchUp)
        }
    }

    /// The runs of all active tenants to begin now, oldest first.
    public func due() async throws -> [DueRun] {
        let now = context.environment.now()
        return try await context.read(.system) { store in
            let tenants = Dictionary(try store.tenants().map { ($0.id, $0) }) { first, _ in first }
            return try store.records(Query(ScheduledJob.Columns.isPaused == false)).flatMap { job -> [DueRun] in
                guard let tenant = tenants[job.tenant], tenant.state != .closed else { return [] }
                return job.due(at: now, in: TenantCalendar(tenant)).map { DueRun(job: job, tenant: tenant, dueAt: $0) }
            }
            .sorted { ($0.dueAt, $0.job.id) < ($1.dueAt, $1.job.id) }
        }
    }

    /// Begins a run; `nil` when it was done before, is at work, or has no attempt left.
    ///
    /// Throws ``BillingError/Code/leaseLost`` when a later leader has worked on the job.
    public func begin(_ due: DueRun, under term: LeaderTerm) async throws -> JobRun? {
        try await begin(due.job.id, of: due.tenant.id, dueAt: due.dueAt, under: term)
    }

    /// Takes up a run that failed, or that the leader of an earlier term left behind.
    public func retry(_ run: JobRun, under term: LeaderTerm) async throws -> JobRun? {
        try await begin(run.job, of: run.tenant, dueAt: run.dueAt, under: term)
    }

    /// Runs to take up again: left behind by leaders of earlier terms, or failed with attempts left; oldest first.
    ///
    /// Of jobs of some names alone, if given: what nobody takes up then keeps nothing else waiting.
    public func unfinished(
        under term: LeaderTerm,
        of names: [String]? = nil,
        limit: Int = 100
    ) async throws -> [JobRun] {
        try await context.read(.system) { try $0.unfinishedRuns(before: term.number, of: names, limit: limit) }
    }

    /// Writes down that a run is done; refused with ``BillingError/Code/conflict`` under a term that has passed.
    @discardableResult
    public func succeed(_ run: JobRun, _ detail: String? = nil) async throws -> JobRun {
        try await context.change(run.tenant, by: Self.actor) { change in
            try change.store.finish(run.id, failure: nil, detail: detail, under: run.term, now: change.now)
        }
    }

    /// Writes down that a run failed; it is tried again while attempts are left.
    @discardableResult
    public func fail(_ run: JobRun, _ detail: String) async throws -> JobRun {
        try await context.change(run.tenant, by: Self.actor) { change in
            try change.store.finish(run.id, failure: detail, detail: nil, under: run.term, now: change.now)
        }
    }

    static let actor = Actor.system("scheduler")

    private func begin(
        _ job: Identifier<ScheduledJob>,
        of tenant: Identifier<Tenant>,
        dueAt: Timestamp,
        under term: LeaderTerm
    ) async throws -> JobRun? {
        try await context.change(tenant, by: Self.actor) { change in
            try change.store.begin(job, dueAt: dueAt, under: term, id: change.identifier(), now: change.now)
        }
    }

    private func write<Answer: Sendable>(
        _ body: @escaping @Sendable (any StoreTransaction, Timestamp) throws -> Answer
    ) async throws -> Answer {
        let environment = context.environment
        return try await BillingError.translating {
            try await context.store.write(.system) { try body($0, environment.now()) }
        }
    }
}

extension Change {
    /// The job of a name, made if there is none; one that is there keeps its schedule.
    func job(
        _ name: String,
        _ schedule: JobSchedule,
        catchUp: ScheduledJob.CatchUp = .latest
    ) throws -> ScheduledJob {
        if let job = try store.first(Query(ScheduledJob.Columns.name == name)) { return job }
        let job = ScheduledJob(
            id: try identifier(),
            tenant: tenant,
            name: name,
            schedule: schedule,
            catchUp: catchUp,
            createdAt: now
        )
        try store.insert(job)
        return job
    }
}
