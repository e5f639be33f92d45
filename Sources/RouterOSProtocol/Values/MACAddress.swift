/// A hardware address of six bytes.
///
/// Written in upper case with colons, as routers print it and as a PPPoE `caller-id` must be given.
/// `00:00:00:00:00:00` in `mac-address` of a hotspot user lets any device in.
public struct MACAddress: RouterOSValue, Comparable, CustomStringConvertible {
    /// The six bytes as a number, the first one highest; below 2⁴⁸.
    public let rawValue: UInt64

    /// Takes the low 48 bits of a number.
    public init(_ rawValue: UInt64) { self.rawValue = rawValue & 0xFFFF_FFFF_FFFF }

    /// Reads six pairs of hexadecimal digits of either case, with `:`, `-` or `.` between them, always the same.
    public init?(routerOS bytes: Span<UInt8>) {
        guard bytes.count == 17,
            bytes[2] == UInt8(ascii: ":") || bytes[2] == UInt8(ascii: "-") || bytes[2] == UInt8(ascii: ".")
        else { return nil }
        var value: UInt64 = 0
        for index in 0..<17 {
            if index % 3 == 2 {
                guard bytes[index] == bytes[2] else { return nil }
            } else {
                guard let digit = bytes[index].hexadecimalValue else { return nil }
                value = value << 4 | UInt64(digit)
            }
        }
        rawValue = value
    }

    /// Appends `AA:BB:CC:DD:EE:FF`.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        for shift in stride(from: UInt64(40), through: 0, by: -8) {
            if shift < 40 { bytes.append(UInt8(ascii: ":")) }
            bytes.append(hexadecimal: UInt8(truncatingIfNeeded: rawValue >> shift))
        }
    }

    /// Whether the first comes before the second as a number.
    public static func < (left: MACAddress, right: MACAddress) -> Bool { left.rawValue < right.rawValue }
}
