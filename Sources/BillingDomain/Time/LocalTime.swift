/// A time of day to the second, without a zone.
public struct LocalTime: Hashable, Sendable, Comparable, LosslessStringConvertible, Codable {
    /// The hour, 0…23.
    public let hour: Int

    /// The minute, 0…59.
    public let minute: Int

    /// The second, 0…59.
    public let second: Int

    /// The first second of a day.
    public static let midnight = LocalTime(secondOfDay: 0)

    /// The last second of a day.
    public static let lastSecond = LocalTime(secondOfDay: 86_399)

    /// Creates a time of day; `nil` outside 00:00:00…23:59:59.
    public init?(hour: Int, minute: Int = 0, second: Int = 0) {
        guard (0..<24).contains(hour), (0..<60).contains(minute), (0..<60).contains(second) else { return nil }
        self.init(secondOfDay: hour * 3600 + minute * 60 + second)
    }

    /// Creates a time of day from the seconds since midnight, clamped to one day.
    public init(secondOfDay: Int) {
        let seconds = min(max(secondOfDay, 0), 86_399)
        hour = seconds / 3600
        minute = seconds / 60 % 60
        second = seconds % 60
    }

    /// Reads `07:30` or `07:30:00`.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, parts.allSatisfy({ $0.count == 2 }),
            let hour = Int(decimalDigits: parts[0]), let minute = Int(decimalDigits: parts[1])
        else { return nil }
        var second = 0
        if parts.count == 3 {
            guard let read = Int(decimalDigits: parts[2]) else { return nil }
            second = read
        }
        self.init(hour: hour, minute: minute, second: second)
    }

    /// The seconds since midnight, 0…86 399.
    public var secondOfDay: Int { hour * 3600 + minute * 60 + second }

    /// The time as `07:30:00`.
    public var description: String {
        [hour, minute, second].map { $0.magnitude.padded(to: 2) }.joined(separator: ":")
    }

    /// Orders times from midnight on.
    public static func < (left: LocalTime, right: LocalTime) -> Bool { left.secondOfDay < right.secondOfDay }

    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let time = LocalTime(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A time is written 07:30:00.")
        }
        self = time
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
