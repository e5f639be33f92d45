extension CalendarDate {
    /// Reads the date at `index`, which moves behind it.
    init?(in bytes: Span<UInt8>, at index: inout Int) {
        if let month = CalendarDate.monthName(in: bytes, at: &index) {
            guard bytes.skip(UInt8(ascii: "/"), at: &index), let day = bytes.number(width: 2, at: &index),
                bytes.skip(UInt8(ascii: "/"), at: &index), let year = bytes.number(width: 4, at: &index)
            else { return nil }
            self.init(year: year, month: month, day: day)
        } else {
            guard let year = bytes.number(width: 4, at: &index), bytes.skip(UInt8(ascii: "-"), at: &index),
                let month = bytes.number(width: 2, at: &index), bytes.skip(UInt8(ascii: "-"), at: &index),
                let day = bytes.number(width: 2, at: &index)
            else { return nil }
            self.init(year: year, month: month, day: day)
        }
    }

    func write(_ style: Style, to bytes: inout [UInt8]) {
        switch style {
        case .numeric:
            bytes.append(decimal: UInt64(clamping: year), width: 4)
            bytes.append(UInt8(ascii: "-"))
            CalendarDate.writeDay(month: month, day: day, style, to: &bytes)
        case .named:
            CalendarDate.writeDay(month: month, day: day, style, to: &bytes)
            bytes.append(UInt8(ascii: "/"))
            bytes.append(decimal: UInt64(clamping: year), width: 4)
        }
    }

    /// Appends `01-02` or `jan/02`.
    static func writeDay(month: Int, day: Int, _ style: Style, to bytes: inout [UInt8]) {
        switch style {
        case .numeric:
            bytes.append(decimal: UInt64(clamping: month), width: 2)
            bytes.append(UInt8(ascii: "-"))
        case .named:
            let start = (month - 1) * 3
            monthNames.withUTF8Buffer { names in
                if names.indices.contains(start), start + 3 <= names.count {
                    bytes.append(contentsOf: names[start..<(start + 3)])
                }
            }
            bytes.append(UInt8(ascii: "/"))
        }
        bytes.append(decimal: UInt64(clamping: day), width: 2)
    }

    /// The month whose name stands at `index`, which moves behind it; stays where it is when there is none.
    static func monthName(in bytes: Span<UInt8>, at index: inout Int) -> Int? {
        let start = index
        guard start + 3 <= bytes.count else { return nil }
        let month = monthNames.withUTF8Buffer { names in
            (0..<12).first { month in
                (0..<3).allSatisfy { names[month * 3 + $0] == bytes[start + $0] | 0x20 }
            }
        }
        guard let month else { return nil }
        index += 3
        return month + 1
    }

    private static let monthNames: StaticString = "janfebmaraprmayjunjulaugsepoctnovdec"
}
