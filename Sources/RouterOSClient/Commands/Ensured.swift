public import RouterOSProtocol

/// What it took to make a row be as it should.
public enum Ensured<Row: WritableRouterOSRow>: Sendable {
    /// There was none; it was added.
    case created(ItemID)
    /// It was right already.
    case unchanged(ItemID)
    /// It was there, and these attributes differed.
    case updated(ItemID, changed: [String])
    /// It was there and is somebody else's; it was left alone.
    case conflict(existing: Row)
}
