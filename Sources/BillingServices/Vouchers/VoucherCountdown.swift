public import BillingDomain

/// What is left of a voucher at an instant.
public struct VoucherCountdown: Hashable, Sendable {
    /// The voucher.
    public let voucher: Voucher
    /// The instant.
    public let at: Timestamp
    /// What was left then.
    public let remaining: VoucherRemaining
    /// When something happens to it by itself next, its end as a rule; `nil` for nothing.
    public let next: Timestamp?

    init(of voucher: Voucher, at instant: Timestamp) {
        self.voucher = voucher
        at = instant
        remaining = voucher.remaining(at: instant)
        next = voucher.nextDeadline
    }
}
