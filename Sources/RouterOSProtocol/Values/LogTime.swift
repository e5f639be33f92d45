/// When a line of `/log` was written: a date and time, of which routers leave off what is the present day or year.
///
/// Old releases write when a scheduler runs next the same way.
///
/// `10:20:30` is today, `jan/02 10:20:30` or `01-02 10:20:30` this year, by the router's own clock.
public enum LogTime: RouterOSValue, CustomStringConvertible {
    /// All of it.
    case full(LocalDateTime)
    /// A day of a year that is not said; the month is 1…12, the day one that the month has in a leap year.
    case dayOfYear(month: Int, day: Int, TimeOfDay)
    /// A time of a day that is not said.
    case time(TimeOfDay)

    /// Reads what a log line says.
    public init?(routerOS bytes: Span<UInt8>) {
        if let time = TimeOfDay(routerOS: bytes) {
            self = .time(time)
            return
        }
        if let whole = LocalDateTime(routerOS: bytes) {
            self = .full(whole)
            return
        }
        var index = 0
        let name = CalendarDate.monthName(in: bytes, at: &index)
        guard let month = name ?? bytes.number(width: 2, at: &index),
            bytes.skip(name == nil ? UInt8(ascii: "-") : UInt8(ascii: "/"), at: &index),
            let day = bytes.number(width: 2, at: &index), bytes.skip(UInt8(ascii: " "), at: &index),
            let time = TimeOfDay(in: bytes, at: &index), index == bytes.count,
            LogTime.isDay(month: month, day: day)
        else { return nil }
        self = .dayOfYear(month: month, day: day, time)
    }

    /// Appends it as routers from 7.10 do.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        switch self {
        case .full(let whole): whole.writeRouterOS(to: &bytes)
        case .dayOfYear(let month, let day, let time):
            CalendarDate.writeDay(month: month, day: day, .numeric, to: &bytes)
            bytes.append(UInt8(ascii: " "))
            time.writeRouterOS(to: &bytes)
        case .time(let time): time.writeRouterOS(to: &bytes)
        }
    }

    /// The last such moment that is not after `now`, both by the router's clock.
    ///
    /// Right for lines written less than a day (a time alone) or a year (a day alone) ago; nil when there is no such
    /// moment.
    public func resolved(notAfter now: LocalDateTime) -> LocalDateTime? {
        switch self {
        case .full(let whole): return whole
        case .time(let time):
            let day = now.date.daysSince1970 - (time > now.time ? 1 : 0)
            return CalendarDate(daysSince1970: day).map { LocalDateTime(date: $0, time: time) }
        case .dayOfYear(let month, let day, let time):
            // 29 February may be eight years back.
            for year in stride(from: now.date.year, through: now.date.year - 8, by: -1) {
                guard let date = CalendarDate(year: year, month: month, day: day) else { continue }
                let moment = LocalDateTime(date: date, time: time)
                if moment <= now { return moment }
            }
            return nil
        }
    }

    private static func isDay(month: Int, day: Int) -> Bool {
        CalendarDate(year: 2_000, month: month, day: day) != nil
    }
}
