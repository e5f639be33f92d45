/// The id of a row on one router: `*` and hexadecimal digits.
///
/// Ids are counters of one router; dynamic rows get new ones, and a rebooted router may give an old one to another
/// row. Never store one: address rows across time by their natural key. A reference to a row that has been removed is
/// printed as that row's id, `remote-address=*2` for one.
public struct ItemID: RouterOSValue, CustomStringConvertible {
    /// The id as the router writes it.
    public let rawValue: String

    /// Takes an id as the router wrote it, or a row's name in menus that accept one in its place; not checked.
    public init(_ rawValue: String) { self.rawValue = rawValue }

    /// Reads `*` and one to sixteen hexadecimal digits of either case, kept as they are.
    public init?(routerOS bytes: Span<UInt8>) {
        guard (2...17).contains(bytes.count), bytes[0] == UInt8(ascii: "*") else { return nil }
        for index in 1..<bytes.count {
            guard bytes[index].hexadecimalValue != nil else { return nil }
        }
        rawValue = bytes.withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }

    /// Appends the id as it is.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: rawValue.utf8)
    }

    /// The id as the router writes it.
    public var description: String { rawValue }
}
