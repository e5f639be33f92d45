import RouterOSProtocol

/// A day of the week, as `days` of a scheduler writes it.
enum Weekday: String, CaseIterable {
    case mon, tue, wed, thu, fri, sat, sun

    init?(_ text: WireText) { self.init(rawValue: text.description) }

    init(_ moment: LocalDateTime) {
        // The first day of 1970 was a Thursday.
        let place = (moment.date.daysSince1970 % 7 + 7 + 3) % 7
        self = Self.allCases[place]
    }
}
