public import BillingDomain
import BillingPersistence

extension Billing {
    /// Adds the first person to a tenant that nobody may do everything in yet, with a generated password that is shown
    /// this once.
    ///
    /// Throws ``BillingError/Code/conflict`` once there is one: then that person adds others.
    public func createFirstAdministrator(
        _ username: String,
        tenant: Identifier<Tenant>
    ) async throws -> (staff: Staff, password: String) {
        try await create(username, .superAdministrator, tenant) { store in
            let owners = Query(
                Staff.Columns.role == .superAdministrator,
                Staff.Columns.isDisabled == false,
                Staff.Columns.customRole.isAbsent
            )
            guard try store.count(owners) == 0 else {
                throw BillingError(.conflict, "This tenant has an administrator, who can add others.")
            }
        }
    }

    /// Adds somebody who may do everything in a tenant, with a generated password that is shown this once.
    ///
    /// Throws ``BillingError/Code/duplicate`` when the user name is taken, in whatever case.
    public func createAdministrator(
        _ username: String,
        tenant: Identifier<Tenant>
    ) async throws -> (staff: Staff, password: String) {
        try await createStaff(username, role: .superAdministrator, tenant: tenant)
    }

    /// Adds a member of staff with a generated password that is shown this once.
    ///
    /// `username` has 1…64 letters A–Z, digits and `.`, `_`, `-`, `@`. Throws ``BillingError/Code/duplicate`` when it
    /// is taken, in whatever case.
    public func createStaff(
        _ username: String,
        role: Role,
        tenant: Identifier<Tenant>
    ) async throws -> (staff: Staff, password: String) {
        try await create(username, role, tenant) { _ in }
    }

    private func create(
        _ username: String,
        _ role: Role,
        _ tenant: Identifier<Tenant>,
        _ check: @escaping @Sendable (any StoreReader) throws -> Void
    ) async throws -> (staff: Staff, password: String) {
        let username = try Input.username(username)
        let password = try Secret.password(context.environment)
        let hash = try await context.newHash(of: password)
        let staff = try await context.change(tenant, by: Self.operatorActor) { change in
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            try check(change.store)
            try StaffService.requireFreeName(username, except: nil, in: change.store)
            let staff = Staff(
                id: try change.identifier(),
                tenant: tenant,
                username: username,
                passwordHash: hash,
                role: role,
                createdAt: change.now
            )
            try change.store.insert(staff)
            try change.audit("staff.create", "staff:\(staff.id)", "\(username), \(role.rawValue)")
            return staff
        }
        return (staff, password)
    }

    /// Makes a token for a program to act with in a tenant; its secret is shown this once.
    ///
    /// `name`, 1…100 characters, says what it is for.
    public func createToken(
        _ name: String,
        role: Role,
        tenant: Identifier<Tenant>
    ) async throws -> (token: APIToken, secret: String) {
        try await createToken(TokenDraft(name: name, role: role), tenant: tenant)
    }

    /// Makes a token for a program to act with in a tenant; its secret is shown this once.
    public func createToken(
        _ draft: TokenDraft,
        tenant: Identifier<Tenant>
    ) async throws -> (token: APIToken, secret: String) {
        let secret = try Secret.token(context.environment)
        let digest = try Secret.digest(secret)
        let token = try await context.change(tenant, by: Self.operatorActor) { change in
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            return try change.token(draft, digest: digest)
        }
        return (token, secret)
    }
}
