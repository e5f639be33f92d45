extension ScriptParser {
    /// `"…"`, with the values of variables and commands in it.
    mutating func string() throws(ScriptError) -> ScriptExpression {
        try expect("\"")
        var parts: [ScriptExpression] = []
        var text: [UInt8] = []
        while let byte {
            switch byte {
            case UInt8(ascii: "\""):
                index += 1
                if parts.isEmpty { return .literal(.string(WireText(text))) }
                if !text.isEmpty { parts.append(.literal(.string(WireText(text)))) }
                return .interpolation(parts)
            case UInt8(ascii: "\\"):
                if let escaped = try escape() { text.append(escaped) }
            case UInt8(ascii: "$"):
                if !text.isEmpty { parts.append(.literal(.string(WireText(text)))) }
                text = []
                parts.append(try interpolated())
            default:
                text.append(byte)
                index += 1
            }
        }
        throw syntaxError()
    }

    /// A string in which nothing is computed.
    mutating func plainString() throws(ScriptError) -> WireText {
        let start = index
        guard case .literal(.string(let text)) = try string() else { throw syntaxError(at: start) }
        return text
    }

    /// `$name`, `$"any name"`, `$[commands]` or `$(expression)` in a string.
    private mutating func interpolated() throws(ScriptError) -> ScriptExpression {
        switch peek(1) {
        case UInt8(ascii: "["):
            index += 1
            return .substitution(try bracketed())
        case UInt8(ascii: "("):
            index += 1
            return try parentheses()
        default: return try variable()
        }
    }

    /// What a backslash and what is behind it stand for; nil for a joined line.
    private mutating func escape() throws(ScriptError) -> UInt8? {
        if lineJoin > 0 {
            skipJoin()
            return nil
        }
        guard let first = peek(1) else { throw syntaxError() }
        if let high = Self.digit(first) {
            guard let low = peek(2).flatMap(Self.digit) else { throw syntaxError() }
            index += 3
            return high << 4 | low
        }
        let byte: UInt8
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "?"): byte = first
        case UInt8(ascii: "n"): byte = 0x0A
        case UInt8(ascii: "r"): byte = 0x0D
        case UInt8(ascii: "t"): byte = 0x09
        case UInt8(ascii: "_"): byte = 0x20
        case UInt8(ascii: "a"): byte = 0x07
        case UInt8(ascii: "b"): byte = 0x08
        case UInt8(ascii: "f"): byte = 0x0C
        case UInt8(ascii: "v"): byte = 0x0B
        default: throw syntaxError()
        }
        index += 2
        return byte
    }

    /// Only capitals are digits here: `\a`, `\b` and `\f` are taken.
    private static func digit(_ byte: UInt8) -> UInt8? {
        byte < UInt8(ascii: "a") ? byte.hexadecimalValue : nil
    }
}
