/// “What is for subject S on router R needs convergence”, and nothing more.
///
/// What the row on the router should look like is computed from the voucher or the service account when the job runs, so a
/// job is never out of date. There is at most one job for a subject: asking again replaces the older job. The jobs of a
/// router are done the most urgent first, and among those in the order of their sequence.
public struct OutboxJob: Hashable, Sendable {
    /// Who is waiting for a job to be done.
    public enum Urgency: Int64, Hashable, Sendable, CaseIterable {
        /// Somebody: it was sold or is in use, belongs to a customer, or is to be cut off.
        case urgent = 0
        /// Nobody yet: it is in stock.
        case ordinary = 1
    }

    /// No attempt is ever put off for longer than this.
    ///
    /// An instant farther away was written while the clock was wrong, and counts as due.
    public static let longestWait = Duration.seconds(3600)

    /// The identity of the job.
    public let id: Identifier<OutboxJob>

    /// The tenant of the subject.
    public let tenant: Identifier<Tenant>

    /// The router to converge on.
    public let router: Identifier<Router>

    /// The voucher or service account to converge.
    public let subject: SessionSubject

    /// How urgent it is.
    public var urgency: Urgency

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

    /// Whether it has been put aside until somebody looks at it or asks for its subject again.
    public var isParked: Bool

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Creates a job that is due at once, or recreates a stored one.
    public init(
        id: Identifier<OutboxJob>,
        tenant: Identifier<Tenant>,
        router: Identifier<Router>,
        subject: SessionSubject,
        urgency: Urgency = .urgent,
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
        self.subject = subject
        self.urgency = urgency
        self.sequence = sequence
        self.enqueuedAt = enqueuedAt
        self.notBefore = notBefore ?? enqueuedAt
        self.attempts = attempts
        self.detail = detail
        self.isParked = isParked
        self.revision = revision
    }
}
