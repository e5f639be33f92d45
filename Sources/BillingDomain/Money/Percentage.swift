/// A part of a hundred, exact to the hundredth of a percent (one basis point).
public struct Percentage: Hashable, Sendable, Comparable, LosslessStringConvertible, Codable {
    /// The part in basis points: 1800 is 18 %.
    public let basisPoints: Int64

    /// No part.
    public static let zero = Percentage(basisPoints: 0)

    /// The whole.
    public static let whole = Percentage(basisPoints: 10_000)

    /// Creates a part from basis points.
    public init(basisPoints: Int64) { self.basisPoints = basisPoints }

    /// Reads `18`, `12.5`, `-0.25` or `18%`: at most ten digits before the point and two after it.
    public init?(_ text: String) {
        var digits = text.utf8[...]
        if digits.last == UInt8(ascii: "%") { digits.removeLast() }
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let whole = Int(decimalDigits: first) else { return nil }
        var hundredths = 0
        if parts.count == 2 {
            guard parts[1].count <= 2, let fraction = Int(decimalDigits: parts[1]) else { return nil }
            hundredths = parts[1].count == 1 ? fraction * 10 : fraction
        }
        let points = Int64(whole) * 100 + Int64(hundredths)
        self.init(basisPoints: isNegative ? -points : points)
    }

    /// The part as `18%`, `12.5%` or `-0.25%`.
    public var description: String {
        let (whole, fraction) = basisPoints.magnitude.quotientAndRemainder(dividingBy: 100)
        let sign = basisPoints < 0 ? "-" : ""
        guard fraction != 0 else { return "\(sign)\(whole)%" }
        return "\(sign)\(whole).\(fraction % 10 == 0 ? String(fraction / 10) : fraction.padded(to: 2))%"
    }

    /// Orders parts by size.
    public static func < (left: Percentage, right: Percentage) -> Bool { left.basisPoints < right.basisPoints }

    /// Reads basis points.
    public init(from decoder: any Decoder) throws {
        basisPoints = try decoder.singleValueContainer().decode(Int64.self)
    }

    /// Writes basis points.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(basisPoints)
    }
}
