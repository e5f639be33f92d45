/// How a voucher's row should stand on its router.
public enum RouterPresence: String, Hashable, Sendable, CaseIterable {
    /// There, and usable.
    case enabled
    /// There with its counters, but switched off.
    case disabled
    /// Not there.
    case absent
}
