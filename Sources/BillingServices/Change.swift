import BillingDomain
import BillingPersistence

/// A use case while its transaction is open: who, when, in which tenant, and what every use case writes beside its own.
struct Change {
    let store: any StoreTransaction
    let tenant: Identifier<Tenant>
    let actor: Actor
    let now: Timestamp
    let environment: BillingEnvironment
    /// The routers and sites that may be acted on.
    let assignment: StaffAssignment
    /// Where the request comes from.
    let origin: RequestOrigin
    /// The routers that have new work once this is committed.
    private(set) var routers: Set<Identifier<Router>> = []

    init(
        _ store: any StoreTransaction,
        tenant: Identifier<Tenant>,
        actor: Actor,
        now: Timestamp,
        environment: BillingEnvironment,
        assignment: StaffAssignment = .everywhere,
        origin: RequestOrigin = RequestOrigin()
    ) {
        self.store = store
        self.tenant = tenant
        self.actor = actor
        self.now = now
        self.environment = environment
        self.assignment = assignment
        self.origin = origin
    }

    func identifier<Entity>(of _: Entity.Type = Entity.self) throws -> Identifier<Entity> {
        try environment.identifier(at: now)
    }

    /// A line in the audit trail; none of it may be a secret.
    func audit(
        _ action: String,
        _ subject: String,
        _ detail: String = "",
        before: String? = nil,
        after: String? = nil
    ) throws {
        try store.append(
            audit: AuditEntry(
                id: identifier(),
                tenant: tenant,
                at: now,
                actor: actor,
                action: action,
                subject: subject,
                detail: detail,
                before: before,
                after: after,
                requestID: origin.requestID,
                sourceAddress: origin.address
            )
        )
    }

    /// Asks for each voucher's row on its router to be brought to what the voucher now says.
    mutating func enqueue(_ vouchers: [Voucher]) throws {
        try store.enqueue(jobs(for: vouchers))
        routers.formUnion(vouchers.map(\.router))
    }

    /// Asks for the rows of vouchers that this very use case has made.
    mutating func enqueue(new vouchers: [Voucher]) throws {
        try store.enqueue(forNew: jobs(for: vouchers))
        routers.formUnion(vouchers.map(\.router))
    }

    private func jobs(for vouchers: [Voucher]) throws -> [OutboxJob] {
        try vouchers.map { voucher in
            try OutboxJob(
                id: identifier(),
                tenant: tenant,
                router: voucher.router,
                voucher: voucher.id,
                enqueuedAt: now
            )
        }
    }

    /// Makes whatever waits for a router due now, and says how much that is.
    @discardableResult
    mutating func retry(_ router: Identifier<Router>) throws -> Int {
        routers.insert(router)
        return try store.retryOutbox(router: router, now: now)
    }

    /// Stores changed vouchers and asks for their rows to follow.
    @discardableResult
    mutating func converge(_ vouchers: [Voucher]) throws -> [Voucher] {
        let stored = try vouchers.map { voucher in
            var voucher = voucher
            if voucher.desiredPresence != .absent {
                try voucher.requestProvisioning()
            } else if voucher.provisioning != .removed {
                try voucher.requestRemoval()
            }
            return try store.update(voucher)
        }
        try enqueue(stored)
        return stored
    }
}

extension BillingEnvironment {
    func identifier<Entity>(
        of _: Entity.Type = Entity.self,
        at now: Timestamp
    ) throws -> Identifier<Entity> {
        Identifier(timestamp: now, random: try randomBytes(Identifier<Entity>.randomByteCount))
    }
}
