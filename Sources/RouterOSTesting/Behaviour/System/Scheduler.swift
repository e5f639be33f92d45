import RouterOSProtocol

/// When a scheduler runs next.
struct ScheduledRun: Sendable {
    /// By the router's clock, in seconds since 1970.
    let time: Int64
    /// When the agenda looks at it.
    let moment: Duration
}

extension Behaviour {
    /// `/system/scheduler`.
    static let scheduler = Behaviour(
        refresh: { router in router.showNextRuns() },
        follow: { router, change in
            if change.kind == .removed { router.schedules[change.id] = nil } else { router.schedule(change.id) }
        },
        verbs: ["add": { router, menu, request throws(Trap) in try router.addScheduler(menu, request) }]
    )
}

extension SimulatedRouter {
    private static let schedulers = "/system/scheduler"

    private func column(_ name: String, of id: UInt64) -> WireText? { value(name, of: id, in: Self.schedulers) }

    /// A new scheduler belongs to whoever adds it, and begins now unless somebody says when.
    fileprivate mutating func addScheduler(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        let answer = try add(menu, request)
        guard let id = answer.returned.flatMap({ RowID.number($0) }) else { return answer }
        let parts = dateTime.bytes.split(separator: UInt8(ascii: " ")).map { WireText($0) }
        refresh(
            [
                "owner": request.caller.user ?? "admin",
                "start-date": column("start-date", of: id) ?? parts.first ?? "",
                "start-time": column("start-time", of: id) ?? parts.last ?? "",
            ],
            in: id,
            of: Self.schedulers
        )
        schedule(id)
        return answer
    }

    /// Works out when a scheduler runs next, and sees to it.
    mutating func schedule(_ id: UInt64) {
        guard column("disabled", of: id) != "true", let next = nextRun(of: id) else {
            schedules[id] = nil
            return
        }
        guard schedules[id]?.time != next || schedules[id]?.moment != moment(showing: next) else { return }
        let run = ScheduledRun(time: next, moment: max(moment(showing: next), now + .milliseconds(1)))
        schedules[id] = run
        agenda.enter(.scheduler(id), at: run.moment)
    }

    /// A scheduler's moment has come, unless it was changed meanwhile.
    mutating func runScheduler(_ id: UInt64) {
        guard let due = schedules[id], due.moment == now else { return }
        schedules[id] = nil
        if clock.seconds(at: now) >= due.time { start(id) }
        schedule(id)
    }

    private mutating func start(_ id: UInt64) {
        let count = column("run-count", of: id).flatMap { Magnitude.integer($0) } ?? 0
        refresh(["run-count": WireText(saturatingSum(count, 1))], in: id, of: Self.schedulers)
        runEvent(
            column("on-event", of: id) ?? "",
            name: column("name", of: id) ?? "",
            as: owner(column("owner", of: id), policies: column("policy", of: id))
        )
    }

    /// The schedulers whose moment is the start of the router.
    mutating func runStartupSchedulers() {
        for row in tables[Self.schedulers]?.rows ?? [] {
            if column("disabled", of: row.id) != "true", column("start-time", of: row.id) == "startup" { start(row.id) }
            schedule(row.id)
        }
    }

    /// The next time a scheduler runs by the router's clock, in seconds since 1970; nil when it never does again.
    private func nextRun(of id: UInt64) -> Int64? {
        let interval = Self.seconds(column("interval", of: id)) ?? 0
        let present = clock.seconds(at: now)
        let first: Int64
        if column("start-time", of: id) == "startup" {
            first = present - (now - bootedAt).components.seconds
            guard interval > 0 else { return nil }
        } else {
            guard let today = localTime?.date,
                let time = TimeOfDay(routerOS: column("start-time", of: id)?.description ?? "00:00:00"),
                let date = column("start-date", of: id).map({ CalendarDate(routerOS: $0.description) }) ?? today
            else { return nil }
            first = seconds(showing: LocalDateTime(date: date, time: time))
        }
        if first > present { return first }
        guard interval > 0 else { return nil }
        let (rounds, overflow) = ((present - first) / interval + 1).multipliedReportingOverflow(by: interval)
        let (next, overflows) = first.addingReportingOverflow(rounds)
        return overflow || overflows ? nil : next
    }

    /// Writes `next-run` in every row, as the release has it.
    fileprivate mutating func showNextRuns() {
        for row in tables[Self.schedulers]?.rows ?? [] {
            let text = schedules[row.id].flatMap { nextRunText($0.time) }
            guard text != column("next-run", of: row.id) else { continue }
            refresh(["next-run": text], in: row.id, of: Self.schedulers)
        }
    }

    /// Releases with named months leave out what is as today: `15:00:00`, `jan/03 15:00:00`, `jan/03/2027 15:00:00`.
    private func nextRunText(_ seconds: Int64) -> WireText? {
        guard let next = local(seconds) else { return nil }
        let whole = text(next)
        guard !release.hasNumericDates, let today = localTime?.date else { return whole }
        if next.date == today { return WireText(whole.bytes.suffix(8)) }
        guard next.date.year == today.year else { return whole }
        return WireText(whole.bytes.prefix(6) + whole.bytes.suffix(9))
    }
}
