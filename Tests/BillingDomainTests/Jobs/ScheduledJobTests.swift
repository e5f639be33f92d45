import BillingDomain
import Testing

@Suite("Background jobs")
struct ScheduledJobTests {
    private let calendar = FixedOffsetCalendar(seconds: 3 * 3600)
    private let time = LocalTime(secondOfDay: 86_100)

    private func instant(_ month: Int, _ day: Int, _ seconds: Int = 0) throws -> Timestamp {
        let date = try #require(LocalDate(year: 2026, month: month, day: day))
        return calendar.instant(LocalDateTime(date, LocalTime(secondOfDay: seconds)))
    }

    private func job(_ schedule: JobSchedule, _ catchUp: ScheduledJob.CatchUp = .latest, from: Timestamp)
        -> ScheduledJob
    {
        ScheduledJob(
            id: Samples.id(1),
            tenant: Samples.id(1),
            name: "report.daily",
            schedule: schedule,
            catchUp: catchUp,
            createdAt: from
        )
    }

    @Test(arguments: ["every 300", "daily 23:55:00", "weekly 1 08:00:00", "monthly 31 00:00:00"])
    func aScheduleIsReadAsItIsWritten(text: String) {
        #expect(JobSchedule(text).flatMap { JobSchedule($0.description) } == JobSchedule(text))
        #expect(JobSchedule(text) != nil)
    }

    @Test(arguments: [
        "", "every", "every 0", "every -5", "daily 25:00", "weekly 9 08:00:00", "monthly 32 00:00:00", "now",
    ])
    func nothingElseIsASchedule(text: String) { #expect(JobSchedule(text) == nil) }

    @Test func theDailyReportIsDueAtItsTimeInTheTenantsZone() throws {
        let schedule = JobSchedule.daily(time)
        #expect(schedule.next(after: try instant(3, 1), in: calendar) == (try instant(3, 1, 86_100)))
        #expect(schedule.next(after: try instant(3, 1, 86_100), in: calendar) == (try instant(3, 2, 86_100)))
    }

    @Test func aMonthThatIsTooShortIsDueOnItsLastDay() throws {
        let schedule = JobSchedule.monthly(day: 31, .midnight)
        #expect(schedule.next(after: try instant(1, 31), in: calendar) == (try instant(2, 28)))
        #expect(schedule.next(after: try instant(2, 28), in: calendar) == (try instant(3, 31)))
    }

    @Test func missedRunsAreMadeUpForAsTheJobSays() throws {
        let from = try instant(3, 1)
        let now = try instant(3, 5)
        let nights = try (1...4).map { try instant(3, $0, 86_100) }
        #expect(job(.daily(time), .each, from: from).due(at: now, in: calendar) == nights)
        #expect(job(.daily(time), .latest, from: from).due(at: now, in: calendar) == [nights[3]])
        #expect(job(.daily(time), .none, from: from).due(at: now, in: calendar) == [nights[3]])
        #expect(job(.daily(time), .none, from: from).due(at: now + .seconds(1), in: calendar).isEmpty)
        #expect(job(.daily(time), .each, from: from).due(at: try instant(3, 1, 86_099), in: calendar).isEmpty)
    }

    @Test func whatWasHandledIsNotDueAgainAndAYearsAbsenceIsNoFlood() throws {
        var job = job(.daily(time), .each, from: Samples.start)
        let now = Samples.start + .seconds(400 * 86_400)
        var runs = 0
        while let last = job.due(at: now, in: calendar).last {
            runs += job.due(at: now, in: calendar).count
            #expect(job.due(at: now, in: calendar).count <= ScheduledJob.longestCatchUp)
            job.handle(until: last)
        }
        #expect(runs == 400)
        job.handle(until: Samples.start)
        #expect(job.due(at: now, in: calendar).isEmpty)
        let busy = self.job(.every(seconds: 30), from: Samples.start)
        #expect(busy.due(at: now, in: calendar) == [now])
    }

    @Test func whatFallsDueDuringAPauseIsLetGo() throws {
        var job = job(.daily(time), .each, from: try instant(3, 1))
        job.pause()
        #expect(job.nextDue(in: calendar) == nil)
        #expect(job.due(at: try instant(3, 9), in: calendar).isEmpty)
        job.resume(at: try instant(3, 9))
        #expect(job.due(at: try instant(3, 9), in: calendar).isEmpty)
        #expect(job.nextDue(in: calendar) == (try instant(3, 9, 86_100)))
    }

    @Test func aRunEndsUnderItsTermAndIsTriedThreeTimes() throws {
        var run = JobRun(
            id: Samples.id(1),
            tenant: Samples.id(1),
            job: Samples.id(1),
            dueAt: Samples.start,
            term: 4,
            createdAt: Samples.start
        )
        #expect(throws: DomainError.self) { try run.succeed(term: 3, at: Samples.start) }
        #expect(throws: DomainError.self) { try run.abandon(term: 4, at: Samples.start) }
        #expect(throws: DomainError.self) { try run.retry(term: 4, at: Samples.start) }
        try run.abandon(term: 5, at: Samples.start)
        #expect(throws: DomainError.self) { try run.retry(term: 3, at: Samples.start) }
        try run.retry(term: 5, at: Samples.start)
        try run.fail("no store", term: 5, at: Samples.start)
        try run.retry(term: 5, at: Samples.start)
        var other = run
        try other.succeed(term: 5, at: Samples.start)
        #expect(throws: DomainError.self) { try other.fail("late", term: 5, at: Samples.start) }
        #expect(throws: DomainError.self) { try other.retry(term: 5, at: Samples.start) }
        try run.fail("no store", term: 5, at: Samples.start)
        #expect(throws: DomainError.self) { try run.retry(term: 5, at: Samples.start) }
        #expect(run.attempts == JobRun.mostAttempts)
    }

    @Test func onlyOneLeadsAndATermIsFenced() throws {
        let now = Samples.start
        var first = try #require(LeaderTerm.elect("a", after: nil, at: now))
        #expect(first.number == 1)
        #expect(LeaderTerm.elect("b", after: first, at: now + .seconds(14)) == nil)
        try first.renew("a", number: 1, at: now + .seconds(14))
        #expect(throws: DomainError.self) { try first.renew("b", number: 1, at: now + .seconds(15)) }
        #expect(throws: DomainError.self) { try first.renew("a", number: 2, at: now + .seconds(15)) }
        #expect(throws: DomainError.self) { try first.renew("a", number: 1, at: now + .seconds(29)) }
        let second = try #require(LeaderTerm.elect("b", after: first, at: now + .seconds(29)))
        #expect(second.number == 2)
        try first.resign("a", number: 1, at: now + .seconds(15))
        #expect(LeaderTerm.elect("b", after: first, at: now + .seconds(15))?.number == 2)
        let wrong = LeaderTerm(number: 9, owner: "x", electedAt: now, until: now + .seconds(86_400))
        #expect(LeaderTerm.elect("b", after: wrong, at: now)?.number == 10)
    }

    @Test(arguments: [(0, true), (11, true), (12, false), (-1, false)])
    func aLeaderDistrustsItsTermBeforeItEnds(seconds: Int64, isTrusted: Bool) {
        #expect(LeaderTerm.trusts(since: Samples.start, now: Samples.start + .seconds(seconds)) == isTrusted)
    }
}
