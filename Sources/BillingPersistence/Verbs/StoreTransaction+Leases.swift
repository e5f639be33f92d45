public import BillingDomain

/// Who works on which router.
extension StoreTransaction {
    /// Claims a router of a group for `owner` until `now + ttl`, and says which; `nil` if there is none to claim.
    ///
    /// It is the one that has waited longest among those in scope of which something is due, whose next attempt is due,
    /// that nobody holds and that have not been removed. What was put off for longer than it ever is, is due, and a router
    /// that was has waited longest; a lease that lasts longer than any holds nobody off. An owner is one running worker: a
    /// name not empty and never reused. Where the store has a clock of its own, it decides instead of `now`.
    public func claimRouter(
        owner: String,
        of group: RouterGroup = .working,
        now: Timestamp,
        ttl: Duration
    ) throws -> RouterLease? {
        let now = try clock() ?? now
        let (due, longest) =
            group == .working
            ? (RouterQueue.Columns.dueAt, OutboxJob.longestWait)
            : (RouterQueue.Columns.watchDueAt, RouterQueue.longestInterval)
        let isFree =
            RouterQueue.Columns.owner.isAbsent || RouterQueue.Columns.until <= now
            || RouterQueue.Columns.until > now + RouterLease.longest
        let free = Query(RouterQueue.Columns.isAway == (group == .away)).where(isFree)
            .sorted(by: due).first(1).locked(.skip)
        let misdated = due > now + longest && due < RouterQueue.never
        while let found = try first(free.where(misdated)) ?? first(free.where(due <= now)) {
            var queue = found
            guard try router(queue.router)?.removedAt == nil else {
                queue.retire()
                try update(queue)
                continue
            }
            queue.owner = owner
            queue.epoch += 1
            queue.until = now + min(ttl, RouterLease.longest)
            try update(queue)
            return RouterLease(
                router: queue.router,
                tenant: queue.tenant,
                owner: owner,
                epoch: queue.epoch,
                until: queue.until,
                claimedAt: now,
                due: queue.due(at: now),
                rest: queue.restedAt > now ? min(queue.restedAt - now, RouterLease.longestRest) : .zero
            )
        }
        return nil
    }

    /// Prolongs a lease to `now + ttl`, by the store's own clock where it has one.
    public func renew(_ lease: RouterLease, now: Timestamp, ttl: Duration) throws -> RouterLease {
        var queue = try held(lease)
        queue.until = (try clock() ?? now) + min(ttl, RouterLease.longest)
        try update(queue)
        var renewed = lease
        renewed.until = queue.until
        return renewed
    }

    /// Throws ``PersistenceError/Code/leaseLost`` unless the lease still holds; put it first in a transaction whose
    /// other effects name no lease.
    public func verify(_ lease: RouterLease) throws { _ = try held(lease) }

    /// Gives a router back, not to be claimed again before an instant.
    ///
    /// - Parameters:
    ///   - lease: the lease.
    ///   - nextAttemptAt: when anything may be done on the router again.
    ///   - isAway: whether it did not answer, or not as it should.
    ///   - next: when what was done is due again; work that somebody waits for is due all the same, and so is a look that
    ///     was asked for meanwhile. What is not named stays as it is.
    ///   - restedAt: when it may be sent a whole burst of commands again, which whoever claims it next goes by; nil for as
    ///     before.
    /// - Throws: ``PersistenceError/Code/leaseLost`` when another worker has the router.
    public func release(
        _ lease: RouterLease,
        nextAttemptAt: Timestamp,
        isAway: Bool = false,
        next: [RouterTask: Timestamp] = [:],
        restedAt: Timestamp? = nil
    ) throws {
        var queue = try held(lease)
        // Whoever asked for another attempt meanwhile does not wait for what this visit was put off by.
        let isAskedFor = queue.nextAttemptAt > lease.claimedAt
        let nextAttemptAt = isAskedFor ? min(queue.nextAttemptAt, nextAttemptAt) : nextAttemptAt
        queue.owner = nil
        queue.nextAttemptAt = nextAttemptAt
        queue.isAway = isAway
        queue.restedAt = restedAt ?? queue.restedAt
        queue.dueAt =
            try workDueAt(on: lease.router, notBefore: next[.work]).map { due in
                // What a clock that was ahead has dated is due all the same, and put off with the rest.
                let isMisdated = due > nextAttemptAt + OutboxJob.longestWait
                return max(isMisdated ? next[.work] ?? nextAttemptAt : due, nextAttemptAt)
            } ?? RouterQueue.never
        if let status = next[.status], queue.statusDueAt <= lease.claimedAt { queue.statusDueAt = status }
        if let sync = next[.sync], queue.syncDueAt <= lease.claimedAt { queue.syncDueAt = sync }
        try update(queue)
    }

