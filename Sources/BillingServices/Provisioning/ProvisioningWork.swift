public import BillingDomain

/// One voucher to bring to its desired state on a router.
public struct ProvisioningWork: Hashable, Sendable {
    /// The job that asked for it.
    public let job: OutboxJob
    /// The voucher as it is now: the desired row on the router follows from it.
    public let voucher: Voucher
}
