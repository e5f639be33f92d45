import BillingDomain
import TestSupport
import Testing

@Suite("A business calendar")
struct BusinessCalendarTests {
    @Test(arguments: [
        (TransitionCalendar.kampala, "2026-01-01T00:00:00", "2025-12-31T21:00:00Z"),
        (.kathmandu, "2026-01-01T00:00:00", "2025-12-31T18:15:00Z"),
        (.london, "2025-06-01T12:00:00", "2025-06-01T11:00:00Z"),
        // Gaps: the first instant after them.
        (.london, "2025-03-30T01:00:00", "2025-03-30T01:00:00Z"),
        (.london, "2025-03-30T01:59:59", "2025-03-30T01:00:00Z"),
        (.london, "2025-03-30T02:00:00", "2025-03-30T01:00:00Z"),
        (.london, "2025-03-30T00:59:59", "2025-03-30T00:59:59Z"),
        (.newYork, "2025-03-09T02:30:00", "2025-03-09T07:00:00Z"),
        (.lordHowe, "2025-10-05T02:10:00", "2025-10-04T15:30:00Z"),
        (.cairo, "2025-04-25T00:00:00", "2025-04-24T22:00:00Z"),
        (.cairo, "2025-04-25T00:30:00", "2025-04-24T22:00:00Z"),
        (.apia, "2011-12-30T00:00:00", "2011-12-30T10:00:00Z"),
        (.apia, "2011-12-30T23:59:59", "2011-12-30T10:00:00Z"),
        (.apia, "2011-12-31T00:00:00", "2011-12-30T10:00:00Z"),
        (.apia, "2011-12-29T23:59:59", "2011-12-30T09:59:59Z"),
        // Overlaps: the earlier instant.
        (.london, "2025-10-26T01:00:00", "2025-10-26T00:00:00Z"),
        (.london, "2025-10-26T01:59:59", "2025-10-26T00:59:59Z"),
        (.london, "2025-10-26T02:00:00", "2025-10-26T02:00:00Z"),
        (.newYork, "2025-11-02T01:30:00", "2025-11-02T05:30:00Z"),
        (.lordHowe, "2025-04-06T01:45:00", "2025-04-05T14:45:00Z"),
        (.cairo, "2025-10-30T23:30:00", "2025-10-30T20:30:00Z"),
    ])
    func aLocalTimeIsOneInstant(calendar: TransitionCalendar, local: String, utc: String) throws {
        #expect(calendar.instant(try #require(LocalDateTime(local))).description == utc)
    }

    @Test(arguments: TransitionCalendar.all)
    func everyInstantComesBackUnlessItsLocalTimeOccursTwice(calendar: TransitionCalendar) {
        var random = SplitMix64(seed: 7)
        for _ in 0..<5000 {
            let instant = Timestamp(secondsSince1970: Int64.random(in: 1_675_000_000...1_796_000_000, using: &random))
            let local = calendar.local(instant)
            let back = calendar.instant(local)
            #expect(calendar.local(back) == local)
            #expect(back == instant || instant - back == .seconds(3600) || instant - back == .seconds(1800))
        }
    }

    @Test(arguments: TransitionCalendar.all)
    func daysOfAYearLieEndToEnd(calendar: TransitionCalendar) throws {
        let year = DateRange(from: try #require(LocalDate("2025-01-01")), days: 365)
        var total = Duration.zero
        var next = calendar.startOfDay(year.start)
        for offset in 0..<year.days {
            let day = calendar.instants(of: year.start.adding(days: offset))
            #expect(day.lowerBound == next)
            let length = day.upperBound - day.lowerBound
            #expect([23, 23.5, 24, 24.5, 25].contains(length / .seconds(3600)))
            #expect(calendar.date(day.lowerBound) == year.start.adding(days: offset))
            #expect(calendar.date(day.upperBound - .microseconds(1)) == year.start.adding(days: offset))
            total += length
            next = day.upperBound
        }
        let whole = calendar.instants(of: year)
        #expect(whole.upperBound == next)
        #expect(total == whole.upperBound - whole.lowerBound)
    }

    @Test func aDayThatWasSkippedHasNoInstants() throws {
        #expect(TransitionCalendar.apia.instants(of: try #require(LocalDate("2011-12-30"))).isEmpty)
    }

    @Test(arguments: [Timestamp(microsecondsSince1970: .max), Timestamp(microsecondsSince1970: .min)])
    func theEndsOfTimeDoNotTrap(instant: Timestamp) {
        for offset in [-200_000, -43_200, 0, 50_400, 200_000] {
            let calendar = FixedOffsetCalendar(seconds: offset)
            #expect(abs(calendar.seconds) < 86_400)
            let back = calendar.instant(calendar.local(instant))
            #expect((back - instant) / .seconds(1) < 2)
        }
        let first = TransitionCalendar.london.startOfDay(.earliest)
        #expect(first < TransitionCalendar.london.startOfDay(.latest))
    }
}
