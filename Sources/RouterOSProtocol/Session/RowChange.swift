/// What a row of `listen`, or of `print` with `follow`, says has happened to a table.
///
/// ```swift
/// switch RowChange(row) {
/// case .set(let row): …        // there is such a row now, new or changed
/// case .removed(let id): …     // it is gone
/// case nil: …                  // says nothing that can be used
/// }
/// ```
public enum RowChange: Sendable, Equatable {
    /// The row is in the table, added or changed; it comes whole.
    case set(Sentence)
    /// The row with this id is no longer in the table.
    case removed(ItemID)

    /// Reads a row; nil for a removal that does not say of what.
    public init?(_ row: Sentence) {
        guard row.isDead else {
            self = .set(row)
            return
        }
        guard let id = row[".id"] else { return nil }
        self = .removed(ItemID(id))
    }
}