    /// When the first job of a router is due: no sooner than an instant, if given, unless somebody waits for it.
    private func workDueAt(on router: Identifier<Router>, notBefore: Timestamp?) throws -> Timestamp? {
        let waiting = Query(OutboxJob.Columns.router == router, OutboxJob.Columns.isParked == false)
        guard let next = try first(waiting.sorted(by: OutboxJob.Columns.notBefore)) else { return nil }
        guard let notBefore, next.notBefore < notBefore else { return next.notBefore }
        let urgent = waiting.where(OutboxJob.Columns.urgency == .urgent).where(OutboxJob.Columns.notBefore < notBefore)
        return try first(urgent)?.notBefore ?? notBefore
    }

    /// Makes looks at routers due now, and whatever else waits for their next attempt.
    ///
    /// Where the store has a clock of its own, it decides instead of `now`.
    public func hasten(
        _ routers: some Sequence<Identifier<Router>>,
        _ tasks: Set<RouterTask> = [.status, .sync],
        now: Timestamp
    ) throws {
        let now = try clock() ?? now
        for router in routers {
            var queue = try queue(of: router)
            queue.nextAttemptAt = min(queue.nextAttemptAt, now)
            // Now and no sooner: a visit that is under way was begun before.
            if tasks.contains(.status) { queue.statusDueAt = now }
            if tasks.contains(.sync) { queue.syncDueAt = now }
            try update(queue)
        }
    }

    /// Gives every router back: for a store that knows that no other worker can be alive.
    ///
    /// *System scope.*
    package func releaseEveryLease() throws {
        for var queue in try records(Query(RouterQueue.Columns.owner.isPresent)) {
            queue.owner = nil
            try update(queue)
        }
    }

    /// The queue of a router, kept from other workers until the end of the transaction.
    func queue(of router: Identifier<Router>) throws -> RouterQueue {
        guard let router = try self.router(router) else { throw PersistenceError.missing("router") }
        let empty = RouterQueue(router: router.id, tenant: router.tenant)
        if let queue = try find(empty.id, locked: true) { return queue }
        try insert(empty)
        return empty
    }

    private func held(_ lease: RouterLease) throws -> RouterQueue {
        let id = Identifier<RouterQueue>(high: lease.router.high, low: lease.router.low)
        guard let queue = try find(id, locked: true), queue.tenant == lease.tenant,
            queue.owner == lease.owner, queue.epoch == lease.epoch
        else { throw PersistenceError.lost(lease) }
        return queue
    }
}

extension RouterQueue {
    /// What there is to do on a visit now; on a router that was away, everything.
    fileprivate func due(at now: Timestamp) -> Set<RouterTask> {
        func isDue(_ instant: Timestamp, _ longest: Duration) -> Bool {
            instant <= now || (instant > now + longest && instant < Self.never)
        }
        var due: Set<RouterTask> = []
        if isDue(dueAt, OutboxJob.longestWait) || (isAway && dueAt < Self.never) { due.insert(.work) }
        if isDue(statusDueAt, Self.longestInterval) || isAway { due.insert(.status) }
        if isDue(syncDueAt, Self.longestInterval) || isAway { due.insert(.sync) }
        return due
    }

    /// Nothing of a router that was removed is ever due.
    fileprivate mutating func retire() {
        dueAt = Self.never
        statusDueAt = Self.never
        syncDueAt = Self.never
        isAway = false
    }
}
