import RouterOSProtocol

extension Behaviour {
    /// `/system/scheduler`.
    static let scheduler = Behaviour(
        refresh: { router in router.showNextRuns() },
        follow: { router, change in
            router.schedule(change.id)
        },
        verbs: ["add": { router, menu, request throws(Trap) in try router.addScheduler(menu, request) }]
    )
}

extension SimulatedRouter {
    private static let schedulers = "/system/scheduler"
    private static let day: Int64 = 86_400

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
        // The start of a router that is off sees to all of them.
        let isOn = !isDown && tables[Self.schedulers]?.row(id) != nil && column("disabled", of: id) != "true"
        schedules[id] = isOn ? nextRun(of: id) : nil
        guard let next = schedules[id] else { return agenda.remove(.scheduler(id)) }
        // Never at the same instant again, or time would stand still.
        agenda.enter(.scheduler(id), at: max(moment(showing: next), now + .milliseconds(1)))
    }

    /// A scheduler's moment has come.
    mutating func runScheduler(_ id: UInt64) {
        if let due = schedules[id], clock.seconds(at: now) >= due { start(id) }
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
        let present = clock.seconds(at: now)
        let days = Set((column("days", of: id)?.commaSeparated ?? []).compactMap { Weekday($0) })
        var interval = wholeSeconds(column("interval", of: id))
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
            if interval == 0, !days.isEmpty { interval = Self.day }
        }
        guard var next = run(from: first, every: interval, notBefore: present + 1) else { return nil }
        guard !days.isEmpty else { return next }
        // A month has every weekday at every time of day that an interval of whole days or less comes to.
        for _ in 0..<31 {
            guard let local = local(next) else { return nil }
            if days.contains(Weekday(local)) { return next }
            let tomorrow = next + Self.day - Int64(local.time.secondsSinceMidnight)
            guard let later = run(from: first, every: interval, notBefore: tomorrow) else { return nil }
            next = later
        }
        return nil
    }

    /// The first of the times that come after each interval from the first one on, but for those before a time.
    private func run(from first: Int64, every interval: Int64, notBefore time: Int64) -> Int64? {
        if first >= time { return first }
        guard interval > 0 else { return nil }
        let (rounds, overflow) = ((time - first - 1) / interval + 1).multipliedReportingOverflow(by: interval)
        let (next, overflows) = first.addingReportingOverflow(rounds)
        return overflow || overflows ? nil : next
    }

    /// An interval in seconds, of which a part counts as a whole one: the clock that schedulers look at has no parts.
    private func wholeSeconds(_ text: WireText?) -> Int64 {
        guard let interval = Self.duration(text) else { return 0 }
        let (seconds, attoseconds) = interval.components
        return seconds + (attoseconds > 0 ? 1 : 0)
    }

    /// Writes `next-run` in every row, as the release has it.
    fileprivate mutating func showNextRuns() {
        for row in tables[Self.schedulers]?.rows ?? [] {
            let text = schedules[row.id].flatMap { nextRunText($0) }
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
