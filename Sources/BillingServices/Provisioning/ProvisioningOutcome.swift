import BillingDomain

/// What became of one piece of work.
public struct ProvisioningOutcome: Hashable, Sendable {
    /// What the router showed when it was read back.
    public enum Result: Hashable, Sendable {
        /// The row is there, as the voucher wants it.
        case present
        /// The row is there, as the voucher wants it, and was made now: its counters begin at zero, and no session of before
        /// goes on.
        case presentAnew
        /// The row is gone, as the voucher wants it.
        case removed
        /// It could not be done; `detail` says why, without secrets.
        ///
        /// With `retry` it is tried again later, up to twelve times; without, it is put aside until somebody asks for
        /// it again.
        case failed(detail: String, retry: Bool)
    }

    /// The work it came of.
    public let work: ProvisioningWork
    /// What the router showed.
    public let result: Result

    /// The outcome of `work`.
    public init(_ work: ProvisioningWork, _ result: Result) {
        self.work = work
        self.result = result
    }

    /// Whether what it came of is put aside after this.
    package var isLast: Bool {
        guard case .failed(_, let retry) = result else { return false }
        return !retry || work.job.attempts + 1 >= ProvisioningService.maximumAttempts
    }
}
