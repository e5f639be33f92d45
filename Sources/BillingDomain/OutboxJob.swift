/// “Voucher V on router R needs convergence”, and nothing more.
///
/// What the row on the router should look like is computed from the voucher when the job runs, so a job is never out
/// of date. There is at most one job for a voucher: asking again replaces the older job.
public struct OutboxJob: Hashable, Sendable {
    /// No attempt is ever put off for longer than this.
    ///
    /// An instant farther away was written while the clock was wrong, and counts as due.
    public static let longestWait = Duration.seconds(3600)

    /// The identity of the job.
    public let id: Identifier<OutboxJob>

    /// The tenant of the voucher.
    public let tenant: Identifier<Tenant>

    /// The router to converge on.
    public let router: Identifier<Router>

    /// The voucher to converge.
    public let voucher: Identifier<Voucher>

    /// The place in the order of commits, above zero; given by the store, zero before that.
    public var sequence: Int64

    /// When it was asked for.
    public let enqueuedAt: Timestamp

    /// The earliest instant of the next attempt; due at once if it is farther away than ``longestWait``.
    public var notBefore: Timestamp

    /// How many attempts have failed.
    public var attempts: Int

    /// Why the last attempt failed, for people.
    public var detail: String?

    /// Whether it has been put aside until somebody looks at it or asks for the voucher again.
    public var isParked: Bool

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a job that is due at once, or recreates a stored one.
    public init(
        id: Identifier<OutboxJob>,
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        voucher: Identifier<Voucher>,
        sequence: Int64 = 0,
        enqueuedAt: Timestamp,
        notBefore: Timestamp? = nil,
        attempts: Int = 0,
        detail: String? = nil,
        isParked: Bool = false,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.router = router
        self.voucher = voucher
        self.sequence = sequence
        self.enqueuedAt = enqueuedAt
        self.notBefore = notBefore ?? enqueuedAt
        self.attempts = attempts
        self.detail = detail
        self.isParked = isParked
        self.revision = revision
    }
}
