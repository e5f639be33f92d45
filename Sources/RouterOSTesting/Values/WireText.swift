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

    /// Reads a text in which `%` and two hexadecimal digits stand for a byte; nil when such an escape is broken.
    init?(escaped text: ArraySlice<UInt8>) {
        bytes = []
        var rest = text
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst()?.hexadecimalValue, let low = rest.popFirst()?.hexadecimalValue else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
    }

    /// The text with everything but visible ASCII, and `%`, as `%` and two hexadecimal digits.
    var escaped: [UInt8] {
        var text: [UInt8] = []
        for byte in bytes {
            if (0x21...0x7E).contains(byte), byte != UInt8(ascii: "%") {
                text.append(byte)
            } else {
                text += "%\(byte < 16 ? "0" : "")\(String(byte, radix: 16, uppercase: true))".utf8
            }
        }
        return text
    }

    /// The pieces between commas, without the empty ones.
    var commaSeparated: [WireText] {
        bytes.split(separator: UInt8(ascii: ",")).map { WireText($0) }
    }
}
