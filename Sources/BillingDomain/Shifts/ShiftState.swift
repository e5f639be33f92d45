/// Where a shift stands.
public enum ShiftState: String, Hashable, Sendable, CaseIterable {
    /// Cash is taken and paid.
    case open
    /// The drawer was counted; nothing is taken or paid any more.
    case counted
    /// Ended: the count was as expected.
    case closed
    /// Ended: a second person approved the difference.
    case approved

    /// Whether the shift has ended.
    public var isFinal: Bool { self == .closed || self == .approved }
}
