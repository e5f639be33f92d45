import BillingDomain
import BillingPersistence

extension SQLiteTransaction {
    func outboxJobs(router: Identifier<Router>, dueBy now: Timestamp, limit: Int) throws -> [OutboxJob] {
        // The plus makes SQLite read in the order of the sequence and stop early, rather than sort all that is due.
        try db.all(
            where: """
                \(sight("+tenant")) AND router = ? AND is_parked = 0 AND (+not_before <= ? OR +not_before > ?)
                ORDER BY sequence LIMIT ?
                """,
            scope.tenant,
            router,
            now,
            now + OutboxJob.longestWait,
            max(0, limit)
        )
    }

    func parkedJobs(router: Identifier<Router>?) throws -> [OutboxJob] {
        let place = router == nil ? "? IS NULL" : "router = ?"
        return try db.all(where: "\(sight()) AND \(place) AND is_parked = 1 ORDER BY sequence", scope.tenant, router)
    }

    func outboxDepth(router: Identifier<Router>?) throws -> Int {
        try db.value(
            """
            SELECT count(*) FROM outbox_job
            WHERE \(sight()) AND \(router == nil ? "? IS NULL" : "router = ?") AND is_parked = 0
            """,
            scope.tenant,
            router
        ) ?? 0
    }

    func enqueue(_ jobs: [OutboxJob]) throws {
        try db.atomically {
            for job in jobs {
                try scope.requireSight(of: job.tenant, for: "job")
                try db.run("DELETE FROM outbox_job WHERE voucher = ? AND tenant = ?", job.voucher, job.tenant)
                // The voucher's own row vouches for its tenant and router.
                let inserted = try db.run(
                    """
                    INSERT INTO outbox_job
                        (id, enqueued_at, not_before, attempts, detail, is_parked, tenant, router, voucher)
                    SELECT ?, ?, ?, ?, ?, ?, tenant, router, id FROM voucher WHERE id = ? AND tenant = ? AND router = ?
                    """,
                    job.id,
                    job.enqueuedAt,
                    job.notBefore,
                    job.attempts,
                    job.detail,
                    job.isParked,
                    job.voucher,
                    job.tenant,
                    job.router
                )
                guard inserted == 1 else { throw PersistenceError.dangling("job") }
            }
        }
    }

    func completeOutbox(_ jobs: [Identifier<OutboxJob>], under lease: RouterLease) throws {
        try verify(lease)
        try db.atomically {
            for job in jobs {
                try db.run("DELETE FROM outbox_job WHERE id = ? AND router = ?", job, lease.router)
            }
        }
    }

    func postponeOutbox(
        _ jobs: [Identifier<OutboxJob>],
        until instant: Timestamp,
        detail: String,
        under lease: RouterLease
    ) throws {
        try verify(lease)
        try db.atomically {
            for job in jobs {
                try db.run(
                    """
                    UPDATE outbox_job SET attempts = attempts + 1, not_before = ?, detail = ?
                    WHERE id = ? AND router = ?
                    """,
                    instant,
                    detail,
                    job,
                    lease.router
                )
            }
        }
    }

    func parkOutbox(_ jobs: [Identifier<OutboxJob>], detail: String, under lease: RouterLease) throws {
        try verify(lease)
        try db.atomically {
            for job in jobs {
                try db.run(
                    """
                    UPDATE outbox_job SET attempts = attempts + 1, is_parked = 1, detail = ?
                    WHERE id = ? AND router = ?
                    """,
                    detail,
                    job,
                    lease.router
                )
            }
        }
    }

    func retryOutbox(router: Identifier<Router>, now: Timestamp) throws -> Int {
        guard try self.router(router) != nil else { throw PersistenceError.missing("router") }
        try db.run(
            """
            INSERT INTO router_lease (router, owner, epoch, until, next_attempt_at) VALUES (?, NULL, 0, ?, ?)
            ON CONFLICT (router) DO UPDATE SET next_attempt_at = excluded.next_attempt_at
            """,
            router,
            Timestamp.distantPast,
            now
        )
        return try db.run(
            "UPDATE outbox_job SET is_parked = 0, not_before = ?, attempts = 0 WHERE router = ?",
            now,
            router
        )
    }

    func claimRouter(owner: String, now: Timestamp, ttl: Duration) throws -> RouterLease? {
        let horizon = now + OutboxJob.longestWait
        let waiting = "SELECT 1 FROM outbox_job WHERE outbox_job.router = router.id AND is_parked = 0"
        let waited = try db.first(
            """
            SELECT id, tenant, coalesce(epoch, 0), iif(next_attempt_at <= ?, next_attempt_at, ?) AS waiting_since
            FROM router LEFT JOIN router_lease ON router_lease.router = router.id
            WHERE \(sight()) AND removed_at IS NULL AND (owner IS NULL OR until <= ?) AND waiting_since <= ?
                AND (EXISTS (\(waiting) AND not_before <= ?) OR EXISTS (\(waiting) AND not_before > ?))
            ORDER BY waiting_since, id LIMIT 1
            """,
            [horizon, Timestamp.distantPast, scope.tenant, now, now, now, horizon]
        ) { row -> RouterLease in
            RouterLease(router: try row(), tenant: try row(), owner: owner, epoch: try row() + 1, until: now + ttl)
        }
        guard let lease = waited else { return nil }
        try db.run(
            """
            INSERT INTO router_lease (router, owner, epoch, until, next_attempt_at) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (router) DO UPDATE SET owner = excluded.owner, epoch = excluded.epoch, until = excluded.until
            """,
            lease.router,
            lease.owner,
            lease.epoch,
            lease.until,
            Timestamp.distantPast
        )
        return lease
    }

    func renew(_ lease: RouterLease, now: Timestamp, ttl: Duration) throws -> RouterLease {
        try verify(lease)
        var renewed = lease
        renewed.until = now + ttl
        try db.run("UPDATE router_lease SET until = ? WHERE router = ?", renewed.until, lease.router)
        return renewed
    }

    func verify(_ lease: RouterLease) throws {
        let holds: Bool? = try db.value(
            """
            SELECT 1 FROM router_lease JOIN router ON router.id = router_lease.router
            WHERE \(sight()) AND router_lease.router = ? AND tenant = ? AND owner = ? AND epoch = ?
            """,
            scope.tenant,
            lease.router,
            lease.tenant,
            lease.owner,
            lease.epoch
        )
        guard holds == true else { throw PersistenceError.lost(lease) }
    }

    func release(_ lease: RouterLease, nextAttemptAt: Timestamp) throws {
        try verify(lease)
        try db.run(
            "UPDATE router_lease SET owner = NULL, next_attempt_at = ? WHERE router = ?",
            nextAttemptAt,
            lease.router
        )
    }
}

extension Timestamp {
    /// Before everything: a router that was never attempted has waited longest.
    fileprivate static let distantPast = Timestamp(microsecondsSince1970: .min)
}
