import BillingDomain
import Testing

@Suite("An access schedule")
struct AccessScheduleTests {
    @Test(arguments: [
        // 2 March 2026 is a Monday.
        ("2026-03-02 07:59:59", false), ("2026-03-02 08:00:00", true), ("2026-03-02 11:59:59", true),
        ("2026-03-02 12:00:00", false), ("2026-03-03 09:00", false), ("2026-03-07 21:59", false),
        ("2026-03-07 22:00", true), ("2026-03-08 01:59:59", true), ("2026-03-08 02:00", false),
        ("2026-03-08 22:30", false),
    ])
    func allowsUseInItsWindowsAlsoAcrossMidnight(local: String, isAllowed: Bool) throws {
        let schedule = try #require(AccessSchedule("mon 08:00-12:00; sat 22:00-02:00"))
        #expect(schedule.allows(try #require(LocalDateTime(local))) == isAllowed)
    }

    @Test func isJudgedByTheShopsClock() throws {
        let schedule = try #require(AccessSchedule("mon 08:00-12:00"))
        let instant = try #require(Timestamp("2026-03-02T06:00:00Z"))
        #expect(schedule.allows(instant, in: FixedOffsetCalendar(seconds: 3 * 3600)))
        #expect(!schedule.allows(instant, in: FixedOffsetCalendar.utc))
    }

    @Test func equalTimesAreAWholeDay() throws {
        let schedule = try #require(AccessSchedule("fri 06:00-06:00"))
        #expect(schedule.allows(try #require(LocalDateTime("2026-03-07 05:59:59"))))
        #expect(!schedule.allows(try #require(LocalDateTime("2026-03-07 06:00:00"))))
    }

    @Test func isReadAsItIsWritten() throws {
        let text = "mon,tue 08:00:00-12:00:00; sat 22:00:00-02:00:00"
        #expect(AccessSchedule(text)?.description == text)
        #expect(AccessSchedule("")?.windows.isEmpty == true)
        for wrong in ["mon", "mon 08:00", "xyz 08:00-09:00", "mon 8-9", "mon, 08:00-09:00", "mon 08:00-09:00-10:00"] {
            #expect(AccessSchedule(wrong) == nil)
        }
        #expect(throws: DomainError.self) {
            try AccessSchedule(Array(repeating: .init([.monday], from: .midnight, to: .midnight), count: 101))
        }
    }
}
