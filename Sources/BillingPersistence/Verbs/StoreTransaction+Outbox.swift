public import BillingDomain

/// What waits for routers.
extension StoreReader {
    /// Jobs of a router that are not parked and are due, the urgent ones first and then in the order of their sequence.
    ///
    /// Those put off for longer than ``OutboxJob/longestWait`` are due. Where the store has a clock of its own, it decides
    /// instead of `now`.
    public func outboxJobs(router: Identifier<Router>, dueBy now: Timestamp, limit: Int) throws -> [OutboxJob] {
        // As a claim has it: a worker whose clock is behind would claim a router and find nothing to do, again and again.
        let now = try clock() ?? now
        let waiting = Query(OutboxJob.Columns.router == router, OutboxJob.Columns.isParked == false)
        let due = OutboxJob.Columns.notBefore <= now || OutboxJob.Columns.notBefore > now + OutboxJob.longestWait
        return try records(
            waiting.where(due).sorted(by: OutboxJob.Columns.urgency, OutboxJob.Columns.sequence)
                .first(limit)
        )
    }

    /// Parked jobs, of one router if given, the oldest first.
    public func parkedJobs(router: Identifier<Router>? = nil) throws -> [OutboxJob] {
        let parked = Query(OutboxJob.Columns.isParked == true)
        return try records(
            (router.map { parked.where(OutboxJob.Columns.router == $0) } ?? parked).sorted(
                by: OutboxJob.Columns.enqueuedAt
            )
        )
    }

    /// Those of some subjects that have a job, parked or not.
    public func subjectsWithJobs(among subjects: some Sequence<SessionSubject>) throws -> Set<SessionSubject> {
        let jobs = try Array(subjects).chunked(by: 500).flatMap { some in
            try records(Query(OutboxJob.Columns.voucher.isOne(of: some.compactMap(\.voucher))))
                + records(Query(OutboxJob.Columns.service.isOne(of: some.compactMap(\.service))))
        }
        return Set(jobs.map(\.subject))
    }

    /// Those that have a job on a router, parked or not.
    public func subjectsWithJobs(on router: Identifier<Router>) throws -> Set<SessionSubject> {
        Set(try records(Query(OutboxJob.Columns.router == router)).map(\.subject))
    }

    /// How many jobs wait, parked ones not counted, for some routers if given.
    public func outboxDepth(routers: Set<Identifier<Router>>? = nil) throws -> Int {
        try count(Query(OutboxJob.Columns.isParked == false).at(routers, by: OutboxJob.Columns.router))
    }

    /// How many jobs were put aside, of some routers if given.
    public func parkedDepth(routers: Set<Identifier<Router>>? = nil) throws -> Int {
        try count(Query(OutboxJob.Columns.isParked == true).at(routers, by: OutboxJob.Columns.router))
    }
}

extension StoreTransaction {
    /// Asks for convergence of one voucher or service account.
    public func enqueue(_ job: OutboxJob) throws { try enqueue([job]) }

    /// Asks for convergence.
    ///
    /// Each job takes the next sequence number of its router and replaces an older job for its
    /// subject, parked or not.
    public func enqueue(_ jobs: [OutboxJob]) throws {
        let jobs = try latest(of: jobs)
        for some in jobs.chunked(by: 500) {
            try delete(Query(OutboxJob.Columns.voucher.isOne(of: some.compactMap(\.subject.voucher))))
            try delete(Query(OutboxJob.Columns.service.isOne(of: some.compactMap(\.subject.service))))
        }
        try append(jobs)
    }

    /// Asks for convergence of what this transaction has made, on the routers it was made for.
    ///
    /// As the other, and spares itself the search for older jobs: there can be none, and a second job
    /// for a subject is refused as ``PersistenceError/Code/duplicate``.
    public func enqueue(forNew jobs: [OutboxJob]) throws { try append(jobs) }

    /// Makes what waits for some vouchers urgent; it keeps its place in the order of commits.
    ///
    /// A job in the hands of another writer is passed over: it is being done, or was asked for anew.
    public func makeUrgent(_ vouchers: some Sequence<Identifier<Voucher>>) throws {
        for some in Array(vouchers).chunked(by: 500) {
            let waiting = Query(OutboxJob.Columns.voucher.isOne(of: some))
            for var job in try records(waiting.where(OutboxJob.Columns.urgency != .urgent).locked(.skip)) {
                job.urgency = .urgent
                try update(job)
            }
        }
    }

