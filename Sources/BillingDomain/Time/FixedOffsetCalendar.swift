/// The calendar of a zone whose clocks never change, such as Uganda's at +3 hours.
public struct FixedOffsetCalendar: ZoneOffsetCalendar, Hashable {
    /// The seconds that local clocks are ahead of UTC, within a day.
    public let seconds: Int

    /// The calendar of UTC.
    public static let utc = FixedOffsetCalendar(seconds: 0)

    /// Creates a calendar; an offset beyond ±86 399 seconds is clamped.
    public init(seconds: Int) { self.seconds = min(max(seconds, -86_399), 86_399) }

    /// The same offset at every instant.
    public func secondsFromUTC(at instant: Timestamp) -> Int { seconds }
}
