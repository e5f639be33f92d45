/// The boundaries between the periods of a subscription.
///
/// Every boundary is computed from the anchor, never from the boundary before it: a subscription that began on the
/// 31st ends on 28 February and again on 31 March, and a clock change moves no later boundary.
public struct CycleSchedule: Hashable, Sendable {
    /// Where the first period begins, as the wall shows it.
    public let anchor: LocalDateTime

    /// How long a period lasts.
    public let cycle: BillingCycle

    /// Creates a schedule; numbers of the cycle outside their ranges count as the nearest end of the range.
    public init(anchor: LocalDateTime, cycle: BillingCycle) {
        self.anchor = anchor
        self.cycle = cycle
    }

    /// A boundary by its number: 0 is the anchor, 1 the end of the first period.
    ///
    /// Negative numbers count as 0.
    public func boundary(_ number: Int64) -> LocalDateTime {
        guard number > 0 else { return anchor }
        let date = anchor.date
        switch cycle {
        case .days(let count):
            return LocalDateTime(date.adding(days: number.saturatingMultiplied(by: clamp(count, 3660))), anchor.time)
        case .weeks(let count):
            let days = number.saturatingMultiplied(by: clamp(count, 520) * 7)
            return LocalDateTime(date.adding(days: days), anchor.time)
        case .months(let count):
            let months = number.saturatingMultiplied(by: clamp(count, 120))
            return LocalDateTime(date.adding(months: months), anchor.time)
        case .dayOfMonth(let day, let count):
            let months = clamp(count, 120)
            var first: Int64 = 0
            while first < 1200, date.adding(months: first, anchorDay: day).days(since: date) < 7 * months { first += 1 }
            let ahead = first.saturatingAdding((number - 1).saturatingMultiplied(by: months))
            return LocalDateTime(date.adding(months: ahead, anchorDay: day))
        }
    }

    /// The instant of a boundary.
    public func instant(_ number: Int64, in calendar: some BusinessCalendar) -> Timestamp {
        calendar.instant(boundary(number))
    }

    /// The instants of a period, the first of the next excluded; period 0 begins at the anchor.
    public func period(_ number: Int64, in calendar: some BusinessCalendar) -> Range<Timestamp> {
        let start = instant(number, in: calendar)
        return start..<max(start, instant(number.saturatingAdding(1), in: calendar))
    }

    /// The number of the period that an instant lies in; 0 before the anchor.
    public func periodNumber(at instant: Timestamp, in calendar: some BusinessCalendar) -> Int64 {
        // No cycle is shorter than a day, so a day count bounds the number.
        var low: Int64 = 0
        var high = max(1, calendar.date(instant).days(since: anchor.date).saturatingAdding(2))
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if self.instant(middle, in: calendar) <= instant { low = middle } else { high = middle }
        }
        return low
    }

    private func clamp(_ count: Int, _ most: Int) -> Int64 { Int64(min(max(count, 1), most)) }
}
