public import BillingDomain
import BillingPersistence

extension Billing {
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
        let username = try Input.username(username)
        let password = try Secret.password(context.environment)
        let hash = try await newHash(of: password)
        let staff = try await context.change(tenant, by: Self.operatorActor) { change in
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            guard try change.store.staff(username: username) == nil else {
                throw BillingError(.duplicate, field: "username", "There is a user of this name. Choose another name.")
            }
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
        let name = try Input.name(name)
        let secret = try Secret.token(context.environment)
        let digest = try Secret.digest(secret)
        let token = try await context.change(tenant, by: Self.operatorActor) { change in
            guard try change.store.tenant(tenant) != nil else { throw BillingError.notFound("tenant", field: "tenant") }
            let token = APIToken(
                id: try change.identifier(),
                tenant: tenant,
                name: name,
                digest: digest,
                role: role,
                createdAt: change.now
            )
            try change.store.insert(token)
            try change.audit("token.create", "token:\(token.id)", "\(name), \(role.rawValue)")
            return token
        }
        return (token, secret)
    }
}
