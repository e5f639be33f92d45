/// A speed in bits per second.
///
/// Units are decimal: `k` is 1 000, `M` is 1 000 000 (manual: "IP Hotspot User Profile", `rate-limit`), `G` likewise.
/// In limits 0 stands for no limit.
public struct BitRate: RouterOSValue, Comparable, CustomStringConvertible {
    /// The bits per second.
    public var bitsPerSecond: UInt64

    /// Takes a number of bits per second.
    public init(_ bitsPerSecond: UInt64) { self.bitsPerSecond = bitsPerSecond }

    /// So many times 1 000 bits per second; no count overflows.
    public static func kilobits(_ count: UInt32) -> BitRate { BitRate(UInt64(count) * 1_000) }

    /// So many times 1 000 000 bits per second; no count overflows.
    public static func megabits(_ count: UInt32) -> BitRate { BitRate(UInt64(count) * 1_000_000) }

    /// So many times 1 000 000 000 bits per second; no count overflows.
    public static func gigabits(_ count: UInt32) -> BitRate { BitRate(UInt64(count) * 1_000_000_000) }

    /// Reads `10000000`, `10M`, `512k`, and as the console prints measured speeds `1.2Mbps`, `34.5kbps`, `0bps`.
    ///
    /// `K` is taken for `k`. A fraction is fine as long as the speed is a whole number of bits; no zeros in front.
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        guard let whole = bytes.canonicalNumber(at: &index, as: UInt64.self) else { return nil }
        let fraction = index + 1
        var digits = 0
        if bytes.skip(UInt8(ascii: "."), at: &index) {
            while let byte = bytes.at(index), byte &- 0x30 < 10 { index += 1 }
            digits = index - fraction
            guard (1...9).contains(digits) else { return nil }
        }
        var unit: UInt64 = 1
        switch bytes.at(index) {
        case UInt8(ascii: "k"), UInt8(ascii: "K"): unit = 1_000
        case UInt8(ascii: "M"): unit = 1_000_000
        case UInt8(ascii: "G"): unit = 1_000_000_000
        default: break
        }
        if unit > 1 { index += 1 }
        if index < bytes.count {
            guard bytes.extracting(index...).equals("bps") else { return nil }
        }
        let (product, overflow) = whole.multipliedReportingOverflow(by: unit)
        var sum = product
        // Each digit behind the point is worth a tenth of the one before.
        for position in 0..<digits {
            let digit = UInt64(bytes[fraction + position] &- 0x30)
            guard digit == 0 || unit >= 10 else { return nil }
            unit /= 10
            let (total, over) = sum.addingReportingOverflow(digit * unit)
            guard !over else { return nil }
            sum = total
        }
        guard !overflow else { return nil }
        bitsPerSecond = sum
    }

    /// Appends the speed exactly, in the largest documented unit it is a whole number of: `10M`, `1500k`, `1234567`.
    ///
    /// `G` is read but never written: the manual names `k` and `M` only, so `1000M` is what every version takes.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        let (size, unit): (UInt64, StaticString) =
            switch bitsPerSecond {
            case 0: (1, "")
            case _ where bitsPerSecond % 1_000_000 == 0: (1_000_000, "M")
            case _ where bitsPerSecond % 1_000 == 0: (1_000, "k")
            default: (1, "")
            }
        bytes.append(decimal: bitsPerSecond / size)
        unit.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Whether the first is slower.
    public static func < (left: BitRate, right: BitRate) -> Bool { left.bitsPerSecond < right.bitsPerSecond }
}
