import BillingDomain
import Foundation
import TestSupport
import Testing

@Suite("Instants")
struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01T00:00:00Z", Int64(0)),
        ("2026-11-20T22:48:09Z", 1_795_214_889_000_000),
        ("2024-02-29T23:59:59.5Z", 1_709_251_199_500_000),
        ("2000-02-29T00:00:00Z", 951_782_400_000_000),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("2026-03-01T02:00:00+03:00", 1_772_319_600_000_000),
        ("2026-02-28T18:00:00-05:00", 1_772_319_600_000_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000),
        ("2026-01-01 00:00:00.1234567Z", 1_767_225_600_123_456),
        ("0001-01-01T00:00:00Z", -62_135_596_800_000_000),
    ])
    func isoTextIsRead(text: String, microseconds: Int64) {
        #expect(Timestamp(text)?.microsecondsSince1970 == microseconds)
    }

    @Test(arguments: [
        "", "2026-11-20", "2026-11-20T22:48Z", "2026-11-20T22:48:09", "2026-13-01T00:00:00Z", "2026-00-01T00:00:00Z",
        "2026-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2026-04-31T00:00:00Z", "2026-01-00T00:00:00Z",
        "2026-01-01T24:00:00Z", "2026-01-01T00:60:00Z", "2026-01-01T00:00:61Z", "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00+0300", "2026-01-01T00:00:00+24:00", "2026-01-01T00:00:00Zx", "26-01-01T00:00:00Z",
        "２026-01-01T00:00:00Z",
    ])
    func anythingElseIsNil(text: String) {
        #expect(Timestamp(text) == nil)
    }

    @Test func writingAndReadingGiveTheSameInstant() throws {
        var generator = SplitMix64(seed: 1)
        let range: ClosedRange<Int64> = -62_167_219_200_000_000...253_402_300_799_999_999
        for _ in 0..<5000 {
            let instant = Timestamp(microsecondsSince1970: .random(in: range, using: &generator))
            #expect(Timestamp(instant.description) == instant)
        }
    }

    @Test func everyDayOfFourCenturiesIsWhatTheSystemCalendarSays() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for day in stride(from: 0, to: 146_097, by: 13) {
            let seconds = Int64(day) * 86_400
            let parts = calendar.dateComponents(
                [.year, .month, .day],
                from: Date(timeIntervalSince1970: TimeInterval(seconds))
            )
            let text = Timestamp(secondsSince1970: seconds).description
            let date = String(format: "%04d-%02d-%02d", parts.year ?? 0, parts.month ?? 0, parts.day ?? 0)
            #expect(text == date + "T00:00:00Z")
        }
    }

    @Test(arguments: [("2023", 28), ("2024", 29), ("1900", 28), ("2000", 29), ("2100", 28)])
    func februaryHasItsDays(year: String, days: Int) throws {
        let last = try #require(Timestamp("\(year)-02-\(days)T12:00:00Z"))
        #expect((last + .seconds(86_400)).description == "\(year)-03-01T12:00:00Z")
    }

    @Test func aMonthEndIsFollowedByTheFirst() throws {
        for (last, next) in [
            ("2026-01-31", "2026-02-01"), ("2026-03-31", "2026-04-01"), ("2026-04-30", "2026-05-01"),
            ("2026-12-31", "2027-01-01"),
        ] {
            let instant = try #require(Timestamp("\(last)T23:59:59Z"))
            #expect((instant + .seconds(1)).description == "\(next)T00:00:00Z")
        }
    }

    @Test func arithmeticSaturates() {
        let last = Timestamp(microsecondsSince1970: .max)
        let first = Timestamp(microsecondsSince1970: .min)
        #expect(last + .seconds(1) == last)
        #expect(first - .seconds(1) == first)
        #expect(first + .seconds(Int64.max) == last || first + .seconds(Int64.max) > first)
        #expect(last - first == .microseconds(Int64.max))
        #expect(Timestamp(secondsSince1970: .max) == last)
        #expect(Timestamp(microsecondsSince1970: -1).secondsSince1970 == -1)
        #expect(first.description.hasPrefix("-"))
        #expect(last.description.hasPrefix("+"))
    }
}
