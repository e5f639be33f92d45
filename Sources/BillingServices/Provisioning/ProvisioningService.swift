public import BillingDomain
import BillingPersistence

/// What keeps routers and records in agreement: work to claim, and observations to record.
///
/// Acts as the system in every tenant, so it is for the program that talks to routers and never for people.
public struct ProvisioningService: Sendable {
    let context: ServiceContext

    static let actor = Actor.system("provisioning")
    static let maximumAttempts = 12

    /// Routers that got new work, as it is committed in this process.
    ///
    /// A hint: polling ``claim(owner:ttl:)`` is the guarantee. Every use makes a stream of its own, which ends when its
    /// task is cancelled.
    public var signals: AsyncStream<Identifier<Router>> { context.signals.listen() }

    /// Claims the router that has waited longest for work; nil when none is due.
    ///
    /// `owner` names the running worker and is never reused. The claim ends by itself after `ttl` unless it is renewed.
    public func claim(owner: String, ttl: Duration = .seconds(30)) async throws -> RouterClaim? {
        let now = context.environment.now()
        let claimed = try await BillingError.translating {
            try await context.store.write(.system) { store -> (RouterLease, Router)? in
                guard let lease = try store.claimRouter(owner: owner, now: now, ttl: ttl) else { return nil }
                guard let router = try store.router(lease.router) else { throw BillingError.notFound("router") }
                return (lease, router)
            }
        }
        guard let (lease, router) = claimed else { return nil }
        do {
            return RouterClaim(lease: lease, router: router, password: try context.password(of: router))
        } catch {
            try await giveUp(lease, error)
            return nil
        }
    }

    /// Prolongs a claim; throws ``BillingError/Code/leaseLost`` when another worker has the router.
    public func renew(_ claim: RouterClaim, ttl: Duration = .seconds(30)) async throws -> RouterClaim {
        let now = context.environment.now()
        let lease = try await BillingError.translating {
            try await context.store.write(.tenant(claim.lease.tenant)) { store in
                try store.renew(claim.lease, now: now, ttl: ttl)
            }
        }
        return RouterClaim(lease: lease, router: claim.router, password: claim.password)
    }

    /// The next `limit` vouchers and service accounts to bring to their desired state: first those that somebody waits for,
    /// then in the order of their commits.
    public func work(_ claim: RouterClaim, limit: Int) async throws -> [ProvisioningWork] {
        let now = context.environment.now()
        return try await BillingError.translating {
            // Writing, though nothing is written: only so has the store's own clock a say in what is due.
            try await context.store.write(.tenant(claim.lease.tenant)) { store in
                try store.verify(claim.lease)
                let jobs = try store.outboxJobs(router: claim.lease.router, dueBy: now, limit: limit)
                guard !jobs.isEmpty else { return [] }
                let entries = try context.entries(of: jobs.map(\.subject), in: store)
                let markers = RouterMarkers(try store.settings())
                return jobs.compactMap { job in
                    entries[job.subject].map { ProvisioningWork(job: job, entry: $0, markers: markers) }
                }
            }
        }
    }

    /// Writes down what became of work, in one transaction under the claim.
    ///
    /// What was asked for again meanwhile keeps its newer job and is not marked. Throws
    /// ``BillingError/Code/leaseLost``, and writes nothing, when another worker has the router.
    public func finish(_ claim: RouterClaim, outcomes: [ProvisioningOutcome]) async throws {
        guard !outcomes.isEmpty else { return }
        try await context.change(claim.lease.tenant, by: Self.actor) { change in
            try change.store.verify(claim.lease)
            try change.record(outcomes, under: claim.lease)
        }
    }

    /// Gives a router back, not to be claimed again before `retryAfter`, an hour at most, has passed.
    ///
    /// `error` says why it could not be reached, without secrets; it becomes the router's status.
    public func release(
        _ claim: RouterClaim,
        retryAfter: Duration = .zero,
        error: String? = nil
    ) async throws {
        try await context.change(claim.lease.tenant, by: Self.actor) { change in
            let now = try change.store.clock() ?? change.now
            try change.store.release(claim.lease, nextAttemptAt: now + min(retryAfter, OutboxJob.longestWait))
            guard let error, let router = try change.store.router(claim.lease.router) else { return }
            let reading = RouterReading(status: router.status == .error ? .error : .offline, detail: error)
            guard try !change.take(reading, of: router.id) else { return }
            try change.record("router.connect", on: router.id, .failed, detail: error)
        }
    }

    private func giveUp(_ lease: RouterLease, _ error: any Error) async throws {
        let message = (error as? BillingError)?.message ?? "The stored password can not be opened."
        try await context.change(lease.tenant, by: Self.actor) { change in
            try change.store.release(lease, nextAttemptAt: (change.store.clock() ?? change.now) + .seconds(300))
            try change.take(RouterReading(status: .error, detail: message), of: lease.router)
        }
    }
}
