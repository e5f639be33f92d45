import BillingDomain
import TestSupport
import Testing

@Suite("A billing cycle")
struct CycleScheduleTests {
    static let cycles: [BillingCycle] = [
        .days(1), .days(30), .weeks(1), .weeks(2), .months(1), .months(3), .months(12),
        .dayOfMonth(20, everyMonths: 1), .dayOfMonth(31, everyMonths: 1), .dayOfMonth(1, everyMonths: 2),
    ]

    /// Every zone × every day of the month × every cycle, at the hours at which clocks change: no period is missing or
    /// double, each begins where the wall says, and an anchor's day comes back after every short month.
    @Test(arguments: TransitionCalendar.all, cycles)
    func periodsLieEndToEndInEveryZoneOnEveryDay(calendar: TransitionCalendar, cycle: BillingCycle) throws {
        for day in 1...31 {
            for hour in [0, 2] {
                let date = try #require(LocalDate(year: 2024, month: 1, day: day))
                let time = try #require(LocalTime(hour: hour, minute: 30))
                let schedule = CycleSchedule(anchor: LocalDateTime(date, time), cycle: cycle)
                var previous = schedule.period(0, in: calendar)
                #expect(previous.lowerBound == calendar.instant(schedule.anchor))
                for number in Int64(1)...30 {
                    let period = schedule.period(number, in: calendar)
                    #expect(period.lowerBound == previous.upperBound)
                    #expect(!period.isEmpty)
                    let boundary = schedule.boundary(number)
                    #expect(boundary.date == Self.expected(cycle, from: date, number: number))
                    #expect(schedule.periodNumber(at: period.lowerBound, in: calendar) == number)
                    #expect(schedule.periodNumber(at: period.upperBound - .microseconds(1), in: calendar) == number)
                    previous = period
                }
            }
        }
    }

    /// Zones with odd clocks, and a year in which they were odd: a day skipped (Apia), half an hour of summer time (Lord
    /// Howe), 45 minutes (Chatham, Kathmandu), two hours (Troll), changes at midnight (São Paulo, Santiago, Cairo, Beirut,
    /// Havana), summer time that is the standard (Dublin), Ramadan (Casablanca), halves without (Kolkata) and with it
    /// (St John's, Adelaide), and the ends of the day line (Kiritimati, Niue).
    static let oddZones: [(name: String, year: Int)] = [
        ("Pacific/Apia", 2011), ("Australia/Lord_Howe", 2024), ("America/Sao_Paulo", 2018),
        ("Pacific/Kiritimati", 2024),
        ("Pacific/Chatham", 2025), ("Asia/Kathmandu", 2024), ("Antarctica/Troll", 2025), ("America/Santiago", 2025),
        ("Africa/Cairo", 2025), ("Asia/Beirut", 2026), ("America/Havana", 2026), ("Europe/Dublin", 2024),
        ("Africa/Casablanca", 2025), ("Asia/Kolkata", 2024), ("America/St_Johns", 2025), ("Australia/Adelaide", 2026),
        ("Pacific/Niue", 2024), ("America/New_York", 2027), ("Europe/Kyiv", 2025), ("Asia/Tehran", 2022),
    ]

