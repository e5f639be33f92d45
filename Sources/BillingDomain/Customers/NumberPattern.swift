/// How user names, passwords, customer numbers and document numbers are made: plain text with places in braces.
///
/// - `{0000}`: the running number with zeros in front to as many digits; a longer number keeps all of its digits.
/// - `{YYYY}`, `{YY}`, `{MM}`: year and month of the day.
/// - `{####}`, `{????}`, `{****}`: random digits, random letters, random digits and letters, as many as there are
///   signs, without those that are mistaken for each other.
public struct NumberPattern: Hashable, Sendable, LosslessStringConvertible, Codable {
    private enum Part: Hashable {
        case text(String)
        case number(width: Int)
        case year
        case shortYear
        case month
        case random(alphabet: String, count: Int)

        var random: (choices: Int, count: Int)? {
            guard case .random(let alphabet, let count) = self else { return nil }
            return (alphabet.utf8.count, count)
        }
    }

    private static let digits = "23456789"
    private static let letters = "abcdefghjkmnprstuvwxyz"

    private let parts: [Part]

    /// The pattern as it was written.
    public let description: String

    /// Reads a pattern; `nil` for an unknown place, a brace that stands alone, more than one running number, or a
    /// length outside 1…64 bytes.
    public init?(_ text: String) {
        guard (1...64).contains(text.utf8.count) else { return nil }
        var parts: [Part] = []
        var rest = Substring(text)
        while let first = rest.first {
            if first == "{" {
                guard let end = rest.firstIndex(of: "}"), let part = Self.place(rest[..<end].dropFirst()) else {
                    return nil
                }
                parts.append(part)
                rest = rest[rest.index(after: end)...]
            } else {
                let plain = rest.prefix { $0 != "{" }
                guard !plain.contains("}"), !plain.utf8.contains(where: { $0 < 32 || $0 == 127 }) else { return nil }
                parts.append(.text(String(plain)))
                rest = rest.dropFirst(plain.count)
            }
        }
        let numbers = parts.filter { part in if case .number = part { true } else { false } }
        guard numbers.count <= 1 else { return nil }
        self.parts = parts
        description = text
    }

    /// Whether a running number has a place in it.
    public var hasNumber: Bool { parts.contains { part in if case .number = part { true } else { false } } }

    /// Whether the four-digit year has a place in it.
    public var hasYear: Bool { parts.contains(.year) }

    /// Whether the month has a place in it.
    public var hasMonth: Bool { parts.contains(.month) }

    /// How many texts the random places alone can make; saturates.
    public var possibilities: UInt64 {
        var product: UInt64 = 1
        for case .some(let random) in parts.map(\.random) {
            for _ in 0..<random.count {
                let (next, overflow) = product.multipliedReportingOverflow(by: UInt64(random.choices))
                product = overflow ? .max : next
            }
        }
        return product
    }

    /// The text for a number on a day.
    public func text(number: Int64, on date: LocalDate, using random: inout some RandomNumberGenerator) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let plain): text += plain
            case .number(let width): text += (number < 0 ? "-" : "") + number.magnitude.padded(to: width)
            case .year: text += (date.year < 0 ? "-" : "") + date.year.magnitude.padded(to: 4)
            case .shortYear: text += (date.year.magnitude % 100).padded(to: 2)
            case .month: text += date.month.magnitude.padded(to: 2)
            case .random(let alphabet, let count):
                for _ in 0..<count { text += alphabet.randomElement(using: &random).map(String.init) ?? "" }
            }
        }
        return text
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let pattern = NumberPattern(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "The pattern has an unknown place.")
        }
        self = pattern
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    private static func place(_ text: Substring) -> Part? {
        switch text {
        case "YYYY": return .year
        case "YY": return .shortYear
        case "MM": return .month
        default:
            guard let sign = text.first, text.allSatisfy({ $0 == sign }) else { return nil }
            switch sign {
            case "0": return .number(width: text.count)
            case "#": return .random(alphabet: digits, count: text.count)
            case "?": return .random(alphabet: letters, count: text.count)
            case "*": return .random(alphabet: digits + letters, count: text.count)
            default: return nil
            }
        }
    }
}
