import RouterOSProtocol
import TestSupport
import Testing

@Suite("Dates and times")
struct CalendarTests {
    @Test(
        "dates are read as routers before and after 7.10 write them",
        arguments: [
            ("jan/02/1970", 1970, 1, 2), ("1970-01-02", 1970, 1, 2), ("DEC/31/9999", 9999, 12, 31),
            ("2024-02-29", 2024, 2, 29),
            ("feb/29/2000", 2000, 2, 29), ("Aug/07/2021", 2021, 8, 7), ("0001-01-01", 1, 1, 1),
        ]
    )
    func readsDates(text: String, year: Int, month: Int, day: Int) {
        let date = CalendarDate(routerOS: text)
        #expect(date != nil && date == CalendarDate(year: year, month: month, day: day))
    }

    @Test(
        "days the calendar lacks are refused",
        arguments: [
            "", "jan", "jan/2/1970", "jan/02/70", "1970-1-2", "0000-01-01", "2023-02-29", "feb/29/1900", "2024-13-01",
            "2024-00-01",
            "2024-04-31", "2024-01-00", "xyz/01/2024", "2024/01/01", "jan-01-2024", "2024-01-01 ", "2024-01-01x",
            "1970-01-02 00:00:00",
            "-970-01-02", "+970-01-02", "jan/0a/1970",
        ]
    )
    func refusesDates(text: String) {
        #expect(CalendarDate(routerOS: text) == nil)
    }

    @Test("are written in the style asked for")
    func styles() throws {
        let moment = try #require(LocalDateTime(routerOS: "jan/02/1970 03:04:05"))
        #expect(moment.text(.named) == "jan/02/1970 03:04:05" && moment.routerOSText == "1970-01-02 03:04:05")
        #expect(moment.date.text(.named) == "jan/02/1970" && moment.date.routerOSText == "1970-01-02")
        #expect(moment.time.hour == 3 && moment.time.minute == 4 && moment.time.second == 5)
        for month in 1...12 {
            let date = try #require(CalendarDate(year: 2024, month: month, day: 9))
            #expect(CalendarDate(routerOS: date.text(.named)) == date)
        }
    }

    @Test(
        "times that no clock shows are refused",
        arguments: ["", "24:00:00", "00:60:00", "00:00:60", "1:02:03", "01:02", "01:02:03 ", "01:02:03.5", "0a:00:00"]
    )
    func refusesTimes(text: String) {
        #expect(TimeOfDay(routerOS: text) == nil)
    }

    @Test(
        "become instants with the router's offset",
        arguments: [
            ("1970-01-01 00:00:00", "+00:00", 0), ("1970-01-01 03:00:00", "+03:00", 0),
            ("1969-12-31 23:59:59", "+00:00", -1),
            ("2000-02-29 12:00:00", "-09:30", 951_859_800), ("2026-11-20 09:00:00", "+00:00", 1_795_165_200),
            ("0001-01-01 00:00:00", "+00:00", -62_135_596_800), ("9999-12-31 23:59:59", "+00:00", 253_402_300_799),
            ("aug/07/2021 14:01:13", "+05:45", 1_628_324_173),
        ] as [(String, String, Int64)]
    )
    func instants(text: String, offset: String, seconds: Int64) throws {
        let moment = try #require(LocalDateTime(routerOS: text))
        let offset = try #require(GMTOffset(routerOS: offset))
        #expect(moment.secondsSince1970(offset: offset) == seconds)
        #expect(LocalDateTime(secondsSince1970: seconds, offset: offset) == moment)
    }

    @Test("instants outside of the calendar are nil", arguments: [Int64.min, .max, -62_135_596_801, 253_402_300_800])
    func range(seconds: Int64) {
        #expect(LocalDateTime(secondsSince1970: seconds, offset: .zero) == nil)
    }

