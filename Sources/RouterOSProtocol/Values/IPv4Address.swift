/// An IPv4 address.
///
/// `0.0.0.0` stands for "none" in many fields, `address` of a hotspot user for one.
public struct IPv4Address: RouterOSValue, Comparable, CustomStringConvertible {
    /// The address as a number, the first byte highest.
    public let rawValue: UInt32

    /// Takes an address as a number.
    public init(_ rawValue: UInt32) { self.rawValue = rawValue }

    /// Whether it is `0.0.0.0`.
    public var isUnspecified: Bool { rawValue == 0 }

    /// Reads four decimal numbers with dots between them; no zeros in front, which some read as octal.
    public init?(routerOS bytes: Span<UInt8>) {
        guard bytes.count <= 15 else { return nil }
        var index = 0
        var value: UInt32 = 0
        for place in 0..<4 {
            if place > 0, !bytes.skip(UInt8(ascii: "."), at: &index) { return nil }
            guard let byte = bytes.canonicalNumber(at: &index, as: UInt8.self) else { return nil }
            value = value << 8 | UInt32(byte)
        }
        guard index == bytes.count else { return nil }
        rawValue = value
    }

    /// Appends `192.168.88.1`.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        for shift in stride(from: UInt32(24), through: 0, by: -8) {
            bytes.append(decimal: UInt64(rawValue >> shift & 0xFF))
            if shift > 0 { bytes.append(UInt8(ascii: ".")) }
        }
    }

    /// Whether the first comes before the second as a number.
    public static func < (left: IPv4Address, right: IPv4Address) -> Bool { left.rawValue < right.rawValue }
}
