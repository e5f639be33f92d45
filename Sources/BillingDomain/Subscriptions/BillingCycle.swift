/// How long one paid period of a subscription lasts.
public enum BillingCycle: Hashable, Sendable, LosslessStringConvertible, Codable {
    /// A number of days, 1…3660.
    case days(Int)
    /// A number of weeks, 1…520.
    case weeks(Int)
    /// A number of months, 1…120, on the day of the month that the subscription began, or the month's last.
    case months(Int)
    /// Up to a fixed day of the month, 1…31, every so many months, 1…120: everybody pays on the same day.
    ///
    /// The first period ends on the first such day that is at least seven days per month away.
    case dayOfMonth(Int, everyMonths: Int)

    /// One calendar month.
    public static let monthly = BillingCycle.months(1)

    /// Reads `30d`, `2w`, `1m`, or `20/1m` for the twentieth of every month; anything out of range is `nil`.
    public init?(_ text: String) {
        var parts = text.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        guard let length = parts.popLast(), let unit = length.last, let count = Int(decimalDigits: length.dropLast())
        else { return nil }
        switch (unit, parts.count) {
        case (UInt8(ascii: "d"), 0): self = .days(count)
        case (UInt8(ascii: "w"), 0): self = .weeks(count)
        case (UInt8(ascii: "m"), 0): self = .months(count)
        case (UInt8(ascii: "m"), 1):
            guard let day = Int(decimalDigits: parts[0]) else { return nil }
            self = .dayOfMonth(day, everyMonths: count)
        default: return nil
        }
        guard isInRange else { return nil }
    }

    /// The cycle as `30d`, `2w`, `1m` or `20/1m`.
    public var description: String {
        switch self {
        case .days(let count): "\(count)d"
        case .weeks(let count): "\(count)w"
        case .months(let count): "\(count)m"
        case .dayOfMonth(let day, let count): "\(day)/\(count)m"
        }
    }

    /// Whether the numbers lie in the ranges that the cases name.
    public var isInRange: Bool {
        switch self {
        case .days(let count): (1...3660).contains(count)
        case .weeks(let count): (1...520).contains(count)
        case .months(let count): (1...120).contains(count)
        case .dayOfMonth(let day, let count): (1...31).contains(day) && (1...120).contains(count)
        }
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let cycle = BillingCycle(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A cycle is written like 30d.")
        }
        self = cycle
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
