/// An amount of traffic, in bytes.
///
/// MB and GB mean binary units everywhere, as hotspots count them: 1.5 GB is 1 610 612 736 bytes. A router's
/// `limit-bytes-total` of 1572864 is therefore 1.5 MiB, not 1.5 GB.
public struct ByteQuota: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The amount in bytes, never negative.
    public let bytes: Int64

    /// Creates an amount from bytes.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` below zero.
    public init(bytes: Int64) throws(DomainError) {
        guard bytes >= 0 else { throw DomainError(.invalidValue, "A data quota cannot be negative.") }
        self.bytes = bytes
    }

    /// Reads a decimal number with an optional unit: `1.5GB`, `1536 MB`, `512 MiB`, `1048576`.
    ///
    /// The units B, KB, MB, GB and TB, with or without an i in the middle and in either case, are binary. A fraction
    /// of a byte is refused.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` or ``DomainError/Code/overflow``.
    public init(_ text: String) throws(DomainError) {
        let compact = text.asciiUppercased.filter { $0 != " " }
        let number = compact.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
        guard let factor = Self.factors[String(compact.dropFirst(number.count))],
            let value = DecimalFraction(number)
        else {
            throw DomainError(.invalidValue, "“\(text.prefix(40))” is not an amount of data; write it like 1.5GB.")
        }
        let (scaled, overflow) = value.digits.multipliedReportingOverflow(by: factor)
        guard !overflow else { throw Self.tooLarge }
        guard scaled % value.scale == 0 else {
            throw DomainError(.invalidValue, "“\(text.prefix(40))” is not a whole number of bytes.")
        }
        bytes = scaled / value.scale
    }

    /// A whole number of mebibytes (2²⁰ bytes), which price lists call MB.
    public static func mebibytes(_ count: Int64) throws(DomainError) -> ByteQuota {
        try ByteQuota(count: count, unit: 1 << 20)
    }

    /// A whole number of gibibytes (2³⁰ bytes), which price lists call GB.
    public static func gibibytes(_ count: Int64) throws(DomainError) -> ByteQuota {
        try ByteQuota(count: count, unit: 1 << 30)
    }

    /// The whole mebibytes in the amount, rounded down.
    public var mebibytes: Int64 { bytes >> 20 }

    /// The whole gibibytes in the amount, rounded down.
    public var gibibytes: Int64 { bytes >> 30 }

    /// The amount in its largest unit of at least one, with up to two decimals cut rather than rounded: `1.5 GiB`.
    public var description: String {
        let units: [(name: String, shift: Int64)] = [("TiB", 40), ("GiB", 30), ("MiB", 20), ("KiB", 10)]
        guard let unit = units.first(where: { bytes >> $0.shift > 0 }) else { return "\(bytes) B" }
        let whole = bytes >> unit.shift
        let thousandAndTwentyFourths = (bytes - (whole << unit.shift)) >> (unit.shift - 10)
        let hundredths = (thousandAndTwentyFourths * 100) >> 10
        if hundredths == 0 { return "\(whole) \(unit.name)" }
        if hundredths % 10 == 0 { return "\(whole).\(hundredths / 10) \(unit.name)" }
        return "\(whole).\(hundredths < 10 ? "0" : "")\(hundredths) \(unit.name)"
    }

    /// Orders amounts by size.
    public static func < (left: ByteQuota, right: ByteQuota) -> Bool { left.bytes < right.bytes }

    private init(count: Int64, unit: Int64) throws(DomainError) {
        let (bytes, overflow) = count.multipliedReportingOverflow(by: unit)
        guard !overflow else { throw Self.tooLarge }
        try self.init(bytes: bytes)
    }

    private static let factors: [String: Int64] = [
        "": 1, "B": 1,
        "KB": 1 << 10, "KIB": 1 << 10,
        "MB": 1 << 20, "MIB": 1 << 20,
        "GB": 1 << 30, "GIB": 1 << 30,
        "TB": 1 << 40, "TIB": 1 << 40,
    ]

    private static var tooLarge: DomainError {
        DomainError(.overflow, "The data quota does not fit in 64 bits; use a smaller one.")
    }
}

/// A non-negative decimal as digits ÷ scale, with at most six decimals.
private struct DecimalFraction {
    var digits: Int64 = 0
    var scale: Int64 = 1

    init?(_ text: Substring) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, !whole.isEmpty, text.utf8.count <= 18 else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || (1...6).contains(fraction.utf8.count), let digits = Int64(whole + fraction) else {
            return nil
        }
        self.digits = digits
        for _ in fraction.utf8 { scale *= 10 }
    }
}
