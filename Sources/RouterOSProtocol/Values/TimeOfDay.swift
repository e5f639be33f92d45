/// A time on a clock without a date: `time` of `/system/clock`, `start-time` of a scheduler.
public struct TimeOfDay: RouterOSValue, Comparable, CustomStringConvertible {
    /// The seconds since midnight, 0…86 399.
    public let secondsSinceMidnight: Int

    /// The hour, 0…23.
    public var hour: Int { secondsSinceMidnight / 3_600 }
    /// The minute, 0…59.
    public var minute: Int { secondsSinceMidnight / 60 % 60 }
    /// The second, 0…59.
    public var second: Int { secondsSinceMidnight % 60 }

    /// Makes a time; nil when a day has no such time.
    public init?(hour: Int, minute: Int, second: Int) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        secondsSinceMidnight = (hour * 60 + minute) * 60 + second
    }

    /// Makes a time; nil outside of 0…86 399.
    public init?(secondsSinceMidnight: Int) {
        guard (0..<86_400).contains(secondsSinceMidnight) else { return nil }
        self.secondsSinceMidnight = secondsSinceMidnight
    }

    /// Reads `hh:mm:ss`.
    public init?(routerOS bytes: Span<UInt8>) {
        var index = 0
        guard let time = TimeOfDay(in: bytes, at: &index), index == bytes.count else { return nil }
        self = time
    }

    init?(in bytes: Span<UInt8>, at index: inout Int) {
        guard let hour = bytes.number(width: 2, at: &index), bytes.skip(UInt8(ascii: ":"), at: &index),
            let minute = bytes.number(width: 2, at: &index), bytes.skip(UInt8(ascii: ":"), at: &index),
            let second = bytes.number(width: 2, at: &index)
        else { return nil }
        self.init(hour: hour, minute: minute, second: second)
    }

    /// Appends `hh:mm:ss`.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        bytes.append(decimal: UInt64(clamping: hour), width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: UInt64(clamping: minute), width: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: UInt64(clamping: second), width: 2)
    }

    /// Whether the first is earlier in the day.
    public static func < (left: TimeOfDay, right: TimeOfDay) -> Bool {
        left.secondsSinceMidnight < right.secondsSinceMidnight
    }
}
