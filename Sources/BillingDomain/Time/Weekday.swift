/// A day of the week, numbered as in ISO 8601: Monday is 1, Sunday 7.
public enum Weekday: Int, Hashable, Sendable, CaseIterable, Comparable, Codable {
    /// The first day of the ISO week.
    case monday = 1
    /// The second day.
    case tuesday
    /// The third day.
    case wednesday
    /// The fourth day.
    case thursday
    /// The fifth day.
    case friday
    /// The sixth day.
    case saturday
    /// The seventh day.
    case sunday

    init(daysSince1970 days: Int64) {
        // 1970-01-01 was a Thursday.
        let index = Int(((days % 7) + 7 + 3) % 7)
        self = Self.allCases[index]
    }

    /// Orders days from Monday to Sunday.
    public static func < (left: Weekday, right: Weekday) -> Bool { left.rawValue < right.rawValue }
}
