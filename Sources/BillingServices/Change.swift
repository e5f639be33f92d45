import BillingDomain
import BillingPersistence

/// A use case while its transaction is open: who, when, in which tenant, and what every use case writes beside its own.
struct Change {
    let store: any StoreTransaction
    let tenant: Identifier<Tenant>
    let actor: Actor
    let now: Timestamp
    let environment: BillingEnvironment
    /// The routers that have new work once this is committed.
    private(set) var routers: Set<Identifier<Router>> = []

    init(
        _ store: any StoreTransaction,
        tenant: Identifier<Tenant>,
        actor: Actor,
        now: Timestamp,
        environment: BillingEnvironment
    ) {
        self.store = store
        self.tenant = tenant
        self.actor = actor
        self.now = now
        self.environment = environment
    }

    func identifier<Entity>(of _: Entity.Type = Entity.self) throws -> Identifier<Entity> {
        try environment.identifier(at: now)
    }

    /// A line in the audit trail.
    func audit(_ action: String, _ subject: String, _ detail: String = "") throws {
        try store.append(
            audit: AuditEntry(
                id: identifier(),
                tenant: tenant,
                at: now,
                actor: actor,
                action: action,
                subject: subject,
                detail: detail
            )
        )
    }

    /// Asks for each voucher's row on its router to be brought to what the voucher now says.
    mutating func enqueue(_ vouchers: [Voucher]) throws {
        try store.enqueue(
            vouchers.map { voucher in
                try OutboxJob(
                    id: identifier(),
                    tenant: tenant,
                    router: voucher.router,
                    voucher: voucher.id,
                    enqueuedAt: now
                )
            }
        )
        routers.formUnion(vouchers.map(\.router))
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
