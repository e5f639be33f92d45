public import BillingDomain

/// Who works on which router.
extension StoreTransaction {
    /// Claims a router for `owner` until `now + ttl`, and says which; `nil` if there is none to claim.
    ///
    /// It is the one that has waited longest among those in scope that have a due job, whose next attempt is due, that
    /// nobody holds and that have not been removed. What was put off for longer than ``OutboxJob/longestWait`` is due,
    /// and a router that was has waited longest. An owner is one running worker: a name not empty and never reused.
    /// Where the store has a clock of its own, it decides instead of `now`.
    public func claimRouter(owner: String, now: Timestamp, ttl: Duration) throws -> RouterLease? {
        let now = try clock() ?? now
        let free = Query(RouterQueue.Columns.owner.isAbsent || RouterQueue.Columns.until <= now)
            .sorted(by: RouterQueue.Columns.dueAt).first(1).locked(.skip)
        let misdated =
            RouterQueue.Columns.dueAt > now + OutboxJob.longestWait && RouterQueue.Columns.dueAt < RouterQueue.never
        while let found = try first(free.where(misdated)) ?? first(free.where(RouterQueue.Columns.dueAt <= now)) {
            var queue = found
            guard try router(queue.router)?.removedAt == nil else {
                queue.dueAt = RouterQueue.never
                try update(queue)
                continue
            }
            queue.owner = owner
            queue.epoch += 1
            queue.until = now + ttl
            try update(queue)
            return queue.lease
        }
        return nil
    }

    /// Prolongs a lease to `now + ttl`, by the store's own clock where it has one.
    public func renew(_ lease: RouterLease, now: Timestamp, ttl: Duration) throws -> RouterLease {
        var queue = try held(lease)
        queue.until = (try clock() ?? now) + ttl
        try update(queue)
        var renewed = lease
        renewed.until = queue.until
        return renewed
    }

    /// Throws ``PersistenceError/Code/leaseLost`` unless the lease still holds; put it first in a transaction whose
    /// other effects name no lease.
    public func verify(_ lease: RouterLease) throws { _ = try held(lease) }

    /// Gives a router back, not to be claimed again before an instant.
    public func release(_ lease: RouterLease, nextAttemptAt: Timestamp) throws {
        var queue = try held(lease)
        let next = try first(
            Query(OutboxJob.Columns.router == lease.router, OutboxJob.Columns.isParked == false).sorted(
                by: OutboxJob.Columns.notBefore
            )
        )
        queue.owner = nil
        queue.nextAttemptAt = nextAttemptAt
        queue.dueAt = next.map { max($0.notBefore, nextAttemptAt) } ?? RouterQueue.never
        try update(queue)
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
    /// The lease of whoever holds it.
    var lease: RouterLease? {
        owner.map { RouterLease(router: router, tenant: tenant, owner: $0, epoch: epoch, until: until) }
    }
}
