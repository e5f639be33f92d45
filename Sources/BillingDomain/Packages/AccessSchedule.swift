/// When, by the clock on the wall, a product may be used: at night, on weekends.
///
/// Without any window it may never be used; a product without restrictions has no schedule.
///
/// A router knows no such hours: ``Voucher/refusal(at:in:)`` and ``ServiceAccount/refusal(at:hours:in:)`` say who may be on
/// line, and whoever provisions routers asks them.
public struct AccessSchedule: Hashable, Sendable {
    /// The most windows that a schedule may have.
    public static let maximumWindows = 100

    /// A span of time on some days of the week.
    public struct Window: Hashable, Sendable {
        /// The days on which it begins.
        public let days: Set<Weekday>

        /// When it begins.
        public let start: LocalTime

        /// When it ends, itself excluded; at or before the start it lies on the following day.
        public let end: LocalTime

        /// Creates a window.
        public init(_ days: Set<Weekday>, from start: LocalTime, to end: LocalTime) {
            self.days = days
            self.start = start
            self.end = end
        }

        /// Whether a local time lies in the window.
        public func contains(_ local: LocalDateTime) -> Bool {
            let endsNextDay = end <= start
            if days.contains(local.date.weekday), local.time >= start, endsNextDay || local.time < end { return true }
            return endsNextDay && days.contains(local.date.adding(days: -1).weekday) && local.time < end
        }
    }

    /// The windows that have days; use is allowed in any of them.
    public let windows: [Window]

    /// Creates a schedule.
    ///
    /// - Throws: ``DomainError`` with ``DomainError/Code/invalidValue`` for more than ``maximumWindows``.
    public init(_ windows: [Window]) throws(DomainError) {
        guard windows.count <= Self.maximumWindows else {
            throw DomainError(
                .invalidValue,
                field: "schedule",
                "A schedule has at most \(Self.maximumWindows) windows."
            )
        }
        // A window without days allows nothing.
        self.windows = windows.filter { !$0.days.isEmpty }
    }

    /// Whether use is allowed at a local time.
    public func allows(_ local: LocalDateTime) -> Bool { windows.contains { $0.contains(local) } }

    /// Whether use is allowed at an instant.
    public func allows(_ instant: Timestamp, in calendar: any BusinessCalendar) -> Bool {
        allows(calendar.local(instant))
    }
}

extension AccessSchedule: LosslessStringConvertible {
    /// Reads windows such as `mon,tue 08:00:00-12:00:00; sat 22:00-02:00`; anything else is `nil`.
    public init?(_ text: String) {
        var windows: [Window] = []
        for part in text.split(separator: ";") {
            let words = part.split(separator: " ")
            guard words.count == 2 else { return nil }
            let days = words[0].split(separator: ",", omittingEmptySubsequences: false).map { Weekday(shortName: $0) }
            let times = words[1].split(separator: "-").map { LocalTime(String($0)) }
            guard !days.contains(nil), times.count == 2, let start = times[0], let end = times[1] else { return nil }
            windows.append(Window(Set(days.compactMap { $0 }), from: start, to: end))
        }
        try? self.init(windows)
    }

    /// The windows in order, each as `mon,tue 08:00:00-12:00:00`, separated by `; `.
    public var description: String {
        windows.map { "\($0.days.sorted().map(\.shortName).joined(separator: ",")) \($0.start)-\($0.end)" }
            .joined(separator: "; ")
    }
}

extension AccessSchedule: Codable {
    /// Reads the text form.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let schedule = AccessSchedule(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "A window is mon,tue 08:00-12:00.")
        }
        self = schedule
    }

    /// Writes the text form.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Weekday {
    fileprivate static let shortNames = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

    fileprivate init?(shortName: Substring) {
        guard let index = Self.shortNames.firstIndex(of: String(shortName)) else { return nil }
        self.init(rawValue: index + 1)
    }

    fileprivate var shortName: String { Self.shortNames[rawValue - 1] }
}
