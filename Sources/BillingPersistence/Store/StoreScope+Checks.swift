package import BillingDomain

extension StoreScope {
    /// The tenant that can be seen, or `nil` for all of them.
    package var tenant: Identifier<Tenant>? {
        switch self {
        case .tenant(let id): id
        case .system: nil
        }
    }

    /// Whether records of a tenant can be seen.
    package func sees(_ tenant: Identifier<Tenant>) -> Bool {
        self.tenant.map { $0 == tenant } ?? true
    }

    /// Refuses to write a record of a tenant that cannot be seen.
    package func requireSight(of tenant: Identifier<Tenant>, for what: String) throws {
        guard sees(tenant) else { throw PersistenceError.missing(what) }
    }

    /// The tenant of a call that makes no sense without one.
    package func requireTenant(for what: String) throws -> Identifier<Tenant> {
        guard case .tenant(let id) = self else {
            throw PersistenceError(.wrongScope, "Use a tenant's scope: \(what) belongs to one tenant.")
        }
        return id
    }

    /// Refuses a call that is not for tenants.
    package func requireSystem(for what: String) throws {
        guard case .system = self else {
            throw PersistenceError(.wrongScope, "Use the system scope: \(what) does not belong to a tenant.")
        }
    }

    /// Refuses a key that was made for another scope.
    package func requireSame(_ tenant: Identifier<Tenant>?, for what: String) throws {
        guard self.tenant == tenant else {
            throw PersistenceError(.wrongScope, "Use the scope that \(what) was made for.")
        }
    }
}
