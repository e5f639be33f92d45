import RouterOSProtocol

extension SimulatedRouter {
    private static let clockMenu = "/system/clock"

    /// The zone the clock shows; UTC for a name that is not known.
    var timeZone: TimeZoneRule {
        setting("time-zone-name", of: Self.clockMenu).flatMap { TimeZoneRule.named[$0.description] } ?? .utc
    }

    /// What the clock shows, as a date and a time of day in its zone.
    var localTime: LocalDateTime? { local(clock.seconds(at: now)) }

    /// What the clock shows, as the release writes a moment: `2026-11-21 08:30:00`, before 7.10 `nov/21/2026 08:30:00`.
    var dateTime: WireText { text(localTime) }

    /// A time since 1970 in the zone of the clock.
    func local(_ seconds: Int64) -> LocalDateTime? {
        LocalDateTime(secondsSince1970: seconds, offset: timeZone.offset(at: seconds))
    }

    /// The time since 1970 at which the clock shows something.
    func seconds(showing moment: LocalDateTime) -> Int64 { timeZone.seconds(showing: moment) }

    /// A moment as the release writes it.
    func text(_ moment: LocalDateTime?) -> WireText { WireText(moment?.text(release.dateStyle) ?? "") }

    /// When the clock will show a time, if it goes on as it does; now when it has shown it already.
    func moment(showing seconds: Int64) -> Duration {
        // The clock moves on at whole seconds.
        var moment = Duration.seconds(now.components.seconds)
        // A clock that runs too fast or too slow is not there yet, or beyond, after as many true seconds.
        for _ in 0..<8 {
            let missing = seconds.subtractingReportingOverflow(clock.seconds(at: moment)).partialValue
            if missing == 0 { break }
            moment += .seconds(missing)
        }
        return max(now, moment)
    }
}

extension RouterOSVersion {
    /// How it writes dates.
    var dateStyle: CalendarDate.Style { hasNumericDates ? .numeric : .named }
}

extension Behaviour {
    /// `/system/clock`.
    static let clock = Behaviour(
        refresh: { router in router.showClock() },
        verbs: ["set": { router, menu, request throws(Trap) in try router.setClock(menu, request) }]
    )
}

extension SimulatedRouter {
    fileprivate mutating func showClock() {
        guard let menu = menus[Self.clockMenu] else { return }
        let seconds = clock.seconds(at: now)
        let zone = timeZone
        let parts = dateTime.bytes.split(separator: UInt8(ascii: " ")).map { WireText($0) }
        let values: [(name: String, value: WireText)] = [
            ("date", parts.first ?? ""), ("time", parts.last ?? ""),
            ("gmt-offset", WireText(zone.offset(at: seconds).description)),
            ("dst-active", zone.isSummer(at: seconds) ? "true" : "false"),
        ]
        for (name, value) in values {
            if let column = menu.column(name) { settings[menu.path]?[column] = value }
        }
    }

    /// Somebody sets the clock, its zone or both: whoever writes a date or a time means what it is to show then.
    fileprivate mutating func setClock(_ menu: Menu, _ request: Request) throws(Trap) -> Answer {
        showClock()
        let answer = try set(menu, request)
        if request["date"] != nil || request["time"] != nil, let date = setting("date", of: menu.path),
            let time = setting("time", of: menu.path), let moment = LocalDateTime(routerOS: "\(date) \(time)")
        {
            if !clock.isSet { clock.set(at: now) }
            clock.jump(by: .seconds(seconds(showing: moment) - clock.seconds(at: now)))
        }
        clockJumped()
        return answer
    }

    /// What waits for the clock waits anew.
    mutating func clockJumped() {
        for row in tables["/system/scheduler"]?.rows ?? [] { schedule(row.id) }
    }
}
