/// An exact amount of one currency, in its minor units.
///
/// There is no floating point anywhere: amounts come in and go out as decimal text, and arithmetic throws instead of
/// overflowing or mixing currencies.
public struct Money: Hashable, Sendable, CustomStringConvertible, Codable {
    /// The amount in minor units: 250 for $2.50, 2500 for UGX 2 500.
    public let minorUnits: Int64

    /// The currency of the amount.
    public let currency: Currency

    /// Creates an amount from minor units.
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// No money, in a currency.
    public static func zero(_ currency: Currency) -> Money { Money(minorUnits: 0, currency: currency) }

    /// Reads a plain decimal such as `2.50`, `-3` or `2500`.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for anything but an optional sign, digits and
    ///   at most one point between digits, or for more decimals than the currency has (trailing zeros are allowed);
    ///   with ``DomainError/Code/overflow`` for an amount that does not fit.
    public init(decimal: String, currency: Currency) throws(DomainError) {
        var digits = decimal.utf8[...]
        let isNegative = digits.first == UInt8(ascii: "-")
        if isNegative || digits.first == UInt8(ascii: "+") { digits.removeFirst() }
        var units: Int64 = 0
        var digitCount = 0
        var decimals: Int?
        for byte in digits {
            if byte == UInt8(ascii: "."), decimals == nil, digitCount > 0 {
                decimals = 0
                continue
            }
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
                throw DomainError(.invalidValue, "“\(decimal.prefix(40))” is not a decimal amount; write it like 2.50.")
            }
            digitCount += 1
            if let read = decimals {
                decimals = read + 1
                if read >= currency.exponent {
                    guard byte == UInt8(ascii: "0") else {
                        throw DomainError(
                            .invalidValue,
                            "\(currency.code) has \(currency.exponent) decimals; “\(decimal.prefix(40))” has more."
                        )
                    }
                    continue
                }
            }
            units = try Self.append(digit: byte - UInt8(ascii: "0"), to: units)
        }
        guard digitCount > 0, decimals != 0 else {
            throw DomainError(.invalidValue, "“\(decimal.prefix(40))” is not a decimal amount; write it like 2.50.")
        }
        let missing = currency.exponent - min(decimals ?? 0, currency.exponent)
        for _ in 0..<missing { units = try Self.append(digit: 0, to: units) }
        self.init(minorUnits: isNegative ? -units : units, currency: currency)
    }

    /// The amount as a plain decimal with all the currency's decimals: `2.50`, `-3.00`, `2500`.
    public var decimalString: String {
        let digits = String(minorUnits.magnitude)
        let padding = String(repeating: "0", count: max(0, currency.exponent + 1 - digits.utf8.count))
        let padded = padding + digits
        let sign = minorUnits < 0 ? "-" : ""
        guard currency.exponent > 0 else { return sign + padded }
        return sign + padded.dropLast(currency.exponent) + "." + padded.suffix(currency.exponent)
    }

    /// The decimal amount followed by the code: `2.50 USD`.
    public var description: String { decimalString + " " + currency.code }

    /// The names of the parts in stored text.
    private enum CodingKeys: String, CodingKey {
        case minorUnits = "minor-units"
        case currency
    }

    private static func append(digit: UInt8, to units: Int64) throws(DomainError) -> Int64 {
        let (shifted, shiftOverflow) = units.multipliedReportingOverflow(by: 10)
        let (sum, sumOverflow) = shifted.addingReportingOverflow(Int64(digit))
        guard !shiftOverflow, !sumOverflow else { throw tooLarge }
        return sum
    }
}

extension Money {
    /// Whether nothing is owed either way.
    public var isZero: Bool { minorUnits == 0 }

    /// Whether the amount is below zero.
    public var isNegative: Bool { minorUnits < 0 }

    /// The same amount with the other sign.
    public func negated() throws(DomainError) -> Money {
        let (units, overflow) = Int64(0).subtractingReportingOverflow(minorUnits)
        guard !overflow else { throw Self.tooLarge }
        return Money(minorUnits: units, currency: currency)
    }

    /// The sum of two amounts of one currency.
    public static func + (left: Money, right: Money) throws(DomainError) -> Money {
        try left.combined(with: right) { $0.addingReportingOverflow($1) }
    }

    /// The difference of two amounts of one currency.
    public static func - (left: Money, right: Money) throws(DomainError) -> Money {
        try left.combined(with: right) { $0.subtractingReportingOverflow($1) }
    }

    /// An amount taken a whole number of times.
    public static func * (amount: Money, count: Int64) throws(DomainError) -> Money {
        let (units, overflow) = amount.minorUnits.multipliedReportingOverflow(by: count)
        guard !overflow else { throw tooLarge }
        return Money(minorUnits: units, currency: amount.currency)
    }

    private func combined(
        with other: Money,
        _ operation: (Int64, Int64) -> (partialValue: Int64, overflow: Bool)
    ) throws(DomainError) -> Money {
        guard currency == other.currency else {
            throw DomainError(
                .currencyMismatch,
                "\(currency.code) and \(other.currency.code) cannot be added; convert one of them first."
            )
        }
        let (units, overflow) = operation(minorUnits, other.minorUnits)
        guard !overflow else { throw Self.tooLarge }
        return Money(minorUnits: units, currency: currency)
    }

    static var tooLarge: DomainError {
        DomainError(.overflow, "The amount does not fit in 64 bits of minor units; use a smaller one.")
    }
}
