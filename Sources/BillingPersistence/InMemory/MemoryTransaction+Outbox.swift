import BillingDomain

extension MemoryTransaction {
    func outboxJobs(router: Identifier<Router>, dueBy now: Timestamp, limit: Int) throws -> [OutboxJob] {
        let due = visible(state.outbox, \.tenant).filter { $0.router == router && $0.isDue(at: now) }
        return Array(due.sorted { $0.sequence < $1.sequence }.prefix(max(0, limit)))
    }

    func parkedJobs(router: Identifier<Router>?) throws -> [OutboxJob] {
        visible(state.outbox, \.tenant)
            .filter { $0.isParked && (router ?? $0.router) == $0.router }
            .sorted { $0.sequence < $1.sequence }
    }

    func outboxDepth(router: Identifier<Router>?) throws -> Int {
        visible(state.outbox, \.tenant).count { !$0.isParked && (router ?? $0.router) == $0.router }
    }

    func enqueue(_ jobs: [OutboxJob]) throws {
        var vouchers: [Identifier<OutboxJob>: Identifier<Voucher>] = [:]
        for job in jobs {
            try scope.requireSight(of: job.tenant, for: "job")
            guard let voucher = state.vouchers[job.voucher], voucher.tenant == job.tenant, voucher.router == job.router
            else { throw PersistenceError.dangling("job") }
            let holder = vouchers.updateValue(job.voucher, forKey: job.id) ?? state.outbox[job.id]?.voucher
            guard holder == nil || holder == job.voucher else { throw PersistenceError.taken("job's identity") }
        }
        for var job in jobs {
            if let older = state.outboxOfVoucher[job.voucher] { state.outbox[older] = nil }
            state.lastSequence += 1
            job.sequence = state.lastSequence
            state.outbox[job.id] = job
            state.outboxOfVoucher[job.voucher] = job.id
        }
    }

    func completeOutbox(_ jobs: [Identifier<OutboxJob>], under lease: RouterLease) throws {
        try verify(lease)
        for id in jobs {
            guard let job = state.outbox[id], job.router == lease.router else { continue }
            state.outbox[id] = nil
            state.outboxOfVoucher[job.voucher] = nil
        }
    }

    func postponeOutbox(
        _ jobs: [Identifier<OutboxJob>],
        until instant: Timestamp,
        detail: String,
        under lease: RouterLease
    ) throws {
        try change(jobs, under: lease) { job in
            job.attempts += 1
            job.notBefore = instant
            job.detail = detail
        }
    }

    func parkOutbox(_ jobs: [Identifier<OutboxJob>], detail: String, under lease: RouterLease) throws {
        try change(jobs, under: lease) { job in
            job.attempts += 1
            job.isParked = true
            job.detail = detail
        }
    }

    func retryOutbox(router: Identifier<Router>, now: Timestamp) throws -> Int {
        guard try self.router(router) != nil else { throw PersistenceError.missing("router") }
        let jobs = state.outbox.values.filter { $0.router == router }
        for var job in jobs {
            job.isParked = false
            job.notBefore = now
            job.attempts = 0
            state.outbox[job.id] = job
        }
        state.leases[router, default: MemoryState.Lease()].nextAttemptAt = now
        return jobs.count
    }

    func claimRouter(owner: String, now: Timestamp, ttl: Duration) throws -> RouterLease? {
        let due = Set(state.outbox.values.filter { $0.isDue(at: now) }.map(\.router))
        let free = due.compactMap { visible(state.routers[$0], \.tenant) }
            .filter { $0.removedAt == nil }
            .map { (router: $0, lease: state.leases[$0.id] ?? MemoryState.Lease()) }
            .filter { $0.lease.owner == nil || $0.lease.until <= now }
            .map { (router: $0.router, lease: $0.lease, since: $0.lease.waitingSince(now)) }
            .filter { $0.since <= now }
        let waited = free.min { ($0.since, $0.router.id) < ($1.since, $1.router.id) }
        guard let router = waited?.router, var lease = waited?.lease else { return nil }
        lease.owner = owner
        lease.epoch += 1
        lease.until = now + ttl
        state.leases[router.id] = lease
        return RouterLease(
            router: router.id,
            tenant: router.tenant,
            owner: owner,
            epoch: lease.epoch,
            until: lease.until
        )
    }

    func renew(_ lease: RouterLease, now: Timestamp, ttl: Duration) throws -> RouterLease {
        try verify(lease)
        var renewed = lease
        renewed.until = now + ttl
        state.leases[lease.router]?.until = renewed.until
        return renewed
    }

    func verify(_ lease: RouterLease) throws {
        guard scope.sees(lease.tenant), state.routers[lease.router]?.tenant == lease.tenant,
            let stored = state.leases[lease.router], stored.owner == lease.owner, stored.epoch == lease.epoch
        else { throw PersistenceError.lost(lease) }
    }

    func release(_ lease: RouterLease, nextAttemptAt: Timestamp) throws {
        try verify(lease)
        state.leases[lease.router]?.owner = nil
        state.leases[lease.router]?.nextAttemptAt = nextAttemptAt
    }

    private func change(
        _ jobs: [Identifier<OutboxJob>],
        under lease: RouterLease,
        _ change: (inout OutboxJob) -> Void
    ) throws {
        try verify(lease)
        for id in jobs {
            guard var job = state.outbox[id], job.router == lease.router else { continue }
            change(&job)
            state.outbox[id] = job
        }
    }
}

extension OutboxJob {
    fileprivate func isDue(at now: Timestamp) -> Bool {
        !isParked && (notBefore <= now || notBefore > now + Self.longestWait)
    }
}

extension MemoryState.Lease {
    /// Since when the router could be attempted: for ever, if a clock that was wrong has put it off.
    fileprivate func waitingSince(_ now: Timestamp) -> Timestamp {
        nextAttemptAt > now + OutboxJob.longestWait ? MemoryState.Lease().nextAttemptAt : nextAttemptAt
    }
}
