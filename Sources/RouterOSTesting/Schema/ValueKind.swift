import RouterOSProtocol

/// What a column may hold: how its input is checked and written back, and how two of its values compare.
indirect enum ValueKind: Sendable, Equatable {
    /// Any bytes.
    case text
    /// `yes`, `no`, `true`, `false` in; `true`, `false` out.
    case flag
    /// A decimal number in a range.
    case integer(ClosedRange<UInt64>)
    /// A number of bytes, with `k`, `M` or `G` for powers of 1 024 if somebody likes.
    case bytes
    /// Bits a second, with `k`, `M` or `G` for powers of 1 000.
    case rate
    /// Any spelling of a duration in; the canonical one out.
    case duration
    /// A date, before or after the change of format in 7.10, with a time of day or without.
    case date
    /// A time of day, `12:41:15`.
    case timeOfDay
    /// An IPv4 address.
    case address
    /// An IPv4 address with the length of its prefix if it is not 32.
    case prefix
    /// An IPv4 address, a prefix, or two addresses with `-` between them.
    case range
    /// A decimal number with a fraction if somebody likes.
    case decimal
    /// A hardware address, written in upper case with colons.
    case macAddress
    /// One word.
    case word(WireText)
    /// The name of a row of another menu; the table keeps that row's id, so a renamed row is followed and a removed one shows.
    case reference(menu: String)
    /// A value of the first of these kinds that takes it.
    case oneOf([ValueKind])
    /// Values with commas between them.
    case list(ValueKind)
    /// Two values with `/` between them; one stands for both.
    case pair(ValueKind)
    /// A value, with `!` before it to mean every other one.
    case negatable(ValueKind)
    /// A set of these words; those that are not in it are written behind the others, each with `!`.
    case switches([WireText])

    /// Reads a kind as the menus' text has it: `none|duration`, `@/ip/pool|none`, `1..8`, `cookie|mac...`, `rate/rate`,
    /// `!prefix`, `switches:read,write`.
    ///
    /// A word that names no kind stands for itself; one that does is told from the kind by an escape, `%6Dac`.
    init?(_ text: Substring) {
        if text.hasPrefix("switches:") {
            self = .switches(text.dropFirst(9).split(separator: ",").map { WireText(String($0)) })
            return
        }
        if text.hasSuffix("...") {
            guard let element = ValueKind(text.dropLast(3)) else { return nil }
            self = .list(element)
            return
        }
        let alternatives = text.split(separator: "|", omittingEmptySubsequences: false)
        guard alternatives.count == 1 else {
            var kinds: [ValueKind] = []
            for alternative in alternatives {
                guard let kind = ValueKind(alternative) else { return nil }
                kinds.append(kind)
            }
            self = .oneOf(kinds)
            return
        }
        let middle = text.index(text.startIndex, offsetBy: text.count / 2)
        if text.hasPrefix("!") {
            guard let kind = ValueKind(text.dropFirst()) else { return nil }
            self = .negatable(kind)
        } else if text.count > 2, text[middle] == "/", text[..<middle] == text[middle...].dropFirst() {
            guard let half = ValueKind(text[..<middle]) else { return nil }
            self = .pair(half)
        } else if text.hasPrefix("@/") {
            self = .reference(menu: String(text.dropFirst()))
        } else if let range = Self.range(text) {
            self = .integer(range)
        } else if let kind = Self.named[String(text)] {
            self = kind
        } else {
            guard !text.isEmpty, let word = WireText(escaped: Array(text.utf8)[...]) else { return nil }
            self = .word(word)
        }
    }

    private static let named: [String: ValueKind] = [
        "text": .text, "flag": .flag, "integer": .integer(0...UInt64.max), "bytes": .bytes, "rate": .rate,
        "duration": .duration, "date": .date, "time": .timeOfDay, "address": .address, "prefix": .prefix,
        "mac": .macAddress, "range": .range, "decimal": .decimal,
    ]

    private static func range(_ text: Substring) -> ClosedRange<UInt64>? {
        guard let dots = text.firstRange(of: ".."), let low = UInt64(text[..<dots.lowerBound]),
            let high = UInt64(text[dots.upperBound...]), low <= high
        else { return nil }
        return low...high
    }
}
