public import BillingDomain
public import BillingPersistence

/// What keeps routers and records in agreement: work to claim, and observations to record.
///
/// Acts as the system in every tenant, so it is for the program that talks to routers and never for people.
public struct ProvisioningService: Sendable {
    let context: ServiceContext

    static let actor = Actor.system("provisioning")
    static let maximumAttempts = 12

    /// Routers that got new work, as it is committed in this process.
    ///
    /// A hint: polling ``claim(owner:of:ttl:)`` is the guarantee. Every use makes a stream of its own, which ends when its
    /// task is cancelled.
    public var signals: AsyncStream<Identifier<Router>> { context.signals.listen() }

    /// Word that other processes changed what waits for routers, where the store passes it on; a hint, as ``signals``.
    public var hints: AsyncStream<ChangeHint> { context.store.changes }

    /// Claims the router of a group that has waited longest for a visit; nil when none is due.
    ///
    /// `owner` names the running worker and is never reused. The claim ends by itself after `ttl`, an hour at most, unless it
    /// is renewed.
    public func claim(
        owner: String,
        of group: RouterGroup = .working,
        ttl: Duration = .seconds(30)
    ) async throws -> RouterClaim? {
        let now = context.environment.now()
        let claimed = try await BillingError.translating {
            try await context.store.write(.system) { store -> (RouterLease, Router, Settings)? in
                guard let lease = try store.claimRouter(owner: owner, of: group, now: now, ttl: ttl) else { return nil }
                guard let router = try store.router(lease.router) else { throw BillingError.notFound("router") }
                let settings = try store.find(Identifier<Settings>(high: lease.tenant.high, low: lease.tenant.low))
                return (lease, router, settings ?? Settings(tenant: lease.tenant))
            }
        }
        guard let (lease, router, settings) = claimed else { return nil }
        do {
            let password = try context.password(of: router)
            return RouterClaim(lease: lease, router: router, settings: settings, password: password)
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
        return RouterClaim(lease: lease, router: claim.router, settings: claim.settings, password: claim.password)
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

    /// Gives a router back after a visit, in one transaction with what the visit showed of the router itself.
    ///
    /// - Parameters:
    ///   - claim: the claim.
    ///   - retryAfter: how long it is left alone, an hour at most.
    ///   - error: why it could not be reached, without secrets; it becomes the router's status.
    ///   - reading: what the router said about itself, where it was asked.
    ///   - next: how long it is until what was done is due again; work that somebody waits for is due all the same. What is
    ///     not named is due as before.
    ///   - rest: how long it takes until the router may be sent a whole burst of commands again.
    /// - Throws: ``BillingError``; ``BillingError/Code/leaseLost`` when another worker has the router.
    public func release(
        _ claim: RouterClaim,
        retryAfter: Duration = .zero,
        error: String? = nil,
        reading: RouterReading? = nil,
        next: [RouterTask: Duration] = [:],
        rest: Duration = .zero
    ) async throws {
        try await context.change(claim.lease.tenant, by: Self.actor) { change in
            let now = try change.store.clock() ?? change.now
            let isAway = error != nil || reading.map { $0.status != .online } ?? false
            try change.store.release(
                claim.lease,
                nextAttemptAt: now + min(retryAfter, OutboxJob.longestWait),
                isAway: isAway,
                next: next.mapValues { now + $0 },
                restedAt: now + min(rest, RouterLease.longestRest)
            )
            if let reading { try change.take(reading, of: claim.lease.router) }
            guard let error, let router = try change.store.router(claim.lease.router) else { return }
            let status = RouterReading(status: router.status == .error ? .error : .offline, detail: error)
            guard try !change.take(status, of: router.id) else { return }
            try change.record("router.connect", on: router.id, .failed, detail: error)
        }
    }

    /// Makes looks at routers due now, so that the next free worker visits them; those that are gone are passed over.
    ///
    /// - Parameters:
    ///   - tasks: what is to be done there.
    ///   - routers: which; nil for all of all tenants.
    /// - Throws: ``BillingError``.
    public func hasten(_ tasks: Set<RouterTask>, on routers: Set<Identifier<Router>>? = nil) async throws {
        let inUse = try await context.read(.system) { try $0.routers() }
            .filter { router in routers.map { $0.contains(router.id) } ?? true }
        for (tenant, routers) in Dictionary(grouping: inUse, by: \.tenant).sorted(by: { $0.key < $1.key }) {
            try await context.change(tenant, by: Self.actor) { try $0.hasten(routers.map(\.id), tasks) }
        }
    }

    /// How much waits for routers, for the figures of a daemon: four counts by indexes.
    ///
    /// - Throws: ``BillingError``.
    public func backlog() async throws -> RouterBacklog {
        try await context.read(.system) { store in
            RouterBacklog(
                waiting: try store.outboxDepth(),
                parked: try store.parkedDepth(),
                routersAway: try store.count(Query(RouterQueue.Columns.isAway == true)),
                routersClaimed: try store.count(Query(RouterQueue.Columns.owner.isPresent))
            )
        }
    }

    private func giveUp(_ lease: RouterLease, _ error: any Error) async throws {
        let message = (error as? BillingError)?.message ?? "The stored password can not be opened."
        try await context.change(lease.tenant, by: Self.actor) { change in
            let next = try (change.store.clock() ?? change.now) + .seconds(300)
            try change.store.release(lease, nextAttemptAt: next, isAway: true)
            try change.take(RouterReading(status: .error, detail: message), of: lease.router)
        }
    }
}
