public import BillingDomain

/// Who runs background jobs, and what came of them.
extension StoreTransaction {
    /// Elects a process to lead, if nobody does; `nil` while somebody does.
    ///
    /// *System scope.* Where the store has a clock of its own, it decides instead of `now`, here and in what follows: of
    /// two machines the one whose clock is ahead must not lead beside the other.
    public func electLeader(_ owner: String, now: Timestamp) throws -> LeaderTerm? {
        try scope.requireSystem(for: "the leadership")
        let now = try clock() ?? now
        let last = try find(Leadership.only, locked: true)
        guard let term = LeaderTerm.elect(owner, after: last?.term, at: now) else { return nil }
        if var last {
            last.term = term
            try update(last)
        } else {
            try insert(Leadership(term: term))
        }
        return term
    }

    /// Renews a term.
    ///
    /// *System scope.*
    ///
    /// - Throws: ``BillingDomain/DomainError`` for a term that has ended or is another's: stop leading.
    public func renew(_ term: LeaderTerm, now: Timestamp) throws -> LeaderTerm {
        try change(term, now) { try $0.renew(term.owner, number: term.number, at: $1) }
    }

    /// Gives a term up; another may be elected at once.
    ///
    /// *System scope.*
    @discardableResult
    public func resign(_ term: LeaderTerm, now: Timestamp) throws -> LeaderTerm {
        try change(term, now) { try $0.resign(term.owner, number: term.number, at: $1) }
    }

    private func change(
        _ term: LeaderTerm,
        _ now: Timestamp,
        _ move: (inout LeaderTerm, Timestamp) throws -> Void
    ) throws -> LeaderTerm {
        try scope.requireSystem(for: "the leadership")
        guard var last = try find(Leadership.only, locked: true) else { throw PersistenceError.missing("leadership") }
        try move(&last.term, clock() ?? now)
        try update(last)
        return last.term
    }

    /// Begins a run of a job under a term, or takes up one that failed or was left behind; notes that it was handled.
    ///
    /// *Tenant scope.*
    ///
    /// - Returns: The run; `nil` when it was done before, is at work under this term, or has no attempt left.
    /// - Throws: ``PersistenceError/Code/leaseLost`` when a later leader has worked on the job.
    public func begin(
        _ job: Identifier<ScheduledJob>,
        dueAt: Timestamp,
        under term: LeaderTerm,
        id: Identifier<JobRun>,
        now: Timestamp
    ) throws -> JobRun? {
        let tenant = try scope.requireTenant(for: "a job")
        guard var job = try find(job, locked: true) else { throw PersistenceError.missing("job") }
        guard try count(Query(JobRun.Columns.job == job.id, JobRun.Columns.term > term.number)) == 0 else {
            throw PersistenceError(.leaseLost, "Term \(term.number) has passed; stop leading.")
        }
        // A run that was asked for while the clock was ahead keeps no later one from being due.
        let handled = min(dueAt, now)
        if job.handledUntil < handled {
            job.handle(until: handled)
            try update(job)
        }
        guard var run = try first(Query(JobRun.Columns.job == job.id, JobRun.Columns.dueAt == dueAt)) else {
            let run = JobRun(id: id, tenant: tenant, job: job.id, dueAt: dueAt, term: term.number, createdAt: now)
            try insert(run)
            return run
        }
        if run.state == .running, run.term < term.number { try run.abandon(term: term.number, at: now) }
        guard run.state == .failed || run.state == .abandoned else { return nil }
        guard run.attempts < JobRun.mostAttempts else {
            if run.state == .abandoned { try update(run) }
            return nil
        }
        try run.retry(term: term.number, at: now)
        return try update(run)
    }

    /// Writes down how a run ended; refused under any other term than the one it was begun under.
    ///
    /// *Tenant scope.*
    @discardableResult
    public func finish(
        _ run: Identifier<JobRun>,
        failure: String?,
        detail: String?,
        under term: Int64,
        now: Timestamp
    ) throws -> JobRun {
        guard var run = try find(run, locked: true) else { throw PersistenceError.missing("run") }
        if let failure {
            try run.fail(failure, term: term, at: now)
        } else {
            try run.succeed(detail, term: term, at: now)
        }
        return try update(run)
    }
}

extension StoreReader {
    /// Runs that the leaders of earlier terms left behind, and runs that failed and have attempts left, oldest first; those
    /// of jobs of some names alone, if given.
    public func unfinishedRuns(before term: Int64, of names: [String]? = nil, limit: Int) throws -> [JobRun] {
        var left = Query<JobRun>(
            (JobRun.Columns.state == .running && JobRun.Columns.term < term)
                || ((JobRun.Columns.state == .failed || JobRun.Columns.state == .abandoned)
                    && Field<JobRun, Int>("attempts") < JobRun.mostAttempts)
        )
        if let names {
            left = left.where(JobRun.Columns.job.refers(to: Query(ScheduledJob.Columns.name.isOne(of: names))))
        }
        return try records(left.sorted(by: JobRun.Columns.dueAt).first(limit))
    }
}
