public import BillingDomain
public import BillingPersistence

/// The background jobs of one tenant, as people see them.
public struct JobService: Sendable {
    let session: BillingSession

    /// All jobs, by name.
    public func list() async throws -> [JobLine] {
        let calendar = TenantCalendar(session.tenant)
        return try await session.read(.viewJobs) { store in
            try store.records(Query<ScheduledJob>().sorted(by: ScheduledJob.Columns.name)).map { job in
                let runs = Query(JobRun.Columns.job == job.id).sorted(byDescending: JobRun.Columns.dueAt)
                return JobLine(job: job, nextDue: job.nextDue(in: calendar), lastRun: try store.first(runs))
            }
        }
    }

    /// Runs, newest first; those of one job if given.
    public func runs(
        of job: Identifier<ScheduledJob>? = nil,
        _ page: PageRequest = PageRequest()
    ) async throws -> Page<JobRun> {
        try await session.read(.viewJobs) { store in
            let all = Query<JobRun>().sorted(byDescending: JobRun.Columns.createdAt)
            return try store.page(job.map { all.where(JobRun.Columns.job == $0) } ?? all, page)
        }
    }

    /// Switches a job off; what falls due meanwhile is let go.
    public func pause(_ id: Identifier<ScheduledJob>) async throws -> ScheduledJob {
        try await change(id, "job.pause") { job, _ in job.pause() }
    }

    /// Switches a job on again.
    public func resume(_ id: Identifier<ScheduledJob>) async throws -> ScheduledJob {
        try await change(id, "job.resume") { job, now in job.resume(at: now) }
    }

    /// Gives a job another schedule, which counts from now on; refused for a ``StandardJob``, whose times are settings.
    public func reschedule(_ id: Identifier<ScheduledJob>, _ schedule: JobSchedule) async throws -> ScheduledJob {
        // A schedule that does not read back, such as of day 40, would make the job unreadable.
        guard JobSchedule(schedule.description) == schedule else {
            throw BillingError.invalid("schedule", "A day lies between 1 and 31, an interval is 1 second or more.")
        }
        return try await change(id, "job.reschedule") { job, now in
            guard StandardJob(rawValue: job.name) == nil else {
                throw BillingError(.conflict, "The times of “\(job.name)” follow from the settings. Change those.")
            }
            job.reschedule(schedule, at: now)
        }
    }

    /// Has a job of a name run now, whenever it is due, by the process that leads; that is a few seconds away.
    ///
    /// It runs also while it is paused. A run that was missed is made up for by this one.
    ///
    /// - Parameter name: The name of the job; a ``StandardJob`` is there once a process has led.
    /// - Returns: The run, which is nobody's yet: under term 0.
    /// - Throws: ``BillingError/Code/notFound`` for a name that no job has; ``BillingError/Code/conflict`` while it was asked
    ///   for already, is at work, or has runs to make up for one by one.
    public func runNow(_ name: String) async throws -> JobRun {
        let calendar = TenantCalendar(session.tenant)
        return try await session.change(.manageJobs) { change in
            guard let job = try change.store.first(Query(ScheduledJob.Columns.name == name)) else {
                throw BillingError.notFound("job", field: "job")
            }
            let latest = Query(JobRun.Columns.job == job.id).sorted(byDescending: JobRun.Columns.dueAt)
            guard try change.store.first(latest)?.state != .running else {
                let text = "“\(job.name)” is at work, or was asked for already. Wait until it has ended."
                throw BillingError(.conflict, text)
            }
            guard job.catchUp != .each || job.due(at: change.now, in: calendar).isEmpty else {
                throw BillingError(.conflict, "Runs of “\(job.name)” are due already, and are begun one by one.")
            }
            let run = JobRun(
                id: try change.identifier(),
                tenant: change.tenant,
                job: job.id,
                dueAt: change.now,
                // Whoever leads takes it up as what the leader of an earlier term has left behind.
                term: 0,
                attempts: 0,
                createdAt: change.now
            )
            try change.store.insert(run)
            try change.audit("job.run", "job:\(job.id)", job.name)
            return run
        }
    }

    private func change(
        _ id: Identifier<ScheduledJob>,
        _ action: String,
        _ body: @escaping @Sendable (inout ScheduledJob, Timestamp) throws -> Void
    ) async throws -> ScheduledJob {
        try await session.change(.manageJobs) { change in
            guard var job = try change.store.find(id) else { throw BillingError.notFound("job", field: "job") }
            let before = job.isPaused ? "paused" : job.schedule.description
            try body(&job, change.now)
            let after = job.isPaused ? "paused" : job.schedule.description
            try change.audit(action, "job:\(id)", job.name, before: before, after: after)
            return try change.store.update(job)
        }
    }
}
