/// A day of the Gregorian calendar, without a time zone, from year 1 to 9999.
///
/// Routers before 7.10 print `jan/02/1970`, later ones `1970-01-02`. A router whose clock was never set starts on that
/// day.
public struct CalendarDate: RouterOSValue, Comparable, CustomStringConvertible {
    /// The year, 1…9999.
    public let year: Int
    /// The month, 1…12.
    public let month: Int
    /// The day of the month, from 1.
    public let day: Int

    /// Makes a date; nil when the calendar has no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
            day <= CalendarDate.length(ofMonth: month, year: year)
        else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// How a date is written.
    public enum Style: Sendable, Hashable, CaseIterable {
        /// `1970-01-02`, from RouterOS 7.10.
        case numeric
        /// `jan/02/1970`, before RouterOS 7.10.
        case named
    }

    /// Reads a date in either style; names of months in any case.
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        guard let date = CalendarDate(in: bytes, at: &index), index == bytes.count else { return nil }
        self = date
    }

    /// Appends the date as routers from 7.10 write it.
    public func writeRouterOS(to bytes: inout [UInt8]) { write(.numeric, to: &bytes) }

    /// The date in a style.
    public func text(_ style: Style) -> String {
        var bytes: [UInt8] = []
        write(style, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The days since 1 January 1970.
    public var daysSince1970: Int {
        // Years that begin in March put the leap day last; 719 468 days lie between March of year 0 and 1970.
        let years = month > 2 ? year : year - 1
        let century = years / 400
        let yearOfCentury = years - century * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return century * 146_097 + yearOfCentury * 365 + yearOfCentury / 4 - yearOfCentury / 100 + dayOfYear - 719_468
    }

    /// The date so many days after 1 January 1970; nil outside of the years 1…9999.
    public init?(daysSince1970 days: Int) {
        guard (-719_162...2_932_896).contains(days) else { return nil }
        let shifted = days + 719_468
        let century = shifted / 146_097
        let dayOfCentury = shifted - century * 146_097
        let yearOfCentury =
            (dayOfCentury - dayOfCentury / 1_460 + dayOfCentury / 36_524 - dayOfCentury / 146_096) / 365
        let dayOfYear = dayOfCentury - (365 * yearOfCentury + yearOfCentury / 4 - yearOfCentury / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        self.init(
            year: yearOfCentury + century * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        )
    }

    /// Whether the first is earlier.
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// How many days a month has.
    static func length(ofMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
