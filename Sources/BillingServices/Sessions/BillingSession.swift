public import BillingDomain
import BillingPersistence

/// Somebody signed in, or a program with a token, and what they may do in their one tenant.
///
/// Make one for each request: what it may do is as of the moment it was made. Descriptions and dumps leave the secret
/// out.
public struct BillingSession: Sendable {
    let context: ServiceContext
    private let digest: [UInt8]?

    /// Who acts: it is written to the audit trail and the ledger.
    public let actor: Actor
    /// The tenant they act in; there is no way out of it.
    public let tenant: Tenant
    /// Their role.
    public let role: Role
    /// The user name, or the name of the token.
    public let displayName: String
    /// The secret for the browser's cookie; only right after signing in, nil in every later session.
    public let sessionSecret: String?

    /// What the role allows.
    public var permissions: Set<Permission> { role.permissions }

    /// Vouchers, batches and sales.
    public var vouchers: VoucherService { VoucherService(session: self) }
    /// Routers.
    public var routers: RouterService { RouterService(session: self) }
    /// The price list.
    public var packages: PackageService { PackageService(session: self) }
    /// Figures, books and the audit trail.
    public var reports: ReportService { ReportService(session: self) }

    /// Ends the browser session; its secret is worth nothing afterwards.
    ///
    /// A token is not affected.
    public func signOut() async throws {
        guard let digest else { return }
        try await context.change(tenant.id, by: actor) { [displayName] change in
            try change.store.deleteSignInSession(digest: digest)
            try change.audit("session.end", change.actor.description, displayName)
        }
    }
}

extension BillingSession: CustomStringConvertible, CustomReflectable {
    /// Who acts where, never the secret.
    public var description: String { "BillingSession(\(displayName), \(role.rawValue), \(tenant.name))" }
    /// Who acts where, never the secret.
    public var customMirror: Mirror { Mirror(self, children: ["actor": actor, "role": role, "tenant": tenant]) }
}

extension BillingSession {
    init(context: ServiceContext, staff: Staff, tenant: Tenant, digest: [UInt8], secret: String? = nil) {
        self.context = context
        self.digest = digest
        actor = .staff(staff.id)
        self.tenant = tenant
        role = staff.role
        displayName = staff.username
        sessionSecret = secret
    }

    init(context: ServiceContext, token: APIToken, tenant: Tenant) {
        self.context = context
        digest = nil
        actor = .token(token.id)
        self.tenant = tenant
        role = token.role
        displayName = token.name
        sessionSecret = nil
    }

    func authorise(_ permission: Permission) throws {
        guard permissions.contains(permission) else {
            throw BillingError(
                .forbidden,
                "The role \(role.rawValue) does not allow “\(permission.rawValue)”. Ask an administrator."
            )
        }
    }

    func read<Answer: Sendable>(
        _ permission: Permission,
        _ body: @Sendable (any StoreReader) throws -> Answer
    ) async throws -> Answer {
        try authorise(permission)
        return try await context.read(.tenant(tenant.id), body)
    }

    func change<Answer: Sendable>(
        _ permission: Permission,
        _ body: @Sendable (inout Change) throws -> Answer
    ) async throws -> Answer {
        try authorise(permission)
        return try await context.change(tenant.id, by: actor, body)
    }
}
