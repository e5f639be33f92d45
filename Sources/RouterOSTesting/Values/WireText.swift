/// A value as the wire carries it: bytes of no promised encoding.
///
/// RouterOS stores what it is given, so the simulator hands back exactly the bytes it received.
struct WireText: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    var bytes: [UInt8]

    init(_ bytes: some Sequence<UInt8>) {
        self.bytes = Array(bytes)
    }

    init(_ string: String) {
        bytes = Array(string.utf8)
    }

    init(stringLiteral value: String) {
        self.init(value)
    }

    init(_ number: some BinaryInteger) {
        self.init(String(number))
    }

    /// The bytes read as UTF-8, repaired where they are something else.
    var description: String { String(decoding: bytes, as: UTF8.self) }

    var isEmpty: Bool { bytes.isEmpty }

    /// The pieces between commas, without the empty ones.
    var commaSeparated: [WireText] {
        bytes.split(separator: UInt8(ascii: ",")).map { WireText($0) }
    }
}
