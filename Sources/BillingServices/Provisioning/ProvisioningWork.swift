public import BillingDomain

/// One voucher or service account to bring to its desired state on a router.
public struct ProvisioningWork: Hashable, Sendable {
    /// The job that asked for it.
    public let job: OutboxJob
    /// What is to stand there, as it is recorded now.
    public let entry: RouterEntry
    /// What our rows are marked with.
    public let markers: RouterMarkers
}
