/// What one column of one row holds, in the few kinds that every database has.
public enum StoreValue: Hashable, Sendable {
    /// Nothing.
    case null
    /// A whole number: amounts in minor units, bytes, microseconds, and 0 or 1 for no or yes.
    case integer(Int64)
    /// A measured number, such as a latitude; never money.
    case real(Double)
    /// Text in UTF-8.
    case text(String)
    /// Bytes, such as a digest or something sealed.
    case bytes([UInt8])
    /// The identity of a record: 128 bits as two halves, most significant first.
    case identity(UInt64, UInt64)

    /// Whether there is nothing.
    public var isNull: Bool { if case .null = self { true } else { false } }
}

extension StoreValue: Comparable {
    /// The order in which databases sort: nothing first, then by size; text by its UTF-8 bytes, as a byte string.
    ///
    /// Two kinds never meet in one column; among themselves they stand in the order of the cases.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.integer(let left), .integer(let right)): left < right
        case (.real(let left), .real(let right)): left < right
        case (.text(let left), .text(let right)): left.utf8.lexicographicallyPrecedes(right.utf8)
        case (.bytes(let left), .bytes(let right)): left.lexicographicallyPrecedes(right)
        case (.identity(let left, let low), .identity(let right, let other)): (left, low) < (right, other)
        default: left.rank < right.rank
        }
    }

    private var rank: Int {
        switch self {
        case .null: 0
        case .integer: 1
        case .real: 2
        case .text: 3
        case .bytes: 4
        case .identity: 5
        }
    }
}
