public import BillingDomain
import BillingPersistence

extension Billing {
    /// The tenant whose panel answers on a subdomain; throws ``BillingError/Code/notFound`` where there is none.
    ///
    /// A tenant that is suspended or closed is found too: signing in to it is what is refused.
    public func tenant(slug: String) async throws -> Tenant {
        guard let slug = TenantSlug(slug), let tenant = try await context.read(.system, { try $0.tenant(slug: slug) })
        else { throw BillingError.notFound("tenant", field: "slug") }
        return tenant
    }

    /// Shuts everybody of a tenant out for now; routers are still looked after.
    public func suspendTenant(_ id: Identifier<Tenant>) async throws -> Tenant {
        try await move(id, "tenant.suspend") { try $0.suspend() }
    }

    /// Lets everybody of a suspended tenant in again.
    public func resumeTenant(_ id: Identifier<Tenant>) async throws -> Tenant {
        try await move(id, "tenant.resume") { try $0.resume() }
    }

    /// Shuts everybody of a tenant out for good; its books stay.
    public func closeTenant(_ id: Identifier<Tenant>) async throws -> Tenant {
        try await move(id, "tenant.close") { try $0.close() }
    }

    /// Gives a tenant the name that its panel answers on, or takes it away.
    public func setSlug(_ slug: String?, of id: Identifier<Tenant>) async throws -> Tenant {
        let slug = try slug.map { try Self.slug($0) }
        return try await context.change(id, by: Self.operatorActor) { change in
            guard var tenant = try change.store.tenant(id) else { throw BillingError.notFound("tenant") }
            let before = tenant.slug?.description
            tenant.slug = slug
            try change.audit("tenant.slug", "tenant:\(id)", before: before, after: slug?.description)
            return try change.store.update(tenant)
        }
    }

    static func slug(_ text: String) throws -> TenantSlug {
        guard let slug = TenantSlug(text) else {
            throw BillingError.invalid(
                "slug",
                "Use 3 to 40 letters a–z, digits and inner hyphens; names such as “admin” belong to the service."
            )
        }
        return slug
    }

    private func move(
        _ id: Identifier<Tenant>,
        _ action: String,
        _ body: @escaping @Sendable (inout Tenant) throws -> Void
    ) async throws -> Tenant {
        try await context.change(id, by: Self.operatorActor) { change in
            guard var tenant = try change.store.tenant(id) else { throw BillingError.notFound("tenant") }
            let before = tenant.state.rawValue
            try body(&tenant)
            if tenant.state != .active { try change.store.delete(Query<SignInSession>()) }
            try change.audit(action, "tenant:\(id)", tenant.name, before: before, after: tenant.state.rawValue)
            return try change.store.update(tenant)
        }
    }
}
