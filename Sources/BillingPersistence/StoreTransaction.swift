public import BillingDomain

/// What can be changed, all or nothing.
///
/// It reads its own changes.
///
/// Laws that every store keeps:
/// - A call that throws has changed nothing; the body may catch its error and go on.
/// - A record of a tenant other than the scope's cannot be written: ``PersistenceError/Code/notFound``, as if that
///   tenant did not exist. Records refer only to records of their own tenant: ``PersistenceError/Code/constraint``.
/// - An insert whose identity or unique name is taken throws ``PersistenceError/Code/duplicate``.
/// - An update of a record that does not exist throws ``PersistenceError/Code/notFound``. An update of a record with a
///   revision throws ``PersistenceError/Code/conflict`` unless it carries the stored revision; the stored record and
///   the one returned carry the next. What identifies a record (its tenant, code, batch, creation) never changes.
/// - The ledger and the audit trail only grow.
/// - An effect under a lease throws ``PersistenceError/Code/leaseLost`` once that lease has been released or the router
///   has been claimed again.
public protocol StoreTransaction: StoreReader {
    /// Adds a tenant. *System scope.*
    func insert(_ tenant: Tenant) throws
    /// Changes a tenant's name, currency or zone.
    func update(_ tenant: Tenant) throws

    /// Adds a router.
    func insert(_ router: Router) throws
    /// Changes a router; its revision is checked.
    @discardableResult func update(_ router: Router) throws -> Router

    /// Adds a package; its name must be free among those not archived.
    func insert(_ package: Package) throws
    /// Changes a package; its revision is checked.
    @discardableResult func update(_ package: Package) throws -> Package

    /// Adds a batch, without its vouchers.
    func insert(_ batch: VoucherBatch) throws
    /// Adds vouchers; each code must be free in its tenant.
    func insert(vouchers: [Voucher]) throws
    /// Changes a voucher's states, customer and usage; its revision is checked.
    @discardableResult func update(_ voucher: Voucher) throws -> Voucher

    /// Adds a member of staff; the user name must be free.
    func insert(_ staff: Staff) throws
    /// Changes a member of staff.
    func update(_ staff: Staff) throws

    /// Adds an API token; its digest must be free in all tenants.
    func insert(_ token: APIToken) throws
    /// Changes a token's name or role, or revokes it.
    func update(_ token: APIToken) throws

    /// Adds a browser session; its digest must be free in all tenants.
    func insert(_ session: SignInSession) throws
    /// Moves the end of a browser session.
    func update(_ session: SignInSession) throws
    /// Ends a browser session; harmless if there is none.
    func deleteSignInSession(digest: [UInt8]) throws
    /// Forgets browser sessions that ended before or at an instant, and says how many.
    @discardableResult func deleteSignInSessions(expiredBefore instant: Timestamp) throws -> Int

    /// Adds an entry to the books; its key must be new to the tenant, or ``PersistenceError/Code/duplicate``.
    func append(ledger entry: LedgerEntry) throws
    /// Adds a line to the audit trail.
    func append(audit entry: AuditEntry) throws

    /// Asks for convergence. Each job takes the next sequence number and replaces an older job for its voucher, parked
    /// or not.
    func enqueue(_ jobs: [OutboxJob]) throws
    /// Forgets jobs that are done; those that a newer job has replaced are passed over.
    func completeOutbox(_ jobs: [Identifier<OutboxJob>], under lease: RouterLease) throws
    /// Counts a failed attempt and puts jobs off; those that a newer job has replaced are passed over.
    func postponeOutbox(
        _ jobs: [Identifier<OutboxJob>],
        until instant: Timestamp,
        detail: String,
        under lease: RouterLease
    ) throws
    /// Counts a failed attempt and puts jobs aside; those that a newer job has replaced are passed over.
    func parkOutbox(_ jobs: [Identifier<OutboxJob>], detail: String, under lease: RouterLease) throws
    /// Makes every job of a router due now, parked ones too, with all its attempts before it, and the router's next
    /// attempt also; says how many jobs there are.
    @discardableResult func retryOutbox(router: Identifier<Router>, now: Timestamp) throws -> Int

    /// Claims a router for `owner` until `now + ttl`, and says which; `nil` if there is none to claim.
    ///
    /// It is the one that has waited longest among those in scope that have a due job, whose next attempt is due, that
    /// nobody holds and that have not been removed. What was put off for longer than ``OutboxJob/longestWait`` is due,
    /// and a router that was has waited longest. An owner is one running worker: a name not empty and never reused.
    func claimRouter(owner: String, now: Timestamp, ttl: Duration) throws -> RouterLease?
    /// Prolongs a lease to `now + ttl`.
    func renew(_ lease: RouterLease, now: Timestamp, ttl: Duration) throws -> RouterLease
    /// Throws ``PersistenceError/Code/leaseLost`` unless the lease still holds; put it first in a transaction whose
    /// other effects name no lease.
    func verify(_ lease: RouterLease) throws
    /// Gives a router back, not to be claimed again before an instant.
    func release(_ lease: RouterLease, nextAttemptAt: Timestamp) throws

    /// Keeps what a request came to; a key that has a record throws ``PersistenceError/Code/duplicate``.
    func record(_ record: IdempotencyRecord) throws
}

extension StoreTransaction {
    /// Adds one voucher; its code must be free in its tenant.
    public func insert(_ voucher: Voucher) throws { try insert(vouchers: [voucher]) }

    /// Asks for convergence of one voucher.
    public func enqueue(_ job: OutboxJob) throws { try enqueue([job]) }
}
