import BillingDomain
import BillingPersistence

/// How far the vouchers of a batch have come on their way to the router.
public struct BatchProgress: Hashable, Sendable {
    /// The number of vouchers.
    public let total: Int
    /// To be put on the router, or to be put right there.
    public let pending: Int
    /// On the router, read back.
    public let present: Int
    /// Refused by the router; the voucher's `provisioningDetail` says why.
    public let failed: Int
    /// Taken off the router, or about to be, because they ended.
    public let removed: Int

    /// Whether nothing more is to be done on the router.
    public var isComplete: Bool { pending == 0 && failed == 0 }

    init(_ counts: VoucherCounts) {
        total = counts.total
        pending = counts.count { $0.provisioning == .pending || $0.provisioning == .drifted }
        present = counts.count { $0.provisioning == .present }
        failed = counts.count { $0.provisioning == .failed }
        removed = counts.count { $0.provisioning == .removing || $0.provisioning == .removed }
    }
}
