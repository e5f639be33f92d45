/// How long a voucher may be used by the clock on the wall, whether its customer is online or not.
public enum Validity: Hashable, Sendable {
    /// A fixed time, to the second.
    case elapsed(Duration)
    /// Whole days: until the same time of day that many days later, 1…36 600.
    case days(Int)
    /// Whole weeks: until the same time of the same weekday that many weeks later, 1…5 200.
    case weeks(Int)
    /// Whole months: until the same time of the same day of a later month, or of its last day where it is too short;
    /// 1…1 200.
    case months(Int)
    /// Until the last second of a day of the month, 1…31, in about as many months, 1…1 200.
    ///
    /// The day lies at least 7 days and at most 35 days away for each month. Where no such day exists, which happens for
    /// a single month only, the day is the first that is at least 7 days away. A month that is too short ends earlier.
    case untilDayOfMonth(Int, months: Int = 1)

    /// When a validity that begins at `start` ends.
    ///
    /// A local time that the calendar does not have is the first instant after the gap.
    public func end(from start: Timestamp, in calendar: any BusinessCalendar) -> Timestamp {
        let local = calendar.local(start)
        switch self {
        case .elapsed(let duration):
            return start + duration
        case .days(let count):
            return moved(start, local, to: local.date.adding(days: Int64(count)), in: calendar)
        case .weeks(let count):
            let days = Int64(count).saturatingMultiplied(by: 7)
            return moved(start, local, to: local.date.adding(days: days), in: calendar)
        case .months(let count):
            return moved(start, local, to: local.date.adding(months: Int64(count)), in: calendar)
        case .untilDayOfMonth(let day, let months):
            let date = Self.dayOfMonth(day, after: local.date, months: Int64(min(max(months, 1), 1_200)))
            return calendar.instant(LocalDateTime(date, .lastSecond))
        }
    }

    /// The longest that the validity can be, changes of the clock included; exact for a fixed time.
    public var longest: Duration {
        switch self {
        case .elapsed(let duration): duration
        case .days(let count): Self.days(count, 1, spare: 1)
        case .weeks(let count): Self.days(count, 7, spare: 1)
        case .months(let count): Self.days(count, 31, spare: 1)
        case .untilDayOfMonth(_, let months): Self.days(months, 35, spare: 4)
        }
    }

    /// Checks the ranges.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for a count or a day outside its range, or a time
    ///   that is not above zero or longer than 100 years.
    func check(field: String) throws(DomainError) {
        switch self {
        case .elapsed(let duration): try VoucherTerms.check(duration, field: field)
        case .days(let count): try Self.check(count, 36_600, field)
        case .weeks(let count): try Self.check(count, 5_200, field)
        case .months(let count): try Self.check(count, 1_200, field)
        case .untilDayOfMonth(let day, let months):
            try Self.check(day, 31, field)
            try Self.check(months, 1_200, field)
        }
    }

    private static func check(_ count: Int, _ highest: Int, _ field: String) throws(DomainError) {
        guard (1...highest).contains(count) else {
            throw DomainError(.invalidValue, field: field, "This count lies between 1 and \(highest).")
        }
    }

    private static func days(_ count: Int, _ length: Int64, spare: Int64) -> Duration {
        let days = Int64(count).saturatingMultiplied(by: length).saturatingAdding(spare)
        return .seconds(days.saturatingMultiplied(by: 86_400))
    }

    /// The start's time of day on another date, with the start's fraction of a second.
    private func moved(
        _ start: Timestamp,
        _ local: LocalDateTime,
        to date: LocalDate,
        in calendar: any BusinessCalendar
    ) -> Timestamp {
        let fraction = start - Timestamp(secondsSince1970: start.secondsSince1970)
        return calendar.instant(LocalDateTime(date, local.time)) + fraction
    }

    private static func dayOfMonth(_ day: Int, after date: LocalDate, months: Int64) -> LocalDate {
        var ahead = months
        func candidate() -> LocalDate { date.adding(months: ahead, anchorDay: day) }
        while ahead > 0, candidate().days(since: date) > months.saturatingMultiplied(by: 35) { ahead -= 1 }
        while ahead <= months, candidate().days(since: date) < months.saturatingMultiplied(by: 7) { ahead += 1 }
        return candidate()
    }
}

extension Validity: LosslessStringConvertible {
    /// Reads what ``description`` writes; anything else is `nil`.
    public init?(_ text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count == 2 else { return nil }
        switch parts[1] {
        case "us":
            guard let count = Int64(parts[0]) else { return nil }
            self = .elapsed(.microseconds(count))
        case "days", "weeks", "months":
            guard let count = Int(parts[0]) else { return nil }
            self = parts[1] == "days" ? .days(count) : parts[1] == "weeks" ? .weeks(count) : .months(count)
        default:
            guard parts[1].hasPrefix("x-day-"), let months = Int(parts[0]), let day = Int(parts[1].dropFirst(6)) else {
                return nil
            }
            self = .untilDayOfMonth(day, months: months)
        }
    }

    /// A stable text: `10800000000 us`, `7 days`, `2 weeks`, `3 months`, or `1 x-day-20` for until the 20th.
    public var description: String {
        switch self {
        case .elapsed(let duration): "\(duration.wholeMicroseconds) us"
        case .days(let count): "\(count) days"
        case .weeks(let count): "\(count) weeks"
        case .months(let count): "\(count) months"
        case .untilDayOfMonth(let day, let months): "\(months) x-day-\(day)"
        }
    }
}
