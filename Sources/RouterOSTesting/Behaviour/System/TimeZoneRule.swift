import RouterOSProtocol

/// How far a zone is ahead of UTC, in winter and in summer.
///
/// The rules are those of today; what a zone did in earlier years does not matter to a router that tells the present time.
struct TimeZoneRule: Sendable, Equatable {
    /// A day of the year and a time on it.
    struct Change: Sendable, Equatable {
        let month: Int
        /// Which one of its weekdays in the month; 5 for the last.
        let week: Int
        /// 0 is Sunday.
        let weekday: Int
        /// Days from there.
        var shift = 0
        let seconds: Int
    }

    /// When summer time begins and ends.
    struct Summer: Sendable, Equatable {
        let begins: Change
        let ends: Change
        /// Whether the times are UTC, rather than what clocks show until then.
        var isUTC = false
    }

    /// Seconds ahead of UTC in winter.
    let standard: Int
    var summer: Summer?

    static let utc = TimeZoneRule(standard: 0)

    /// How far ahead of UTC a clock is at a time since 1970.
    func offset(at seconds: Int64) -> GMTOffset {
        GMTOffset(seconds: standard + (isSummer(at: seconds) ? 3_600 : 0)) ?? .zero
    }

    func isSummer(at seconds: Int64) -> Bool {
        guard let summer, let base = GMTOffset(seconds: standard),
            let year = LocalDateTime(secondsSince1970: seconds, offset: base)?.date.year
        else { return false }
        let begins = moment(summer.begins, year, ahead: summer.isUTC ? 0 : standard)
        let ends = moment(summer.ends, year, ahead: summer.isUTC ? 0 : standard + 3_600)
        return begins < ends ? (begins..<ends).contains(seconds) : !(ends..<begins).contains(seconds)
    }

    /// The time since 1970 at which a clock shows something; in the hour that comes twice the first.
    func seconds(showing moment: LocalDateTime) -> Int64 {
        let early = moment.secondsSince1970(offset: GMTOffset(seconds: standard + 3_600) ?? .zero)
        if summer != nil, isSummer(at: early) { return early }
        return moment.secondsSince1970(offset: GMTOffset(seconds: standard) ?? .zero)
    }

    private func moment(_ change: Change, _ year: Int, ahead: Int) -> Int64 {
        guard let first = CalendarDate(year: year, month: change.month, day: 1) else { return .max }
        // 1 January 1970 was a Thursday.
        let weekday = ((first.daysSince1970 + 4) % 7 + 7) % 7
        var day = first.daysSince1970 + (change.weekday - weekday + 7) % 7 + 7 * (change.week - 1)
        if change.week == 5, CalendarDate(daysSince1970: day)?.month != change.month { day -= 7 }
        return Int64(day + change.shift) * 86_400 + Int64(change.seconds - ahead)
    }
}

extension TimeZoneRule.Summer {
    /// The rules by the names the table of zones gives them.
    static let named: [Substring: TimeZoneRule.Summer] = [
        "europe": .init(
            begins: .init(month: 3, week: 5, weekday: 0, seconds: 3_600),
            ends: .init(month: 10, week: 5, weekday: 0, seconds: 3_600),
            isUTC: true
        ),
        "moldova": .init(
            begins: .init(month: 3, week: 5, weekday: 0, seconds: 7_200),
            ends: .init(month: 10, week: 5, weekday: 0, seconds: 10_800)
        ),
        "egypt": .init(
            begins: .init(month: 4, week: 5, weekday: 5, seconds: 0),
            ends: .init(month: 10, week: 5, weekday: 4, seconds: 86_400)
        ),
        "lebanon": .init(
            begins: .init(month: 3, week: 5, weekday: 0, seconds: 0),
            ends: .init(month: 10, week: 5, weekday: 0, seconds: 0)
        ),
        "israel": .init(
            begins: .init(month: 3, week: 5, weekday: 0, shift: -2, seconds: 7_200),
            ends: .init(month: 10, week: 5, weekday: 0, seconds: 7_200)
        ),
        "america": .init(
            begins: .init(month: 3, week: 2, weekday: 0, seconds: 7_200),
            ends: .init(month: 11, week: 1, weekday: 0, seconds: 7_200)
        ),
        "australia": .init(
            begins: .init(month: 10, week: 1, weekday: 0, seconds: 7_200),
            ends: .init(month: 4, week: 1, weekday: 0, seconds: 10_800)
        ),
        "zealand": .init(
            begins: .init(month: 9, week: 5, weekday: 0, seconds: 7_200),
            ends: .init(month: 4, week: 1, weekday: 0, seconds: 10_800)
        ),
    ]
}
