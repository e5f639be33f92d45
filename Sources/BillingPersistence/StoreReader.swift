public import BillingDomain

/// What can be asked of a snapshot.
///
/// Only what lies in the transaction's ``StoreScope`` is ever seen.
///
/// A reader is good only inside the body it was given to. Every call can throw ``PersistenceError``; calls marked
/// *tenant scope* throw ``PersistenceError/Code/wrongScope`` in the system scope.
public protocol StoreReader {
    /// The scope this reader sees.
    var scope: StoreScope { get }

    /// The tenants in scope, oldest first.
    func tenants() throws -> [Tenant]
    /// A tenant by identity.
    func tenant(_ id: Identifier<Tenant>) throws -> Tenant?

    /// The routers that have not been removed, by name.
    func routers() throws -> [Router]
    /// A router by identity, removed or not.
    func router(_ id: Identifier<Router>) throws -> Router?

    /// All packages, archived ones too, by name.
    func packages() throws -> [Package]
    /// A package by identity.
    func package(_ id: Identifier<Package>) throws -> Package?
    /// The package of that name that is not archived, whatever the case of a–z. *Tenant scope.*
    func package(named name: String) throws -> Package?

    /// A batch by identity.
    func batch(_ id: Identifier<VoucherBatch>) throws -> VoucherBatch?
    /// Batches, newest first.
    func batches(_ page: PageRequest) throws -> Page<VoucherBatch>

    /// A voucher by identity.
    func voucher(_ id: Identifier<Voucher>) throws -> Voucher?
    /// A voucher by code, whatever the case of a–z. *Tenant scope.*
    func voucher(code: String) throws -> Voucher?
    /// Those of the vouchers that exist, by identity.
    func vouchers(ids: [Identifier<Voucher>]) throws -> [Voucher]
    /// Those of the codes that are vouchers of one router, by identity; the case of a–z does not matter.
    func vouchers(router: Identifier<Router>, codes: [String]) throws -> [Voucher]
    /// Vouchers that meet a filter, newest first.
    func vouchers(_ filter: VoucherFilter, _ page: PageRequest) throws -> Page<Voucher>
    /// Active vouchers whose validity ended before or at an instant, the earliest end first.
    func vouchersToExpire(before instant: Timestamp, limit: Int) throws -> [Voucher]
    /// How many vouchers there are, of one batch or one router if given.
    func voucherCounts(batch: Identifier<VoucherBatch>?, router: Identifier<Router>?) throws -> VoucherCounts

    /// A member of staff by identity.
    func staff(_ id: Identifier<Staff>) throws -> Staff?
    /// A member of staff by user name, whatever the case of a–z. *Tenant scope.*
    func staff(username: String) throws -> Staff?
    /// All staff, by user name.
    func allStaff() throws -> [Staff]

    /// An API token by the digest of its secret, revoked or not.
    func apiToken(digest: [UInt8]) throws -> APIToken?
    /// All API tokens, oldest first.
    func apiTokens() throws -> [APIToken]
    /// A browser session by the digest of its cookie, over or not.
    func signInSession(digest: [UInt8]) throws -> SignInSession?

    /// The balance of every account and currency, by account and then currency. *Tenant scope.*
    func balances() throws -> [AccountBalance]
    /// Ledger entries, newest first.
    func ledgerEntries(_ page: PageRequest) throws -> Page<LedgerEntry>
    /// What was expected, received and earned in `start ≤ t < end`, by currency. *Tenant scope.*
    ///
    /// A sum that does not fit 64 bits is cut, as ``RevenueFigures`` says, so that it takes no other figure away.
    func revenue(from start: Timestamp, until end: Timestamp) throws -> [RevenueFigures]
    /// The audit trail, newest first.
    func audit(_ page: PageRequest) throws -> Page<AuditEntry>

    /// Jobs of a router that are not parked and are due, in the order of their sequence.
    ///
    /// Those put off for longer than ``OutboxJob/longestWait`` are due.
    func outboxJobs(router: Identifier<Router>, dueBy now: Timestamp, limit: Int) throws -> [OutboxJob]
    /// Parked jobs, of one router if given, in the order of their sequence.
    func parkedJobs(router: Identifier<Router>?) throws -> [OutboxJob]
    /// How many jobs wait, parked ones not counted, for one router if given.
    func outboxDepth(router: Identifier<Router>?) throws -> Int

    /// What a request with this key came to in this very scope; `nil` if it never came to anything.
    func idempotentResult(key: String) throws -> IdempotencyRecord?
}

extension StoreReader {
    /// How many vouchers there are in scope.
    public func voucherCounts() throws -> VoucherCounts { try voucherCounts(batch: nil, router: nil) }

    /// How many vouchers a batch has.
    public func voucherCounts(batch: Identifier<VoucherBatch>) throws -> VoucherCounts {
        try voucherCounts(batch: batch, router: nil)
    }

    /// How many vouchers a router has.
    public func voucherCounts(router: Identifier<Router>) throws -> VoucherCounts {
        try voucherCounts(batch: nil, router: router)
    }

    /// How many jobs wait in scope, parked ones not counted.
    public func outboxDepth() throws -> Int { try outboxDepth(router: nil) }
}
