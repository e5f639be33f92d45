import BillingDomain
import TestSupport
import Testing

@Suite("A local date")
struct LocalDateTests {
    @Test func daysOfFourHundredYearsFollowEachOther() throws {
        var date = try #require(LocalDate(year: 1800, month: 1, day: 1))
        var weekday = Weekday.wednesday
        for number in date.daysSince1970..<date.daysSince1970 + 146_098 {
            #expect(LocalDate(daysSince1970: number) == date)
            #expect(date.daysSince1970 == number)
            #expect(date.weekday == weekday)
            let isLast = date.day == LocalDate.days(inMonth: date.month, year: date.year)
            let next = LocalDate(
                year: isLast && date.month == 12 ? date.year + 1 : date.year,
                month: isLast ? date.month % 12 + 1 : date.month,
                day: isLast ? 1 : date.day + 1
            )
            date = try #require(next)
            weekday = Weekday(rawValue: weekday.rawValue % 7 + 1) ?? .monday
        }
        #expect(date.description == "2200-01-02")
    }

    @Test(
        arguments: [
            ("2026-01-31", Int64(1), nil, "2026-02-28"),
            ("2024-01-31", 1, nil, "2024-02-29"),
            ("2026-01-31", 2, nil, "2026-03-31"),
            ("2026-02-28", 1, 31, "2026-03-31"),
            ("2026-02-28", 1, nil, "2026-03-28"),
            ("2026-12-15", 1, nil, "2027-01-15"),
            ("2026-01-15", -1, nil, "2025-12-15"),
            ("2026-03-31", -1, nil, "2026-02-28"),
            ("2026-03-31", -13, nil, "2025-02-28"),
            ("2024-02-29", 12, nil, "2025-02-28"),
            ("2024-02-29", 48, nil, "2028-02-29"),
            ("2026-05-10", 0, 40, "2026-05-31"),
            ("2026-05-10", 0, -3, "2026-05-01"),
            ("0000-01-01", -1, nil, "-0001-12-01"),
        ] as [(String, Int64, Int?, String)]
    )
    func monthsAreCountedWithTheEndOfTheMonthAsLimit(from: String, months: Int64, anchor: Int?, to: String) throws {
        let date = try #require(LocalDate(from))
        #expect(date.adding(months: months, anchorDay: anchor).description == to)
    }

    @Test(arguments: [Int64.max, .min, 40_000_000, -40_000_000])
    func arithmeticStopsAtTheFirstAndTheLastDay(count: Int64) throws {
        let date = try #require(LocalDate("2026-01-31"))
        let end = count > 0 ? LocalDate.latest : .earliest
        #expect(date.adding(months: count) == end)
        #expect(date.adding(days: count.multipliedReportingOverflow(by: 100).overflow ? count : count * 100) == end)
        #expect(LocalDate(daysSince1970: end.daysSince1970) == end)
    }

    @Test(arguments: [
        "2026-02-28", "2024-02-29", "0000-01-01", "9999-12-31", "+10000-01-01", "-0001-12-31", "-999999-01-01",
    ])
    func aDayReadsWhatItWrites(text: String) throws {
        #expect(try #require(LocalDate(text)).description == text)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-00-01", "2026-02-29", "1900-02-29", "2026-02-30", "2026-1-01", "26-01-01",
        "2026-01-01T", "2026/01/01", "2026-01-١", "+26-01-01", "1000000-01-01", "2026-01-01-01",
    ])
    func anythingElseIsRefused(text: String) {
        #expect(LocalDate(text) == nil)
    }

    @Test(arguments: ["00:00", "07:30:00", "23:59:59"])
    func aTimeOfDayIsRead(text: String) throws {
        let time = try #require(LocalTime(text))
        #expect(time.description.hasPrefix(text))
        #expect(LocalTime(secondOfDay: time.secondOfDay) == time)
    }

    @Test(arguments: ["", "7:30", "24:00", "12:60", "12:00:60", "12", "12:00:00:00", "1x:00", "-1:00"])
    func aTimeThatNoClockShowsIsRefused(text: String) {
        #expect(LocalTime(text) == nil)
    }

    @Test(arguments: [Int64(0), -1, 1, -86_400, -86_401, 1_767_225_600, .max, .min])
    func aLocalTimeIsTakenFromSecondsWithoutTrapping(seconds: Int64) {
        let local = LocalDateTime(secondsSince1970: seconds)
        if seconds.magnitude < 1 << 40 { #expect(local.secondsSince1970 == seconds) }
        #expect(LocalDateTime(local.description) == local)
    }

    @Test func daysOfARangeExcludeTheLast() throws {
        let range = try #require(DateRange("2026-03-01/2026-04-01"))
        #expect(range.days == 31)
        #expect(range.contains(range.start))
        #expect(!range.contains(range.end))
        #expect(DateRange(range.description) == range)
        #expect(DateRange(start: range.end, end: range.start) == nil)
        #expect(DateRange(from: range.start, days: -3).isEmpty)
        let middle = DateRange(from: range.start.adding(days: 10), days: 40)
        #expect(range.intersection(middle).days == 21)
        #expect(middle.intersection(range) == range.intersection(middle))
        #expect(range.intersection(DateRange(from: range.end, days: 3)).isEmpty)
    }
}
