public import BillingDomain
import BillingPersistence

/// Somebody signed in, or a program with a token, and what they may do in their one tenant.
///
/// Make one for each request: what it may do is as of the moment it was made. Descriptions and dumps leave the secret
/// out.
public struct BillingSession: Sendable {
    let context: ServiceContext
    let digest: [UInt8]?

    /// Who acts: it is written to the audit trail and the ledger.
    public let actor: Actor
    /// The tenant they act in; there is no way out of it.
    public let tenant: Tenant
    /// Their role, unless ``roleName`` is that of a role of the tenant's own.
    public let role: Role
    /// The name of what says what they may do: the preset's, or that of the tenant's own role.
    public let roleName: String
    /// The user name, or the name of the token.
    public let displayName: String
    /// The secret for the browser's cookie; only right after signing in, nil in every later session.
    public let sessionSecret: String?

    /// What they may do: the role's permissions, or the part of them that a token has; none under a ``restriction``.
    public let permissions: Set<Permission>
    /// The routers and sites they may act on.
    public let assignment: StaffAssignment
    /// What they must do first.
    public let restriction: SessionRestriction?
    /// Where the request comes from.
    public let origin: RequestOrigin

    /// Vouchers, batches and sales.
    public var vouchers: VoucherService { VoucherService(session: self) }
    /// Routers.
    public var routers: RouterService { RouterService(session: self) }
    /// Saved configurations of routers.
    public var backups: BackupService { BackupService(session: self) }
    /// The price list.
    public var packages: PackageService { PackageService(session: self) }
    /// What is taken over from elsewhere.
    public var imports: ImportService { ImportService(session: self) }
    /// Customers.
    public var customers: CustomerService { CustomerService(session: self) }
    /// User names and passwords of customers on routers.
    public var serviceAccounts: ServiceAccountService { ServiceAccountService(session: self) }
    /// Who is and was on line.
    public var networkSessions: NetworkSessionService { NetworkSessionService(session: self) }
    /// What customers pay for period by period.
    public var subscriptions: SubscriptionService { SubscriptionService(session: self) }
    /// Prepaid balances.
    public var wallets: WalletService { WalletService(session: self) }
    /// Invoices, credit notes and receipts.
    public var invoices: InvoiceService { InvoiceService(session: self) }
    /// Payments, refunds and the terms of payment methods.
    public var payments: PaymentService { PaymentService(session: self) }
    /// Figures, books and the audit trail.
    public var reports: ReportService { ReportService(session: self) }
    /// Their own password, second factor and sessions.
    public var account: AccountService { AccountService(session: self) }
    /// The people who may sign in.
    public var staff: StaffService { StaffService(session: self) }
    /// The tenant's own roles.
    public var roles: RoleService { RoleService(session: self) }
    /// Tokens for programs.
    public var tokens: TokenService { TokenService(session: self) }
    /// Places that the business serves.
    public var sites: SiteService { SiteService(session: self) }
    /// Drawers of cash.
    public var shifts: ShiftService { ShiftService(session: self) }
    /// What selling earns.
    public var commission: CommissionService { CommissionService(session: self) }
    /// Those outside the business who sell its vouchers.
    public var agents: AgentService { AgentService(session: self) }
    /// The tenant itself and its settings.
    public var settings: SettingsService { SettingsService(session: self) }
    /// Who did what.
    public var audit: AuditService { AuditService(session: self) }
    /// Background jobs.
    public var jobs: JobService { JobService(session: self) }
    /// What people are told.
    public var notifications: NotificationService { NotificationService(session: self) }
    /// What came from outside.
    public var messages: MessageService { MessageService(session: self) }
    /// The books, where no sale, payment or shift writes them.
    public var ledger: LedgerService { LedgerService(session: self) }
    /// The taxes on what is sold.
    public var taxes: TaxService { TaxService(session: self) }
    /// How long data is kept.
    public var retention: RetentionService { RetentionService(session: self) }

    /// Ends the browser session; its secret is worth nothing afterwards.
    ///
    /// A token is not affected.
    public func signOut() async throws {
        guard let digest else { return }
        try await context.change(tenant.id, by: actor, origin: origin) { [displayName] change in
            try change.store.deleteSignInSession(digest: digest)
            try change.audit("session.end", change.actor.description, displayName)
        }
    }
}

extension BillingSession: CustomStringConvertible, CustomReflectable {
    /// Who acts where, never the secret.
    public var description: String { "BillingSession(\(displayName), \(roleName), \(tenant.name))" }
    /// Who acts where, never the secret.
    public var customMirror: Mirror { Mirror(self, children: ["actor": actor, "role": role, "tenant": tenant]) }
}

extension BillingSession {
    init(
        context: ServiceContext,
        _ person: SignedInPerson,
        digest: [UInt8],
        origin: RequestOrigin,
        secret: String? = nil
    ) {
        self.context = context
        self.digest = digest
        self.origin = origin
        actor = .staff(person.staff.id)
        tenant = person.tenant
        role = person.staff.role
        roleName = person.definition?.name ?? person.staff.role.rawValue
        restriction = person.restriction
        permissions = person.restriction == nil ? person.staff.permissions(person.definition) : []
        assignment = person.staff.assignment
        displayName = person.staff.username
        sessionSecret = secret
    }

    init(context: ServiceContext, token: APIToken, tenant: Tenant, origin: RequestOrigin) {
        self.context = context
        self.origin = origin
        digest = nil
        actor = .token(token.id)
        self.tenant = tenant
        role = token.role
        roleName = token.role.rawValue
        restriction = nil
        permissions = token.permissions
        assignment = token.assignment
        displayName = token.name
        sessionSecret = nil
    }

    func authorise(_ permission: Permission) throws {
        if let restriction {
            throw BillingError(
                .forbidden,
                restriction == .mustChangePassword
                    ? "Choose a password of your own first." : "Set up a second factor first."
            )
        }
        guard permissions.contains(permission) else {
            throw BillingError(
                .forbidden,
                "The role \(roleName) does not allow “\(permission.rawValue)”. Ask an administrator."
            )
        }
    }

    /// The person who acts; programs have no drawer, no password and no second factor.
    func person() throws -> Identifier<Staff> {
        guard case .staff(let id) = actor else {
            throw BillingError(.forbidden, "Only a person who signed in can do this, not a program with a token.")
        }
        return id
    }

    /// Refuses to grant what they do not hold themselves.
    func requireHolding(_ granted: Set<Permission>, field: String) throws {
        let missing = granted.subtracting(permissions)
        guard missing.isEmpty else {
            throw BillingError(
                .forbidden,
                field: field,
                "You can only give rights that you hold yourself; these are missing: \(missing.storedText)."
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
        return try await context.change(tenant.id, by: actor, assignment: assignment, origin: origin, body)
    }
}