    private func append(_ jobs: [OutboxJob]) throws {
        for (router, jobs) in Dictionary(grouping: jobs, by: \.router).sorted(by: { $0.key < $1.key }) {
            var queue = try queue(of: router)
            let numbered = jobs.map { job in
                var job = job
                queue.lastSequence += 1
                job.sequence = queue.lastSequence
                queue.dueAt = min(queue.dueAt, max(job.notBefore, queue.nextAttemptAt))
                return job
            }
            try insert(numbered)
            try update(queue)
        }
    }

    /// Forgets jobs that are done; those that a newer job has replaced are passed over.
    public func completeOutbox(_ jobs: [Identifier<OutboxJob>], under lease: RouterLease) throws {
        try verify(lease)
        for some in jobs.chunked(by: 500) {
            try delete(
                Query(
                    OutboxJob.Columns.router == lease.router,
                    Field<OutboxJob, Identifier<OutboxJob>>("id").isOne(of: some)
                )
            )
        }
    }

    /// Counts a failed attempt and puts jobs off; those that a newer job has replaced are passed over.
    public func postponeOutbox(
        _ jobs: [Identifier<OutboxJob>],
        until instant: Timestamp,
        detail: String,
        under lease: RouterLease
    ) throws {
        try verify(lease)
        try change(jobs, of: lease.router) { job in
            job.attempts += 1
            job.notBefore = instant
            job.detail = detail
        }
    }

    /// Counts a failed attempt and puts jobs aside; those that a newer job has replaced are passed over.
    public func parkOutbox(_ jobs: [Identifier<OutboxJob>], detail: String, under lease: RouterLease) throws {
        try verify(lease)
        try change(jobs, of: lease.router) { job in
            job.attempts += 1
            job.isParked = true
            job.detail = detail
        }
    }

    /// Makes every job of a router due now, parked ones too, with all its attempts before it, and the router's next
    /// attempt also; says how many jobs there are.
    @discardableResult
    public func retryOutbox(router: Identifier<Router>, now: Timestamp) throws -> Int {
        var queue = try queue(of: router)
        let jobs = try records(Query(OutboxJob.Columns.router == router))
        for var job in jobs {
            job.isParked = false
            job.notBefore = now
            job.attempts = 0
            try update(job)
        }
        queue.nextAttemptAt = now
        queue.dueAt = jobs.isEmpty ? RouterQueue.never : now
        try update(queue)
        return jobs.count
    }

    private func change(
        _ ids: [Identifier<OutboxJob>],
        of router: Identifier<Router>,
        _ change: (inout OutboxJob) -> Void
    ) throws {
        for var job in try find(ids) where job.router == router {
            change(&job)
            try update(job)
        }
    }

    /// The last job for each subject, in order, each of a subject on the router that it names.
    private func latest(of jobs: [OutboxJob]) throws -> [OutboxJob] {
        var seen: Set<SessionSubject> = []
        let latest = jobs.reversed().filter { seen.insert($0.subject).inserted }.reversed()
        for (router, jobs) in Dictionary(grouping: latest, by: \.router) {
            for some in jobs.chunked(by: 500) {
                let vouchers = Query(
                    Field<Voucher, Identifier<Voucher>>("id").isOne(of: some.compactMap(\.subject.voucher))
                )
                let accounts = Query(
                    Field<ServiceAccount, Identifier<ServiceAccount>>("id").isOne(
                        of: some.compactMap(\.subject.service)
                    )
                )
                let known =
                    try count(vouchers.where(Voucher.Columns.router == router))
                    + count(accounts.where(ServiceAccount.Columns.router == router))
                guard known == some.count else { throw PersistenceError.dangling("job") }
            }
        }
        return Array(latest)
    }
}

extension Array {
    /// The elements in pieces of a length at most.
    package func chunked(by length: Int) -> [ArraySlice<Element>] {
        stride(from: 0, to: count, by: length).map { self[$0..<Swift.min($0 + length, count)] }
    }
}
