extension Duration: RouterOSValue {
    /// Reads a time span in any shape a router writes it.
    ///
    /// `1w2d3h4m5s`, `10ms`, `453us`, units in falling order and each at most once; `01:22:53`, `4d10:20:30`, `1d
    /// 00:00:00`, `00:00:00.200`; a bare number of seconds. Zeros in front are allowed. Words such as `none` or
    /// `never` are not time spans and give nil (see ``Setting``), as does a span longer than 292 years.
    public init?(routerOS bytes: Span<UInt8>) {
        guard let nanoseconds = Duration.nanoseconds(in: bytes) else { return nil }
        self = .nanoseconds(nanoseconds)
    }

    /// Appends the span as a router writes it: `1w2d3h4m5s`, `1s500ms`, `0s`.
    ///
    /// What is finer than a nanosecond is cut off; a negative span is written as `0s`, RouterOS has none.
    public func writeRouterOS(to bytes: inout [UInt8]) {
        let start = bytes.count
        let (seconds, attoseconds) = components
        var rest = UInt64(clamping: seconds)
        func write(_ unit: StaticString, _ size: UInt64) {
            if rest >= size {
                bytes.append(decimal: rest / size)
                unit.withUTF8Buffer { bytes.append(contentsOf: $0) }
            }
            rest %= size
        }
        write("w", 604_800)
        write("d", 86_400)
        write("h", 3_600)
        write("m", 60)
        write("s", 1)
        rest = UInt64(clamping: attoseconds / 1_000_000_000)
        write("ms", 1_000_000)
        write("us", 1_000)
        write("ns", 1)
        if bytes.count == start { bytes.append(contentsOf: "0s".utf8) }
    }

    /// The nanoseconds in the text of a time span; nil when it is none.
    private static func nanoseconds(in text: Span<UInt8>) -> Int64? {
        var total: Int64 = 0
        var index = 0
        var lastUnit = Int64.max
        repeat {
            guard let count = text.number(at: &index, as: Int64.self) else { return nil }
            if text.at(index) == UInt8(ascii: ":") {
                // Days may stand before a clock, hours may not.
                guard lastUnit >= 86_400_000_000_000, let clock = clock(in: text, hours: count, at: &index) else {
                    return nil
                }
                return adding(clock, to: total)
            }
            // A bare number is seconds, but only when it stands alone.
            let isBare = index == text.count && lastUnit == .max
            guard let size = isBare ? 1_000_000_000 : unit(in: text, at: &index), size < lastUnit else { return nil }
            let (part, overflow) = count.multipliedReportingOverflow(by: size)
            guard !overflow, let sum = adding(part, to: total) else { return nil }
            total = sum
            lastUnit = size
            if index == text.count { return total }
            _ = text.skip(UInt8(ascii: " "), at: &index)
        } while true
    }

    /// The nanoseconds of the unit that stands at `index`, which moves behind it.
    private static func unit(in text: Span<UInt8>, at index: inout Int) -> Int64? {
        guard let first = text.at(index) else { return nil }
        index += 1
        switch first {
        case UInt8(ascii: "w"): return 604_800_000_000_000
        case UInt8(ascii: "d"): return 86_400_000_000_000
        case UInt8(ascii: "h"): return 3_600_000_000_000
        case UInt8(ascii: "s"): return 1_000_000_000
        default: break
        }
        guard text.skip(UInt8(ascii: "s"), at: &index) else {
            return first == UInt8(ascii: "m") ? 60_000_000_000 : nil
        }
        switch first {
        case UInt8(ascii: "m"): return 1_000_000
        case UInt8(ascii: "u"): return 1_000
        case UInt8(ascii: "n"): return 1
        default: return nil
        }
    }

    /// `:mm:ss` after the hours, with an optional fraction of up to nine digits, and nothing behind it.
    private static func clock(in text: Span<UInt8>, hours: Int64, at index: inout Int) -> Int64? {
        index += 1
        guard hours < 2_000_000, let minutes = text.number(at: &index, as: Int64.self), minutes < 60,
            text.skip(UInt8(ascii: ":"), at: &index),
            let seconds = text.number(at: &index, as: Int64.self), seconds < 60
        else { return nil }
        let total = ((hours * 60 + minutes) * 60 + seconds) * 1_000_000_000
        guard index < text.count else { return total }
        guard text.skip(UInt8(ascii: "."), at: &index) else { return nil }
        let first = index
        guard var fraction = text.number(at: &index, as: Int64.self), index == text.count, index - first <= 9 else {
            return nil
        }
        for _ in 0..<(9 - (index - first)) { fraction *= 10 }
        return total + fraction
    }

    private static func adding(_ part: Int64, to total: Int64) -> Int64? {
        let (sum, overflow) = total.addingReportingOverflow(part)
        return overflow ? nil : sum
    }
}
