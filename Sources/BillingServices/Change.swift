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
    private let touched = TouchedRouters()
    /// The routers that have new work once this is committed.
    var routers: Set<Identifier<Router>> { touched.routers }

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

    /// Asks for the rows of what this very use case has made.
    func enqueue(new records: [some Provisioned]) throws {
        try store.enqueue(forNew: jobs(for: records))
    }

    /// Asks for each row on its router to be brought to what its record now says.
    func enqueue(_ records: [some Provisioned]) throws {
        try store.enqueue(jobs(for: records))
    }

    private func jobs(for records: [some Provisioned]) throws -> [OutboxJob] {
        touched.routers.formUnion(records.map(\.router))
        return try records.map { record in
            try OutboxJob(
                id: identifier(),
                tenant: tenant,
                router: record.router,
                subject: record.subject,
                urgency: record.urgency,
                enqueuedAt: now
            )
        }
    }

    /// Makes whatever waits for a router due now, and says how much that is.
    @discardableResult
    func retry(_ router: Identifier<Router>) throws -> Int {
        touched.routers.insert(router)
        return try store.retryOutbox(router: router, now: now)
    }

    /// Makes looks at routers due now.
    func hasten(_ routers: [Identifier<Router>], _ tasks: Set<RouterTask> = [.status, .sync]) throws {
        touched.routers.formUnion(routers)
        try store.hasten(routers, tasks, now: now)
    }

    /// Stores changed vouchers or service accounts and asks for their rows to follow.
    @discardableResult
    func converge<Record: Provisioned & RevisedRecord>(_ records: [Record]) throws -> [Record] {
        let stored = try records.map { record in
            var record = record
            if record.desiredPresence != .absent {
                try record.requestProvisioning()
            } else if record.provisioning != .removed {
                try record.requestRemoval()
            }
            return try store.update(record)
        }
        try enqueue(stored)
        return stored
    }

    /// Stores a changed voucher or service account and asks for its row to follow.
    @discardableResult
    func converge<Record: Provisioned & RevisedRecord>(_ record: Record) throws -> Record {
        try converge([record]).first ?? record
    }
}

/// Collects the routers that one transaction gives work to.
private final class TouchedRouters {
    var routers: Set<Identifier<Router>> = []
}

extension BillingEnvironment {
    func identifier<Entity>(
        of _: Entity.Type = Entity.self,
        at now: Timestamp
    ) throws -> Identifier<Entity> {
        Identifier(timestamp: now, random: try randomBytes(Identifier<Entity>.randomByteCount))
    }
}
