/// The calendar that business days follow: it turns instants into local times and back.
///
/// Fractions of a second are dropped on the way to a local time.
public protocol BusinessCalendar: Sendable {
    /// What calendar and clock on the wall show at an instant.
    func local(_ instant: Timestamp) -> LocalDateTime

    /// The instant at which calendar and clock on the wall show a local time.
    ///
    /// A local time that does not exist is the first instant after the gap; one that occurs twice is the earlier.
    func instant(_ local: LocalDateTime) -> Timestamp
}

extension BusinessCalendar {
    /// The day that an instant lies in.
    public func date(_ instant: Timestamp) -> LocalDate { local(instant).date }

    /// The first instant of a day.
    public func startOfDay(_ date: LocalDate) -> Timestamp { instant(LocalDateTime(date)) }

    /// The instants of a day, the first of the next excluded: 23, 24 or 25 hours as a rule, none on a day skipped.
    public func instants(of date: LocalDate) -> Range<Timestamp> {
        let start = startOfDay(date)
        return start..<max(start, startOfDay(date.adding(days: 1)))
    }

    /// The instants of a range of days.
    public func instants(of days: DateRange) -> Range<Timestamp> {
        let start = startOfDay(days.start)
        return start..<max(start, startOfDay(days.end))
    }
}
