/// When a background job is due.
public enum JobSchedule: Hashable, Sendable, LosslessStringConvertible {
    /// Again and again, after a time of at least one second, counted from 1970 so that all machines agree.
    case every(seconds: Int64)
    /// Every day at a time of the tenant's calendar.
    case daily(LocalTime)
    /// Once a week.
    case weekly(Weekday, LocalTime)
    /// Once a month on a day 1…31, or on the month's last day where it has fewer.
    case monthly(day: Int, LocalTime)

    /// Reads `every 300`, `daily 23:55:00`, `weekly 1 08:00:00` (1 for the first case of ``Weekday``) or
    /// `monthly 31 00:00:00`; anything else is `nil`.
    public init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
        switch (words.first, words.count) {
        case ("every", 2):
            guard let seconds = Int64(words[1]), seconds >= 1 else { return nil }
            self = .every(seconds: seconds)
        case ("daily", 2):
            guard let time = LocalTime(words[1]) else { return nil }
            self = .daily(time)
        case ("weekly", 3):
            guard let raw = Int(words[1]), let day = Weekday(rawValue: raw), let time = LocalTime(words[2]) else {
                return nil
            }
            self = .weekly(day, time)
        case ("monthly", 3):
            guard let day = Int(words[1]), (1...31).contains(day), let time = LocalTime(words[2]) else { return nil }
            self = .monthly(day: day, time)
        default:
            return nil
        }
    }

    /// The form that ``init(_:)`` reads.
    public var description: String {
        switch self {
        case .every(let seconds): "every \(seconds)"
        case .daily(let time): "daily \(time)"
        case .weekly(let day, let time): "weekly \(day.rawValue) \(time)"
        case .monthly(let day, let time): "monthly \(day) \(time)"
        }
    }

    /// The first due instant after another one.
    ///
    /// A local time that a change of clocks skips is due at the first instant after the gap; one that comes twice is due
    /// the first time only.
    public func next(after instant: Timestamp, in calendar: any BusinessCalendar) -> Timestamp {
        if case .every(let seconds) = self {
            let period = max(1, seconds)
            let now = instant.secondsSince1970
            let passed = ((now % period) + period) % period
            return Timestamp(secondsSince1970: now.saturatingSubtracting(passed).saturatingAdding(period))
        }
        var date = calendar.date(instant).adding(days: -1)
        // A week or a month with its neighbours holds at least one due day, so the search ends.
        for _ in 0..<64 {
            if let time = time(on: date) {
                let due = calendar.instant(LocalDateTime(date, time))
                if due > instant { return due }
            }
            date = date.adding(days: 1)
        }
        return instant + .seconds(86_400)
    }

    private func time(on date: LocalDate) -> LocalTime? {
        switch self {
        case .every: return nil
        case .daily(let time): return time
        case .weekly(let day, let time): return date.weekday == day ? time : nil
        case .monthly(let day, let time):
            return date.day == min(max(1, day), LocalDate.days(inMonth: date.month, year: date.year)) ? time : nil
        }
    }
}
