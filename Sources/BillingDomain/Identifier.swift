/// The identity of one `Entity`: a UUID that cannot be confused with the identity of anything else.
///
/// New identifiers are UUIDv7 (RFC 9562 §5.7): they sort by the millisecond they were made in, so indexes grow at
/// one end. They are made by us before the first write, so that a repeated write is recognisable.
public struct Identifier<Entity>: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// The first eight bytes, most significant first.
    public let high: UInt64

    /// The last eight bytes, most significant first.
    public let low: UInt64

    /// The number of random bytes that ``init(timestamp:random:)`` draws from.
    public static var randomByteCount: Int { 10 }

    /// Recreates an identifier from its two halves, as a store keeps them.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Makes a UUIDv7.
    ///
    /// - Parameters:
    ///   - timestamp: The instant of creation; its milliseconds become the leading 48 bits. Clamped to 1970…10889.
    ///   - random: ``randomByteCount`` random bytes, of which 74 bits are used. Missing bytes count as zero, so
    ///     a shorter array weakens uniqueness but never traps.
    public init(timestamp: Timestamp, random: [UInt8]) {
        let milliseconds = UInt64(max(0, timestamp.microsecondsSince1970 / 1000)) & 0xFFFF_FFFF_FFFF
        var bits = (UInt64(0), UInt64(0))
        for index in 0..<Self.randomByteCount {
            let byte = index < random.count ? UInt64(random[index]) : 0
            if index < 2 { bits.0 = bits.0 << 8 | byte } else { bits.1 = bits.1 << 8 | byte }
        }
        high = milliseconds << 16 | 0x7000 | bits.0 & 0x0FFF
        low = 0x8000_0000_0000_0000 | bits.1 & 0x3FFF_FFFF_FFFF_FFFF
    }

    /// Reads the 8-4-4-4-12 form in either case; anything else is `nil`.
    public init?(_ text: String) {
        var halves = (UInt64(0), UInt64(0))
        var digits = 0
        var position = 0
        for byte in text.utf8 {
            defer { position += 1 }
            if position == 8 || position == 13 || position == 18 || position == 23 {
                guard byte == UInt8(ascii: "-") else { return nil }
                continue
            }
            guard position < 36, let digit = Self.hexadecimalValue(byte) else { return nil }
            if digits < 16 { halves.0 = halves.0 << 4 | digit } else { halves.1 = halves.1 << 4 | digit }
            digits += 1
        }
        guard position == 36 else { return nil }
        high = halves.0
        low = halves.1
    }

    /// The lower-case 8-4-4-4-12 form.
    public var description: String {
        String(unsafeUninitializedCapacity: 36) { buffer in
            var position = 0
            for digit in 0..<32 {
                if digit == 8 || digit == 12 || digit == 16 || digit == 20 {
                    buffer[position] = UInt8(ascii: "-")
                    position += 1
                }
                let half = digit < 16 ? high : low
                let nibble = UInt8(truncatingIfNeeded: half >> UInt64(60 - 4 * (digit % 16))) & 0xF
                buffer[position] = nibble < 10 ? UInt8(ascii: "0") + nibble : UInt8(ascii: "a") + nibble - 10
                position += 1
            }
            return position
        }
    }

    /// Orders identifiers as their bytes do, which for UUIDv7 is by the millisecond of creation.
    public static func < (left: Self, right: Self) -> Bool {
        (left.high, left.low) < (right.high, right.low)
    }

    private static func hexadecimalValue(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
