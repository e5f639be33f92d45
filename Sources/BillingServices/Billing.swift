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
    public func createTenant(
        _ name: String,
        currency: Currency,
        timeZone: String,
        key: IdempotencyKey
    ) async throws -> Tenant {
        let name = try Input.name(name)
        try TenantCalendar.check(timeZone)
        let id = try context.environment.identifier(of: Tenant.self, at: context.environment.now())
        return try await context.change(id, by: .system("operator"), in: .system) { change in
            try change.once(key, ["tenant.create", name, currency.code, timeZone]) { change in
                try change.store.insert(
                    Tenant(id: id, name: name, currency: currency, timeZone: timeZone, createdAt: change.now)
                )
                try change.audit("tenant.create", "tenant:\(id)", name)
                return id.description
            } answer: { store, reference in
                guard let id = Identifier<Tenant>(reference), let tenant = try store.tenant(id) else {
                    throw BillingError.notFound("tenant")
                }
                return tenant
            }
        }
    }
}
