public import BillingDomain

/// What is old enough to be removed.
///
/// The ledger, the audit trail, vouchers and whatever they rest on are never among it.
public struct RetentionPlan: Hashable, Sendable {
    /// What can be removed.
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// Answers to requests that are remembered so that they are not done again.
        case idempotencyKeys = "idempotency-keys"
        /// Browser sessions that are over.
        case signInSessions = "sign-in-sessions"
        /// Changes that were given up on the way to a router.
        case parkedJobs = "parked-jobs"
        /// Runs of background jobs that are over.
        case jobRuns = "job-runs"
        /// Reports that were saved.
        case savedReports = "saved-reports"
        /// Sessions on routers that are over.
        case networkSessions = "network-sessions"
        /// What was used each day.
        case usageDays = "usage-days"
        /// What was done on routers.
        case routerEvents = "router-events"
        /// When routers could not be used.
        case routerDowntimes = "router-downtimes"
        /// Notifications that were sent or given up.
        case notifications
        /// Messages from outside that were dealt with.
        case inbox
        /// Tries to sign in.
        case signInAttempts = "sign-in-attempts"
    }

    /// Some records of one kind.
    public struct Line: Hashable, Sendable {
        /// The kind.
        public let kind: Kind
        /// What is older than this.
        public let before: Timestamp
        /// How many they are.
        public let count: Int
    }

    /// One line for every kind, also where there is nothing to remove.
    public let lines: [Line]

    /// How many records in all.
    public var count: Int { lines.reduce(0) { $0 + $1.count } }
}
