public import BillingDomain

/// A run of a background job that should be started now.
public struct DueRun: Hashable, Sendable {
    /// The job.
    public let job: ScheduledJob
    /// The tenant whose job it is.
    public let tenant: Tenant
    /// When it was due: with the job, it names the run once and for all.
    public let dueAt: Timestamp
}
