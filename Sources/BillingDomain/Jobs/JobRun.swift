/// One run of a background job.
///
/// | state | `succeed` | `fail` | `retry` | `abandon` |
/// |---|---|---|---|---|
/// | running | succeeded | failed | – | abandoned |
/// | failed | – | – | running, while attempts are left | – |
/// | abandoned | – | – | running, while attempts are left | – |
/// | succeeded | – | – | – | – |
public struct JobRun: Hashable, Sendable {
    /// Where a run stands.
    public enum State: String, Hashable, Sendable, CaseIterable {
        /// At work.
        case running
        /// Done.
        case succeeded
        /// The last attempt failed.
        case failed
        /// Whoever ran it has lost its leadership or died.
        case abandoned
    }

    /// A run is attempted this many times.
    public static let mostAttempts = 3

    /// The identity of the run.
    public let id: Identifier<JobRun>

    /// The tenant of the job.
    public let tenant: Identifier<Tenant>

    /// The job; with ``dueAt`` it names the run once and for all.
    public let job: Identifier<ScheduledJob>

    /// When it was due.
    public let dueAt: Timestamp

    /// The term of the leader that runs it: an end under an earlier term is refused.
    public private(set) var term: Int64

    /// Where it stands.
    public private(set) var state: State

    /// How many attempts were begun.
    public private(set) var attempts: Int

    /// When the present attempt began.
    public private(set) var startedAt: Timestamp

    /// When the last attempt ended.
    public private(set) var endedAt: Timestamp?

    /// What it did, or why it failed; for people.
    public private(set) var detail: String?

    /// When the run was first begun.
    public let createdAt: Timestamp

    /// The version of this record; a store refuses an update whose revision is not the stored one.
    public var revision: Int64

    /// Begins a run, or recreates a stored one.
    public init(
        id: Identifier<JobRun>,
        tenant: Identifier<Tenant>,
        job: Identifier<ScheduledJob>,
        dueAt: Timestamp,
        term: Int64,
        state: State = .running,
        attempts: Int = 1,
        startedAt: Timestamp? = nil,
        endedAt: Timestamp? = nil,
        detail: String? = nil,
        createdAt: Timestamp,
        revision: Int64 = 1
    ) {
        self.id = id
        self.tenant = tenant
        self.job = job
        self.dueAt = dueAt
        self.term = term
        self.state = state
        self.attempts = attempts
        self.startedAt = startedAt ?? createdAt
        self.endedAt = endedAt
        self.detail = detail
        self.createdAt = createdAt
        self.revision = revision
    }

    /// running → succeeded.
    public mutating func succeed(_ detail: String? = nil, term: Int64, at instant: Timestamp) throws(DomainError) {
        try end(.succeeded, "complete", detail, term: term, at: instant)
    }

    /// running → failed.
    public mutating func fail(_ detail: String, term: Int64, at instant: Timestamp) throws(DomainError) {
        try end(.failed, "fail", detail, term: term, at: instant)
    }

    /// running → abandoned, by the leader of a later term.
    public mutating func abandon(term later: Int64, at instant: Timestamp) throws(DomainError) {
        guard later > term else {
            throw illegal("abandon", "its leader's term \(term) has not been followed by another")
        }
        try end(.abandoned, "abandon", "The leader of term \(term) is gone.", term: term, at: instant)
    }

    /// failed or abandoned → running, while attempts are left.
    public mutating func retry(term: Int64, at instant: Timestamp) throws(DomainError) {
        guard state == .failed || state == .abandoned else { throw illegal("retry", "only one that failed can be") }
        guard attempts < Self.mostAttempts else { throw illegal("retry", "\(attempts) attempts were made") }
        guard term >= self.term else { throw illegal("retry", "term \(term) has passed") }
        state = .running
        self.term = term
        attempts += 1
        startedAt = instant
        endedAt = nil
    }

    private mutating func end(
        _ next: State,
        _ move: String,
        _ detail: String?,
        term: Int64,
        at instant: Timestamp
    ) throws(DomainError) {
        guard state == .running else { throw illegal(move, "only one that is at work can be") }
        guard term == self.term else { throw illegal(move, "it is run under term \(self.term), not \(term)") }
        state = next
        self.detail = detail
        endedAt = instant
    }

    private func illegal(_ move: String, _ why: String) -> DomainError {
        DomainError(.illegalMove, "Cannot \(move) a run that is \(state.rawValue): \(why).")
    }
}
