public import BillingDomain
public import BillingPersistence

/// The door to a billing system: open it once, sign people and programs in, and act through their sessions.
///
/// Every use case is one transaction that is authorised, audited and, where money or vouchers are made, idempotent.
/// Safe to use from any task. The functions here that need no session are for the operator of the machine; whatever
/// faces people goes through a ``BillingSession``. All of them throw ``BillingError``; only what a ``BillingEnvironment``
/// or a store of your own throws in other words comes through as it is.
public final class Billing: Sendable {
    let context: ServiceContext

    /// A billing system over `store`, its secrets sealed with `secrets`.
    public init(store: some BillingStore, secrets: SecretKeys, environment: BillingEnvironment = .live) {
        context = ServiceContext(store: store, secrets: secrets, environment: environment)
    }

    /// What keeps routers and records in agreement; not for people.
    public var provisioning: ProvisioningService { ProvisioningService(context: context) }

    /// What becomes of vouchers by the clock alone; not for people.
    public var upkeep: VoucherUpkeep { VoucherUpkeep(context: context) }

    /// What runs background jobs; not for people.
    public var scheduler: JobScheduler { JobScheduler(context: context) }

    /// What sends notifications; not for people.
    public var outgoing: NotificationQueue { NotificationQueue(context: context) }

    /// What takes messages from outside in; not for people.
    public var incoming: MessageQueue { MessageQueue(context: context) }

    /// What time and gateways bring about: ends of paid time, earned revenue, late fees, callbacks; not for people.
    public var collection: CollectionService { CollectionService(context: context) }

    /// What routers tell of logins by themselves; not for people.
    public var loginCallbacks: LoginCallbackService { LoginCallbackService(context: context) }

    /// Ends the streams of signals and closes the store; nothing works afterwards.
    public func close() async {
        context.signals.finish()
        await context.store.close()
    }

    /// Every tenant, oldest first.
    public func tenants() async throws -> [Tenant] {
        try await context.read(.system) { try $0.tenants() }
    }

    /// Makes a tenant: a business whose data no other business can see.
    ///
    /// `name` has 1…100 characters. `timeZone` is the IANA name of the zone its business days follow, such as
    /// `Africa/Kampala`. The same key and request answer with the same tenant.
    ///
    /// `slug` is the name that its panel answers on, unique among all tenants: 3…40 letters a–z, digits and hyphens.
    public func createTenant(
        _ name: String,
        slug: String? = nil,
        currency: Currency,
        timeZone: String,
        key: IdempotencyKey
    ) async throws -> Tenant {
        let name = try Input.name(name)
        try TenantCalendar.check(timeZone)
        let slug = try slug.map { try Self.slug($0) }
        // Without a slug a request is what it was before there were any.
        let request = Request(
            key,
            by: Self.operatorActor,
            ["tenant.create", name, currency.code, timeZone] + (slug.map { [$0.description] } ?? [])
        )
        let environment = context.environment
        // The identity is settled under the key first, so that whatever is interrupted after that is found again. Until the
        // tenant is there its slug can be taken by another: then the key is free for another choice.
        let id = try await BillingError.translating {
            try await context.store.write(.system) { store in
                if let reference = try request.reference(in: store), let id = Identifier<Tenant>(reference) {
                    return id
                }
                if let slug, try store.tenant(slug: slug) != nil { throw Self.takenSlug }
                let now = environment.now()
                let id = try environment.identifier(of: Tenant.self, at: now)
                try request.record(id.description, in: store, id: environment.identifier(at: now), at: now)
                return id
            }
        }
        do {
            return try await context.change(id, by: Self.operatorActor) { change in
                if let tenant = try change.store.tenant(id) { return tenant }
                let tenant = Tenant(
                    id: id,
                    name: name,
                    slug: slug,
                    currency: currency,
                    timeZone: timeZone,
                    createdAt: change.now
                )
                try change.store.insert(tenant)
                try change.audit("tenant.create", "tenant:\(id)", name)
                return tenant
            }
        } catch let error as BillingError where error.code == .duplicate {
            // Another call under this key may have made it just now.
            if let tenant = try await context.read(.tenant(id), { try $0.tenant(id) }) { return tenant }
            try await BillingError.translating { try await context.store.write(.system) { try request.forget(in: $0) } }
            throw Self.takenSlug
        }
    }

    private static let takenSlug = BillingError(
        .duplicate,
        field: "slug",
        "There is a tenant of this name. Choose another."
    )

    /// Whoever runs the machine.
    static let operatorActor = Actor.system("operator")
}