    @Test(
        "periods lie end to end where clocks are odd, by the zones that this machine knows",
        arguments: oddZones,
        [BillingCycle.days(1), .weeks(1), .months(1), .dayOfMonth(31, everyMonths: 1)]
    )
    func periodsLieEndToEndWhereClocksAreOdd(zone: (name: String, year: Int), cycle: BillingCycle) throws {
        let calendar = ZoneCalendar(zone.name)
        // Of days there are enough to meet every change of the year.
        let count: Int64 = cycle == .days(1) ? 400 : cycle == .weeks(1) ? 60 : 14
        for day in cycle == .days(1) ? [1] : Array(1...31) {
            for hour in [0, 2] {
                let date = try #require(LocalDate(year: zone.year, month: 1, day: day))
                let time = try #require(LocalTime(hour: hour, minute: 15))
                let schedule = CycleSchedule(anchor: LocalDateTime(date, time), cycle: cycle)
                var previous = schedule.period(0, in: calendar)
                for number in Int64(1)...count {
                    let period = schedule.period(number, in: calendar)
                    let boundary = schedule.boundary(number)
                    #expect(period.lowerBound == previous.upperBound)
                    #expect(boundary.date == Self.expected(cycle, from: date, number: number))
                    // The wall shows the boundary, or it skipped it and shows what came after.
                    let shown = calendar.local(period.lowerBound)
                    let isSkipped = shown != boundary
                    #expect(
                        !isSkipped || (shown > boundary && calendar.local(period.lowerBound - .seconds(1)) < boundary)
                    )
                    #expect(!period.isEmpty || zone.name == "Pacific/Apia")
                    previous = period
                }
            }
        }
    }

    @Test("every odd zone is known to this machine", arguments: oddZones.map(\.name))
    func everyOddZoneIsKnown(name: String) { #expect(ZoneCalendar.isKnown(name)) }

    /// The same boundaries, counted month by month with a plain calendar.
    private static func expected(_ cycle: BillingCycle, from date: LocalDate, number: Int64) -> LocalDate? {
        func month(_ ahead: Int, day: Int) -> LocalDate? {
            let ordinal = date.year * 12 + date.month - 1 + ahead
            let (year, month) = (ordinal / 12, ordinal % 12 + 1)
            return LocalDate(year: year, month: month, day: min(day, LocalDate.days(inMonth: month, year: year)))
        }
        switch cycle {
        case .days(let count): return date.adding(days: number * Int64(count))
        case .weeks(let count): return date.adding(days: number * 7 * Int64(count))
        case .months(let count): return month(Int(number) * count, day: date.day)
        case .dayOfMonth(let day, let count):
            let first = (0...12).first { ahead in
                (month(ahead, day: day)?.days(since: date) ?? 0) >= 7 * Int64(count)
            }
            return month((first ?? 0) + (Int(number) - 1) * count, day: day)
        }
    }

    @Test(arguments: [
        ("2026-01-31T10:00:00", ["2026-02-28", "2026-03-31", "2026-04-30", "2026-05-31"]),
        ("2024-01-30T10:00:00", ["2024-02-29", "2024-03-30", "2024-04-30", "2024-05-30"]),
        ("2023-12-31T10:00:00", ["2024-01-31", "2024-02-29", "2024-03-31", "2024-04-30"]),
    ])
    func theEndOfAMonthDoesNotDrift(anchor: String, dates: [String]) throws {
        let schedule = CycleSchedule(anchor: try #require(LocalDateTime(anchor)), cycle: .monthly)
        #expect((1...4).map { schedule.boundary($0).date.description } == dates)
    }

    @Test func aFixedDayTooNearIsThatOfTheNextMonth() throws {
        let cycle = BillingCycle.dayOfMonth(20, everyMonths: 1)
        for (from, first) in [
            ("2026-03-13T09:00:00", "2026-03-20"), ("2026-03-14T09:00:00", "2026-04-20"),
            ("2026-03-20T09:00:00", "2026-04-20"), ("2026-03-21T09:00:00", "2026-04-20"),
        ] {
            let schedule = CycleSchedule(anchor: try #require(LocalDateTime(from)), cycle: cycle)
            #expect(schedule.boundary(1) == LocalDateTime(try #require(LocalDate(first))))
        }
    }

    @Test func aMonthlyPeriodKeepsItsTimeOfDayAcrossClockChanges() throws {
        let anchor = try #require(LocalDateTime("2025-03-15T09:00:00"))
        let schedule = CycleSchedule(anchor: anchor, cycle: .monthly)
        let period = schedule.period(0, in: TransitionCalendar.london)
        #expect(period.upperBound - period.lowerBound == .seconds(31 * 86_400 - 3600))
        #expect(TransitionCalendar.london.local(period.upperBound).time == anchor.time)
    }

    @Test(arguments: CycleScheduleTests.cycles)
    func aCycleReadsWhatItWrites(cycle: BillingCycle) {
        #expect(BillingCycle(cycle.description) == cycle)
    }

    @Test(arguments: [
        "", "d", "0d", "3661d", "521w", "121m", "0/1m", "32/1m", "1/1d", "30", "-1d", "1/2/3m", "1h", "10000000000d",
    ])
    func aCycleOutOfRangeIsRefused(text: String) {
        #expect(BillingCycle(text) == nil)
    }

    @Test(arguments: CycleScheduleTests.cycles, [Int64.max, .min, -1, 1_000_000_000])
    func absurdNumbersDoNotTrap(cycle: BillingCycle, number: Int64) throws {
        let schedule = CycleSchedule(anchor: try #require(LocalDateTime("2026-01-31T10:00:00")), cycle: cycle)
        let period = schedule.period(number, in: TransitionCalendar.newYork)
        #expect(period.lowerBound <= period.upperBound)
        _ = schedule.periodNumber(at: Timestamp(microsecondsSince1970: number), in: FixedOffsetCalendar.utc)
        let wild = CycleSchedule(anchor: schedule.anchor, cycle: .dayOfMonth(.max, everyMonths: .min))
        #expect(wild.boundary(2) >= wild.anchor)
    }
}