    @Test("every day follows the one before")
    func days() throws {
        var last = try #require(CalendarDate(year: 1896, month: 1, day: 1))
        for days in (last.daysSince1970 + 1)...(last.daysSince1970 + 80_000) {
            let date = try #require(CalendarDate(daysSince1970: days))
            #expect(date.daysSince1970 == days && date > last)
            last = date
        }
        #expect(CalendarDate(daysSince1970: -719_162) == CalendarDate(year: 1, month: 1, day: 1))
        #expect(CalendarDate(daysSince1970: 2_932_896) == CalendarDate(year: 9999, month: 12, day: 31))
        #expect(CalendarDate(daysSince1970: .min) == nil && CalendarDate(daysSince1970: .max) == nil)
    }

    @Test(
        "offsets have a sign, and less than a day",
        arguments: ["", "03:00", "+3:00", "+24:00", "+03:60", "+0300", "+03:00:00", "+-3:00"]
    )
    func refusesOffsets(text: String) {
        #expect(GMTOffset(routerOS: text) == nil)
    }

    @Test("read back what they write")
    func roundTrip() throws {
        for minutes in -1_439...1_439 { expectRoundTrip(try #require(GMTOffset(seconds: minutes * 60))) }
        #expect(GMTOffset(seconds: 61) == nil && GMTOffset(seconds: 86_400) == nil && GMTOffset(seconds: .min) == nil)
        var generator = SplitMix64(seed: 41)
        for _ in 0..<2_000 {
            let seconds = Int64.random(in: -62_135_596_800...253_402_300_799, using: &generator)
            let moment = try #require(LocalDateTime(secondsSince1970: seconds, offset: .zero))
            expectRoundTrip(moment)
            expectRoundTrip(moment.date)
            expectRoundTrip(moment.time)
            expectRoundTrip(LogTime.full(moment))
            expectRoundTrip(LogTime.time(moment.time))
            expectRoundTrip(LogTime.dayOfYear(month: moment.date.month, day: moment.date.day, moment.time))
            #expect(LocalDateTime(routerOS: moment.text(.named)) == moment)
        }
        expectSafe(CalendarDate.self)
        expectSafe(TimeOfDay.self)
        expectSafe(LocalDateTime.self)
        expectSafe(GMTOffset.self)
        expectSafe(LogTime.self)
    }

    @Test(
        "a log line's missing day or year is the last that fits",
        arguments: [
            ("10:00:00", "2024-03-01 12:00:00", "2024-03-01 10:00:00"),
            ("13:00:00", "2024-03-01 12:00:00", "2024-02-29 13:00:00"),
            ("jan/02 10:00:00", "2024-03-01 12:00:00", "2024-01-02 10:00:00"),
            ("12-31 10:00:00", "2024-03-01 12:00:00", "2023-12-31 10:00:00"),
            ("feb/29 10:00:00", "2027-03-01 12:00:00", "2024-02-29 10:00:00"),
            ("feb/29 10:00:00", "1903-03-01 12:00:00", "1896-02-29 10:00:00"),
            ("2020-01-01 00:00:00", "2024-03-01 12:00:00", "2020-01-01 00:00:00"),
            ("13:00:00", "0001-01-01 00:00:00", nil), ("12-31 10:00:00", "0001-01-01 00:00:00", nil),
        ] as [(String, String, String?)]
    )
    func logTimes(text: String, now: String, moment: String?) throws {
        let time = try #require(LogTime(routerOS: text))
        #expect(time.resolved(notAfter: try #require(LocalDateTime(routerOS: now)))?.routerOSText == moment)
    }

    @Test(
        "a log line's day is one of the calendar",
        arguments: [
            "jan/32 00:00:00", "02-30 00:00:00", "13-01 00:00:00", "jan-01 00:00:00", "01/01 00:00:00", "jan/01",
        ]
    )
    func refusesLogTimes(text: String) {
        #expect(LogTime(routerOS: text) == nil)
    }

    @Test("a LogTime made by hand never traps", arguments: [(0, 0), (13, 40), (Int.min, Int.max), (Int.max, -1)])
    func handMade(month: Int, day: Int) throws {
        let moment = try #require(LocalDateTime(routerOS: "2024-03-01 12:00:00"))
        let time = LogTime.dayOfYear(month: month, day: day, moment.time)
        #expect(time.resolved(notAfter: moment) == nil)
        #expect(LogTime(routerOS: time.routerOSText) != time)
    }
}
