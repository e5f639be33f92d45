public import BillingDomain

/// A background job, when it runs next and how it ran last.
public struct JobLine: Hashable, Sendable {
    /// The job.
    public let job: ScheduledJob
    /// When it is due next; nil while it is paused.
    public let nextDue: Timestamp?
    /// Its latest run; nil before the first.
    public let lastRun: JobRun?
}
