/// A number of bytes: a counter, a quota, a size.
///
/// The API prints plain digits and takes them, so that is what is written. What `1G` means as a quota is said nowhere
/// in the manual (billing systems in the field disagree on 10⁹ and 2³⁰), so it is not read; the binary units that the
/// console prints for sizes are.
public struct ByteCount: RouterOSValue, Comparable, CustomStringConvertible {
    /// The number of bytes.
    public var bytes: UInt64

    /// Takes a number of bytes.
    public init(_ bytes: UInt64) { self.bytes = bytes }

    /// So many times 1 024 bytes; no count overflows.
    public static func kibibytes(_ count: UInt32) -> ByteCount { ByteCount(UInt64(count) << 10) }

    /// So many times 1 048 576 bytes; no count overflows.
    public static func mebibytes(_ count: UInt32) -> ByteCount { ByteCount(UInt64(count) << 20) }

    /// So many times 1 073 741 824 bytes; no count overflows.
    public static func gibibytes(_ count: UInt32) -> ByteCount { ByteCount(UInt64(count) << 30) }

    /// Reads `1073741824`, and whole binary units with or without a `B`: `512KiB`, `15Mi`, `1GiB`.
    ///
    /// No zeros in front, no fractions: the console rounds those (`15.3KiB`), the API has the exact digits.
    public init?(routerOS bytes: Span<UInt8>) {
        if let count = bytes.naturalNumber {
            self.bytes = count
            return
        }
        var index = 0
        guard let count = bytes.canonicalNumber(at: &index, as: UInt64.self) else { return nil }
        var shift: UInt64 = 0
        if let unit = bytes.at(index) {
            switch unit {
            case UInt8(ascii: "K"): shift = 10
            case UInt8(ascii: "M"): shift = 20
            case UInt8(ascii: "G"): shift = 30
            case UInt8(ascii: "T"): shift = 40
            default: return nil
            }
            index += 1
            guard bytes.skip(UInt8(ascii: "i"), at: &index) else { return nil }
            _ = bytes.skip(UInt8(ascii: "B"), at: &index)
        }
        let (product, overflow) = count.multipliedReportingOverflow(by: 1 << shift)
        guard index == bytes.count, !overflow else { return nil }
        self.bytes = product
    }

    /// Appends the digits.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(decimal: self.bytes)
    }

    /// Whether the first is fewer.
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}
