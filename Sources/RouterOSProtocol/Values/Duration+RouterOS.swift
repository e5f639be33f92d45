extension Duration {
    /// Reads a time span in any shape a router writes it.
    ///
    /// `1w2d3h4m5s`, `10ms`, `01:22:53`, `4d10:20:30`, `1d 00:00:00`, `00:00:00.200`, a bare number of seconds. Words such
    /// as `none` or `never` are not time spans and give nil, as does a span longer than 292 years.
    public init?(routerOS text: String) {
        var text = text
        guard let nanoseconds = text.withUTF8({ Duration.nanoseconds(in: $0) }) else { return nil }
        self = .nanoseconds(nanoseconds)
    }

    /// The span as a router writes it: `1w2d3h4m5s`, `1s500ms`, `0s`.
    ///
    /// What is finer than a nanosecond is cut off; a negative span is written as `0s`, RouterOS has none.
    public var routerOSText: String {
        let (seconds, attoseconds) = components
        guard seconds > 0 || (seconds == 0 && attoseconds > 0) else { return "0s" }
        var text = ""
        var rest = seconds
        for (unit, size) in [("w", 604_800), ("d", 86_400), ("h", 3_600), ("m", 60), ("s", 1)] as [(String, Int64)] {
            if rest >= size { text += "\(rest / size)\(unit)" }
            rest %= size
        }
        var nanoseconds = attoseconds / 1_000_000_000
        for (unit, size) in [("ms", 1_000_000), ("us", 1_000), ("ns", 1)] as [(String, Int64)] {
            if nanoseconds >= size { text += "\(nanoseconds / size)\(unit)" }
            nanoseconds %= size
        }
        return text.isEmpty ? "0s" : text
    }

    /// The nanoseconds in the text of a time span; nil when it is none.
    static func nanoseconds(in text: UnsafeBufferPointer<UInt8>) -> Int64? {
        var total: Int64 = 0
        var index = 0
        guard !text.isEmpty else { return nil }
        while index < text.count {
            if text[index] == UInt8(ascii: " ") {
                index += 1
                continue
            }
            guard let count = number(in: text, at: &index) else { return nil }
            if index < text.count, text[index] == UInt8(ascii: ":") {
                return clock(in: text, hours: count, at: &index).flatMap { adding($0, to: total) }
            }
            // A bare number is seconds, but only when it stands alone.
            let isBare = index == text.count && total == 0
            guard let size = unit(in: text, at: &index) ?? (isBare ? 1_000_000_000 : nil) else { return nil }
            let (part, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, let sum = adding(part, to: total) else { return nil }
            total = sum
        }
        return total
    }

    private static func number(in text: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Int64? {
        var value: Int64 = 0
        let start = index
        while index < text.count, case let digit = text[index] &- 0x30, digit < 10 {
            let (shifted, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, let sum = adding(Int64(digit), to: shifted) else { return nil }
            value = sum
            index += 1
        }
        return index > start ? value : nil
    }

    /// The nanoseconds of the unit that stands at `index`, which moves behind it.
    private static func unit(in text: UnsafeBufferPointer<UInt8>, at index: inout Int) -> Int64? {
        guard index < text.count else { return nil }
        let first = text[index]
        let isSplit = index + 1 < text.count && text[index + 1] == UInt8(ascii: "s")
        index += 1
        switch first {
        case UInt8(ascii: "w"): return 604_800_000_000_000
        case UInt8(ascii: "d"): return 86_400_000_000_000
        case UInt8(ascii: "h"): return 3_600_000_000_000
        case UInt8(ascii: "s"): return 1_000_000_000
        case UInt8(ascii: "m") where !isSplit: return 60_000_000_000
        default: break
        }
        guard isSplit else { return nil }
        index += 1
        switch first {
        case UInt8(ascii: "m"): return 1_000_000
        case UInt8(ascii: "u"): return 1_000
        case UInt8(ascii: "n"): return 1
        default: return nil
        }
    }

    /// `:mm:ss` after the hours, with an optional fraction of up to nine digits, and nothing behind it.
    private static func clock(in text: UnsafeBufferPointer<UInt8>, hours: Int64, at index: inout Int) -> Int64? {
        index += 1
        guard hours < 2_000_000, let minutes = number(in: text, at: &index), minutes < 60 else { return nil }
        guard index < text.count, text[index] == UInt8(ascii: ":") else { return nil }
        index += 1
        guard let seconds = number(in: text, at: &index), seconds < 60 else { return nil }
        var total = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000
        guard index < text.count else { return total }
        guard text[index] == UInt8(ascii: ".") else { return nil }
        let first = index + 1
        index = first
        guard var fraction = number(in: text, at: &index), index == text.count, index - first <= 9 else { return nil }
        for _ in 0..<(9 - (index - first)) { fraction *= 10 }
        total += fraction
        return total
    }

    private static func adding(_ part: Int64, to total: Int64) -> Int64? {
        let (sum, overflow) = total.addingReportingOverflow(part)
        return overflow ? nil : sum
    }
}
