import BillingDomain
import TestSupport
import Testing

@Suite("A validity")
struct ValidityTests {
    private static let kampala = FixedOffsetCalendar(seconds: 3 * 3600)

    @Test(arguments: [
        (Validity.elapsed(.seconds(3600)), "2026-01-31T10:00:00.5+03:00", "2026-01-31T11:00:00.5+03:00"),
        (.days(1), "2026-01-31T10:00:00.5+03:00", "2026-02-01T10:00:00.5+03:00"),
        (.weeks(2), "2026-01-31T10:00:00+03:00", "2026-02-14T10:00:00+03:00"),
        (.months(1), "2026-01-31T10:00:00+03:00", "2026-02-28T10:00:00+03:00"),
        (.months(1), "2028-01-31T10:00:00+03:00", "2028-02-29T10:00:00+03:00"),
        (.months(2), "2026-01-31T10:00:00+03:00", "2026-03-31T10:00:00+03:00"),
        (.months(12), "2028-02-29T10:00:00+03:00", "2029-02-28T10:00:00+03:00"),
        // Ten in the evening in London is the next day in Kampala.
        (.untilDayOfMonth(20), "2026-01-12T22:00:00Z", "2026-01-20T23:59:59+03:00"),
        (.untilDayOfMonth(20), "2026-01-13T00:00:00+03:00", "2026-01-20T23:59:59+03:00"),
        // Six days are too few; and 37 is the first that is enough.
        (.untilDayOfMonth(20), "2026-01-14T00:00:00+03:00", "2026-02-20T23:59:59+03:00"),
        (.untilDayOfMonth(20), "2026-01-25T00:00:00+03:00", "2026-02-20T23:59:59+03:00"),
        (.untilDayOfMonth(31), "2026-02-10T00:00:00+03:00", "2026-02-28T23:59:59+03:00"),
        (.untilDayOfMonth(20, months: 3), "2026-01-25T00:00:00+03:00", "2026-04-20T23:59:59+03:00"),
    ])
    func endsByTheClockOnTheWall(validity: Validity, start: String, end: String) throws {
        let start = try #require(Timestamp(start))
        #expect(validity.end(from: start, in: Self.kampala) == Timestamp(end))
    }

    /// Clocks go forward an hour on the first of March 2026.
    private struct Spring: ZoneOffsetCalendar {
        func secondsFromUTC(at instant: Timestamp) -> Int { instant.secondsSince1970 < 1_772_326_800 ? 0 : 3600 }
    }

    @Test func aDayWithAChangeOfTheClockIsADay() throws {
        let start = try #require(Timestamp("2026-02-28T12:00:00Z"))
        #expect(Validity.days(1).end(from: start, in: Spring()) - start == .seconds(23 * 3600))
        #expect(Validity.elapsed(.seconds(86_400)).end(from: start, in: Spring()) - start == .seconds(86_400))
        // Half past one does not exist on that day: the first instant after the gap.
        let gap = try #require(Timestamp("2026-02-28T01:30:00Z"))
        #expect(Validity.days(1).end(from: gap, in: Spring()) == Timestamp("2026-03-01T01:00:00Z"))
    }

    @Test(arguments: 1...31, [1, 2, 3, 12])
    func theDayOfTheMonthLiesSevenToThirtyFiveDaysAwayForEachMonth(day: Int, months: Int) {
        let validity = Validity.untilDayOfMonth(day, months: months)
        for offset in 0..<1500 {
            let start = Timestamp(secondsSince1970: Int64(offset) * 86_400 + 1_767_225_600)
            let end = validity.end(from: start, in: FixedOffsetCalendar.utc)
            let local = FixedOffsetCalendar.utc.local(end)
            let days = local.date.days(since: FixedOffsetCalendar.utc.date(start))
            #expect(days >= 7 * months)
            #expect(days <= 35 * months + (months == 1 ? 2 : 0))
            #expect(local.time == .lastSecond)
            #expect(local.date.day == min(day, LocalDate.days(inMonth: local.date.month, year: local.date.year)))
            #expect(end - start <= validity.longest)
        }
    }

    @Test func noPeriodIsLongerThanItsLongest() {
        var random = SplitMix64(seed: 11)
        for _ in 0..<5000 {
            let count = Int.random(in: 1...1200, using: &random)
            let start = Timestamp(secondsSince1970: Int64.random(in: 0...4_000_000_000, using: &random))
            for validity in [Validity.days(count), .weeks(count), .months(count), .elapsed(.seconds(count))] {
                let end = validity.end(from: start, in: Spring())
                #expect(end > start)
                #expect(end - start <= validity.longest)
                #expect(Validity(validity.description) == validity)
            }
        }
    }

    @Test(arguments: [
        Validity.elapsed(.zero), .elapsed(.seconds(-1)), .elapsed(.seconds(4_000_000_000)), .days(0), .days(36_601),
        .weeks(-1), .weeks(.max), .months(0), .months(.min), .untilDayOfMonth(0), .untilDayOfMonth(32),
        .untilDayOfMonth(20, months: 0), .untilDayOfMonth(20, months: 1201),
        .untilDayOfMonth(.max, months: .max), .days(.min),
    ])
    func periodsOutOfRangeAreRefusedAndNeverTrap(validity: Validity) {
        let error = #expect(throws: DomainError.self) {
            try VoucherTerms(validityPeriod: validity, price: .zero(.ugx))
        }
        #expect(error?.field == "validity")
        _ = validity.longest
        for start in [Timestamp(microsecondsSince1970: .min), Samples.start, Timestamp(microsecondsSince1970: .max)] {
            _ = validity.end(from: start, in: FixedOffsetCalendar.utc)
        }
        #expect(Validity(validity.description) == validity)
    }

    @Test(arguments: ["", "days", "1 hours", "x days", "1 x-day-", "1 x-day-x", "1  days", "1 days "])
    func nothingElseIsRead(text: String) {
        #expect(Validity(text) == nil)
    }

    @Test func aFixedTimeIsAlsoADuration() throws {
        let fixed = try VoucherTerms(validity: .seconds(60), price: .zero(.ugx))
        #expect(fixed.validityPeriod == .elapsed(.seconds(60)))
        #expect(fixed.validity == .seconds(60))
        let month = try VoucherTerms(validityPeriod: .months(1), price: .zero(.ugx))
        #expect(month.validity == nil)
        #expect(month.routerUptimeLimit == .seconds(32 * 86_400))
        #expect(throws: DomainError.self) {
            try VoucherTerms(validity: .seconds(1), validityPeriod: .days(1), price: .zero(.ugx))
        }
    }
}
