/// What an extension adds to a voucher.
public struct VoucherGrant: Hashable, Sendable {
    /// From when added time counts.
    public enum Policy: String, Hashable, Sendable, CaseIterable {
        /// From the old end on, or from now if that is over: nothing is lost.
        case append
        /// From now on: what was left is lost.
        case restart
    }

    /// Time on the wall.
    public let time: Validity?

    /// From when that counts.
    public let policy: Policy

    /// Bytes, both directions together.
    public let bytes: ByteQuota?

    /// Session time.
    public let uptime: Duration?

    /// Creates a grant.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` if it adds nothing, or for an amount out of range.
    public init(
        time: Validity? = nil,
        policy: Policy = .append,
        bytes: ByteQuota? = nil,
        uptime: Duration? = nil
    ) throws(DomainError) {
        try time?.check(field: "time")
        try VoucherTerms.check(uptime, field: "uptime")
        guard time != nil || uptime != nil || bytes != nil, bytes?.bytes != 0 else {
            throw DomainError(.invalidValue, "An extension adds time, data or session time.")
        }
        self.time = time
        self.policy = policy
        self.bytes = bytes
        self.uptime = uptime
    }
}
