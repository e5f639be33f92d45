/// The id of a row on one router: `*` and hexadecimal digits.
///
/// Ids are counters of one router; dynamic rows get new ones, and a rebooted router may give an old one to another row.
/// Never store one: address rows across time by their natural key.
public struct ItemID: Sendable, Hashable, CustomStringConvertible {
    /// The id as the router writes it.
    public let rawValue: String

    /// Takes an id as the router wrote it.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// The id as the router writes it.
    public var description: String { rawValue }
}
