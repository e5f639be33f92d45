/// What calendar and clock on the wall show, to the second, without a zone.
///
/// Only a ``BusinessCalendar`` can tell which instant it is.
public struct LocalDateTime: Hashable, Sendable, Comparable, LosslessStringConvertible {
    /// The day.
    public let date: LocalDate

    /// The time of day.
    public let time: LocalTime

    /// Creates a local time.
    public init(_ date: LocalDate, _ time: LocalTime = .midnight) {
        self.date = date
        self.time = time
    }

    /// Creates the local time that a clock without offset shows, from whole seconds since 1970-01-01T00:00:00.
    public init(secondsSince1970 seconds: Int64) {
        let days = seconds >= 0 ? seconds / 86_400 : -((86_399 - max(seconds, .min + 86_400)) / 86_400)
        date = LocalDate(daysSince1970: days)
        time = LocalTime(secondOfDay: Int(max(seconds, .min + 86_400) - days * 86_400))
    }

    /// Reads `2026-03-01T07:30:00` or `2026-03-01 07:30`.
    public init?(_ text: String) {
        guard let separator = text.firstIndex(where: { $0 == "T" || $0 == " " }),
            let date = LocalDate(String(text[..<separator])),
            let time = LocalTime(String(text[text.index(after: separator)...]))
        else { return nil }
        self.init(date, time)
    }

    /// The seconds from 1970-01-01T00:00:00 as a clock without offset counts them.
    public var secondsSince1970: Int64 { date.daysSince1970 * 86_400 + Int64(time.secondOfDay) }

    /// The local time as `2026-03-01T07:30:00`.
    public var description: String { "\(date)T\(time)" }

    /// Orders local times as their clock shows them.
    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }
}
