/// A reader of string literals written from the manual's section "Scripting" alone, for judging what the library
/// writes.
///
/// It walks a whole command the way a console does and tells what a literal in it does, where the library's own reader
/// only answers yes or no.
struct ScriptLexer {
    enum Event: Equatable {
        case string([UInt8])
        case variable
        case command
        case expression
        case code(UInt8)
        case unknownEscape
        case unterminated
    }

    private var rest: ArraySlice<UInt8>

    init(_ source: some Sequence<UInt8>) { rest = ArraySlice(Array(source)) }

    /// Everything the source does, in order.
    mutating func events() -> [Event] {
        var events: [Event] = []
        while let byte = rest.popFirst() {
            if byte == 0x22 { events += string() } else { events.append(.code(byte)) }
        }
        return events
    }

    /// A literal behind its opening quote.
    private mutating func string() -> [Event] {
        var value: [UInt8] = []
        var events: [Event] = []
        while let byte = rest.popFirst() {
            switch Character(Unicode.Scalar(byte)) {
            case "\"":
                return events + [.string(value)]
            case "\\":
                guard let escaped = escape() else { return events + [.unknownEscape] }
                value += escaped
            case "$":
                switch rest.first.map({ Character(Unicode.Scalar($0)) }) {
                case "[": events.append(.command)
                case "(": events.append(.expression)
                default: events.append(.variable)
                }
            default:
                value.append(byte)
            }
        }
        return events + [.unterminated]
    }

    private static let single: [Character: UInt8] = [
        "\"": 0x22, "\\": 0x5C, "n": 0x0A, "r": 0x0D, "t": 0x09, "$": 0x24, "?": 0x3F, "_": 0x20, "a": 0x07, "b": 0x08,
        "f": 0x0C, "v": 0x0B,
    ]

    private mutating func escape() -> [UInt8]? {
        guard let byte = rest.popFirst() else { return nil }
        let character = Character(Unicode.Scalar(byte))
        if let value = Self.single[character] { return [value] }
        // A backslash at the end of a line joins it with the next.
        if byte == 0x0A { return [] }
        guard "0123456789ABCDEF".contains(character), let next = rest.popFirst(),
            let value = UInt8(String(decoding: [byte, next], as: UTF8.self), radix: 16),
            !(UInt8(ascii: "a")...UInt8(ascii: "f")).contains(next)
        else { return nil }
        return [value]
    }
}
