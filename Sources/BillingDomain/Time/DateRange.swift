/// Days from a first one up to, but not including, a last one.
public struct DateRange: Hashable, Sendable, LosslessStringConvertible, Codable {
    /// The first day of the range.
    public let start: LocalDate

    /// The first day after the range.
    public let end: LocalDate

    /// Creates a range; `nil` if it would end before it starts.
    public init?(start: LocalDate, end: LocalDate) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// Reads `2026-03-01/2026-04-01`.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let start = LocalDate(String(parts[0])), let end = LocalDate(String(parts[1])) else {
            return nil
        }
        self.init(start: start, end: end)
    }

    /// The range of `count` days from `start` on; empty for a count below one.
    public init(from start: LocalDate, days count: Int64) {
        self.start = start
        end = max(start, start.adding(days: count))
    }

    /// How many days the range has.
    public var days: Int64 { end.days(since: start) }

    /// Whether the range has no day.
    public var isEmpty: Bool { start == end }

    /// Whether a day lies in the range.
    public func contains(_ date: LocalDate) -> Bool { start <= date && date < end }

    /// The days that are in both ranges; empty where they do not meet.
    public func intersection(_ other: DateRange) -> DateRange {
        let first = max(start, other.start)
        return DateRange(from: first, days: min(end, other.end).days(since: first))
    }

    /// The range as `2026-03-01/2026-04-01`, the last day excluded.
    public var description: String { "\(start)/\(end)" }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let range = DateRange(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A range is two days with a slash.")
        }
        self = range
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
