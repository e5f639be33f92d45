/// A day of the proleptic Gregorian calendar, without a zone.
///
/// Years reach from −999 999 to 999 999; arithmetic stops at the first and the last of those days instead of trapping.
public struct LocalDate: Hashable, Sendable, Comparable, LosslessStringConvertible, Codable {
    /// The year; 0 is the year before 1.
    public let year: Int

    /// The month, 1…12.
    public let month: Int

    /// The day of the month, 1…31.
    public let day: Int

    /// The first day that can be expressed.
    public static let earliest = LocalDate(uncheckedYear: -999_999, month: 1, day: 1)

    /// The last day that can be expressed.
    public static let latest = LocalDate(uncheckedYear: 999_999, month: 12, day: 31)

    /// Creates a day; `nil` for one that the calendar does not have.
    public init?(year: Int, month: Int, day: Int) {
        guard (-999_999...999_999).contains(year), (1...12).contains(month),
            (1...Self.days(inMonth: month, year: year)).contains(day)
        else { return nil }
        self.init(uncheckedYear: year, month: month, day: day)
    }

    /// Creates a day from the days since 1970-01-01, clamped to ``earliest``…``latest``.
    public init(daysSince1970: Int64) {
        // Years begin in March here, so that the leap day comes last.
        let inRange = min(max(daysSince1970, Self.earliest.daysSince1970), Self.latest.daysSince1970)
        let shifted = inRange + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = Int(marchMonth < 10 ? marchMonth + 3 : marchMonth - 9)
        self.init(
            uncheckedYear: Int(yearOfEra + era * 400) + (month <= 2 ? 1 : 0),
            month: month,
            day: Int(dayOfYear - (153 * marchMonth + 2) / 5 + 1)
        )
    }

    /// Reads `2026-03-01`: a year of four digits, or of up to six with a sign, month and day of two digits.
    public init?(_ text: String) {
        var digits = text.utf8[...]
        let sign = digits.first
        let isSigned = sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+")
        if isSigned { digits.removeFirst() }
        let parts = digits.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.count == 3, parts[1].count == 2, parts[2].count == 2,
            isSigned ? (4...6).contains(parts[0].count) : parts[0].count == 4,
            let year = Int(decimalDigits: parts[0]), let month = Int(decimalDigits: parts[1]),
            let day = Int(decimalDigits: parts[2])
        else { return nil }
        self.init(year: sign == UInt8(ascii: "-") ? -year : year, month: month, day: day)
    }

    private init(uncheckedYear year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The number of days from 1970-01-01 to this day.
    public var daysSince1970: Int64 {
        let marchYear = Int64(month <= 2 ? year - 1 : year)
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = Int64((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1)
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The day of the week.
    public var weekday: Weekday { Weekday(daysSince1970: daysSince1970) }

    /// The length of a month, 1…12, in days.
    public static func days(inMonth month: Int, year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// The day that many days later; negative for earlier.
    public func adding(days: Int64) -> LocalDate {
        LocalDate(daysSince1970: daysSince1970.saturatingAdding(days))
    }

    /// The day that many months later, on `anchorDay` or on the last day of a month that is too short for it.
    ///
    /// Count months from the first date instead of adding one at a time: 31 January plus one month is 28 February,
    /// plus two is 31 March. Negative `months` lead back; `anchorDay` is clamped to 1…31 and is this day's own when
    /// left out.
    public func adding(months: Int64, anchorDay: Int? = nil) -> LocalDate {
        let ordinal = (Int64(year) * 12 + Int64(month - 1)).saturatingAdding(months)
        let (quotient, remainder) = ordinal.quotientAndRemainder(dividingBy: 12)
        let newYear = remainder < 0 ? quotient - 1 : quotient
        guard newYear >= Self.earliest.year else { return .earliest }
        guard newYear <= Self.latest.year else { return .latest }
        let newMonth = Int(remainder < 0 ? remainder + 12 : remainder) + 1
        let wanted = min(max(anchorDay ?? day, 1), 31)
        return LocalDate(
            uncheckedYear: Int(newYear),
            month: newMonth,
            day: min(wanted, Self.days(inMonth: newMonth, year: Int(newYear)))
        )
    }

    /// The number of days from `earlier` to this day; negative if this is the earlier one.
    public func days(since earlier: LocalDate) -> Int64 { daysSince1970 - earlier.daysSince1970 }

    /// The day as `2026-03-01`; years outside 0…9999 carry a sign.
    public var description: String {
        let sign = year > 9999 ? "+" : year < 0 ? "-" : ""
        return sign + year.magnitude.padded(to: 4) + "-" + month.magnitude.padded(to: 2) + "-"
            + day.magnitude.padded(to: 2)
    }

    /// Orders days by time.
    public static func < (left: LocalDate, right: LocalDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = LocalDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A day is written 2026-03-01.")
        }
        self = date
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
