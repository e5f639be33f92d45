public import RouterOSProtocol

/// What it took to make a row be gone.
public enum EnsuredAbsence<Row: WritableRouterOSRow>: Sendable {
    /// There was none.
    case absent
    /// These were there and were removed.
    case removed([ItemID])
    /// It was there and is somebody else's; it was left alone.
    case conflict(existing: Row)
}
