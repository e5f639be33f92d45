import Foundation

/// Decimal numbers from their digits, exactly or not at all.
enum ExactDecimal {
    /// `Decimal` keeps this many digits for certain.
    static let digitLimit = 38

    /// The number that ASCII digits write, or `nil` where it takes more than 38 of them, before the point, behind it or
    /// altogether.
    static func value(
        _ isNegative: Bool,
        whole: ArraySlice<UInt8>,
        fraction: ArraySlice<UInt8>,
        exponent: Int
    ) -> Decimal? {
        // A zero in front of the point is no digit of the number.
        let isSmall = whole.elementsEqual([UInt8(ascii: "0")])
        let digits = isSmall ? fraction : whole + fraction
        guard digits.count <= digitLimit else { return nil }
        let significand = digits.reduce(UInt128(0)) { $0 * 10 + UInt128($1 - UInt8(ascii: "0")) }
        guard significand != 0 else { return 0 }
        var text = String(significand)
        var power = exponent - fraction.count
        while text.hasSuffix("0") {
            text.removeLast()
            power += 1
        }
        guard text.utf8.count + power <= digitLimit, power >= -digitLimit else { return nil }
        return Decimal(string: "\(isNegative ? "-" : "")\(text)e\(power)", locale: Locale(identifier: "en_US_POSIX"))
    }
}
