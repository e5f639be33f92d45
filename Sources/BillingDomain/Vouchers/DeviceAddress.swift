/// The MAC address of a device, which a voucher may be locked to.
public struct DeviceAddress: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// The address as a number of 48 bits.
    public let bits: UInt64

    /// Reads twelve hexadecimal digits in either case, bare or separated by `:`, `-` or `.`; anything else is `nil`.
    public init?(_ text: String) {
        guard (12...17).contains(text.utf8.count) else { return nil }
        var value: UInt64 = 0
        var digits = 0
        for byte in text.utf8 where ![UInt8(ascii: ":"), UInt8(ascii: "-"), UInt8(ascii: ".")].contains(byte) {
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
            value = value << 4 | UInt64(digit)
            digits += 1
        }
        guard digits == 12 else { return nil }
        bits = value
    }

    /// The address as routers write it: `AA:BB:CC:00:11:22`.
    public var description: String {
        (0..<6).map { index in
            let byte = bits >> UInt64(40 - 8 * index) & 0xFF
            return (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        .joined(separator: ":")
    }

    /// Orders addresses as numbers.
    public static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }
}
