import RouterOSProtocol

extension ScriptValue {
    /// What a word without quotes stands for: a value of the kind it looks like, otherwise text.
    init(word: WireText) {
        self =
            Self.readNumber(word) ?? Self.readBoolean(word) ?? Self.readTime(word) ?? Self.readAddress(word)
            ?? Self.readPrefix(word) ?? Self.readID(word) ?? .string(word)
    }

    static func readNumber(_ word: WireText) -> ScriptValue? {
        let text = word.description
        guard let first = word.bytes.first, first.isDigit || first == UInt8(ascii: "-") else { return nil }
        if text.hasPrefix("0x") { return UInt64(text.dropFirst(2), radix: 16).map { .number(Int64(bitPattern: $0)) } }
        return Int64(text).map { .number($0) }
    }

    static func readBoolean(_ word: WireText) -> ScriptValue? {
        switch word {
        case "true", "yes": .boolean(true)
        case "false", "no": .boolean(false)
        default: nil
        }
    }

    static func readTime(_ word: WireText) -> ScriptValue? {
        guard word.bytes.first?.isDigit == true, let duration = Duration(routerOS: word.description) else { return nil }
        return time(duration)
    }

    static func readAddress(_ word: WireText) -> ScriptValue? {
        guard let first = word.bytes.first, first.hexadecimalValue != nil || first == UInt8(ascii: ":") else {
            return nil
        }
        return IPAddress(routerOS: word.description).map { .address($0) }
    }

    static func readPrefix(_ word: WireText) -> ScriptValue? {
        guard word.bytes.contains(UInt8(ascii: "/")) else { return nil }
        return IPPrefix(routerOS: word.description).map { .prefix($0) }
    }

    static func readID(_ word: WireText) -> ScriptValue? {
        RowID.number(word).map { .id($0) }
    }

    /// A span of time; one beyond 292 years becomes 292 years.
    static func time(_ duration: Duration) -> ScriptValue {
        let (seconds, attoseconds) = duration.components
        let (whole, isTooLong) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (total, overflows) = whole.addingReportingOverflow(attoseconds / 1_000_000_000)
        guard !isTooLong, !overflows else { return .time(seconds < 0 ? .min : .max) }
        return .time(total)
    }

    /// Text read as a value of the kind that another value is; nil when it is none.
    static func read(_ text: WireText, like other: ScriptValue) -> ScriptValue? {
        switch other {
        case .number: readNumber(text)
        case .boolean: readBoolean(text)
        case .time: readTime(text)
        case .address: readAddress(text)
        case .prefix: readPrefix(text)
        case .id: readID(text)
        case .nothing, .nil, .string, .array, .function: nil
        }
    }
}
