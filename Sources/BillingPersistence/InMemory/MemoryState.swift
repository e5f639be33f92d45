import BillingDomain

/// The tables of an ``InMemoryStore``: one value, so that a snapshot is a copy.
struct MemoryState: Sendable {
    /// A name that is unique inside one tenant, or inside the system scope.
    struct Key: Hashable, Sendable {
        var tenant: Identifier<Tenant>?
        var name: String
    }

    /// The lease row of a router; `owner` is `nil` while nobody holds it.
    struct Lease: Sendable {
        var owner: String?
        var epoch: Int64 = 0
        var until = Timestamp(microsecondsSince1970: .min)
        var nextAttemptAt = Timestamp(microsecondsSince1970: .min)
    }

    var tenants: [Identifier<Tenant>: Tenant] = [:]
    var routers: [Identifier<Router>: Router] = [:]
    var packages: [Identifier<Package>: Package] = [:]
    var batches: [Identifier<VoucherBatch>: VoucherBatch] = [:]
    var vouchers: [Identifier<Voucher>: Voucher] = [:]
    var codes: [Key: Identifier<Voucher>] = [:]
    var staff: [Identifier<Staff>: Staff] = [:]
    var tokens: [Identifier<APIToken>: APIToken] = [:]
    var sessions: [Identifier<SignInSession>: SignInSession] = [:]
    var ledger: [LedgerEntry] = []
    var ledgerIdentities: Set<Identifier<LedgerEntry>> = []
    var ledgerKeys: Set<Key> = []
    var audit: [AuditEntry] = []
    var auditIdentities: Set<Identifier<AuditEntry>> = []
    var outbox: [Identifier<OutboxJob>: OutboxJob] = [:]
    var outboxOfVoucher: [Identifier<Voucher>: Identifier<OutboxJob>] = [:]
    var lastSequence: Int64 = 0
    var leases: [Identifier<Router>: Lease] = [:]
    var idempotency: [Key: IdempotencyRecord] = [:]
}
