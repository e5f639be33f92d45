public import RouterOSProtocol

/// What has happened to a table that is watched.
public enum TableChange<Row: RouterOSRow>: Sendable {
    /// The row is in the table, added or changed; it comes whole.
    case set(Row)
    /// The row with this id is no longer in the table.
    case removed(ItemID)
}
