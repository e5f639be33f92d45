/// What a router itself enforces on the row of a voucher, counted from when the counters of that row began.
///
/// Zero means no limit to a router, so what is used up is limited to the least that is not.
public struct RowLimits: Hashable, Sendable {
    /// The session time, whole seconds and at least one; `nil` for no limit.
    public let uptime: Duration?

    /// The bytes, both directions together, at least one; `nil` for no limit.
    public let bytes: ByteQuota?

    /// Creates limits.
    public init(uptime: Duration? = nil, bytes: ByteQuota? = nil) {
        self.uptime = uptime
        self.bytes = bytes
    }
}

extension Duration {
    /// What is left of this after `used`: whole seconds, rounded up, at least one.
    func rest(after used: Duration) -> Duration {
        let (seconds, fraction) = (self - used).components
        let whole = seconds.addingReportingOverflow(fraction > 0 ? 1 : 0)
        return .seconds(max(1, whole.overflow ? seconds : whole.partialValue))
    }
}

extension ByteQuota {
    /// What is left of this after `used` bytes; at least one.
    func rest(after used: Int64) -> ByteQuota? {
        try? ByteQuota(bytes: max(1, bytes.saturatingSubtracting(max(0, used))))
    }
}
