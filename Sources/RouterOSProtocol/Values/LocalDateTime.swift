/// A date and a time by the router's own clock, which carries no zone: `1970-01-02 00:00:00`.
///
/// To make an instant of it, ask `/system/clock` for `gmt-offset`, and mind that the offset is the present one: across
/// a change of summer time the router prints old entries by the clock of their day.
public struct LocalDateTime: RouterOSValue, Comparable, CustomStringConvertible {
    /// The day.
    public var date: CalendarDate
    /// The time.
    public var time: TimeOfDay

    /// Makes a date and time.
    public init(date: CalendarDate, time: TimeOfDay) {
        self.date = date
        self.time = time
    }

    /// The clock of a router at an instant; nil outside of the years 1…9999.
    ///
    /// - Parameters:
    ///   - seconds: The seconds since 1 January 1970, 00:00 UTC.
    ///   - offset: How far the router's clock is ahead of UTC.
    public init?(secondsSince1970 seconds: Int64, offset: GMTOffset) {
        let (local, overflow) = seconds.addingReportingOverflow(Int64(offset.seconds))
        let (day, second) = local.quotientAndRemainder(dividingBy: 86_400)
        let isBefore = second < 0
        guard !overflow, let date = CalendarDate(daysSince1970: Int(clamping: isBefore ? day - 1 : day)),
            let time = TimeOfDay(secondsSinceMidnight: Int(clamping: isBefore ? second + 86_400 : second))
        else { return nil }
        self.init(date: date, time: time)
    }

    /// The seconds since 1 January 1970, 00:00 UTC, for a clock that is `offset` ahead of UTC.
    public func secondsSince1970(offset: GMTOffset) -> Int64 {
        Int64(date.daysSince1970) * 86_400 + Int64(time.secondsSinceMidnight) - Int64(offset.seconds)
    }

    /// Reads `1970-01-02 00:00:00`, or `jan/02/1970 00:00:00` as before RouterOS 7.10.
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        guard let date = CalendarDate(in: bytes, at: &index), bytes.skip(UInt8(ascii: " "), at: &index),
            let time = TimeOfDay(in: bytes, at: &index), index == bytes.count
        else { return nil }
        self.init(date: date, time: time)
    }

    /// Appends date and time as routers from 7.10 write them.
    public func writeRouterOS(to bytes: inout [UInt8]) { write(.numeric, to: &bytes) }

    /// Date and time in a style.
    public func text(_ style: CalendarDate.Style) -> String {
        var bytes: [UInt8] = []
        write(style, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Whether the first is earlier, both by the same clock.
    public static func < (left: LocalDateTime, right: LocalDateTime) -> Bool {
        (left.date, left.time) < (right.date, right.time)
    }

    private func write(_ style: CalendarDate.Style, to bytes: inout [UInt8]) {
        date.write(style, to: &bytes)
        bytes.append(UInt8(ascii: " "))
        time.writeRouterOS(to: &bytes)
    }
}
