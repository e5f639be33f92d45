extension ScriptParser {
    /// A value as commands take it: a string, a variable, brackets of any kind, or a bare word, which is text whatever
    /// it looks like when `quoting`, as it is for the commands of menus.
    mutating func argument(quoting: Bool) throws(ScriptError) -> ScriptExpression {
        if lineJoin > 0 { skipJoin() }
        switch byte {
        case UInt8(ascii: "\""): return try string()
        case UInt8(ascii: "$"): return try variable()
        case UInt8(ascii: "["): return .substitution(try bracketed())
        case UInt8(ascii: "("): return try parentheses()
        case UInt8(ascii: "{"): return try arrayLiteral()
        default:
            let word = bareArgument()
            return .literal(quoting || word.isEmpty ? .string(word) : ScriptValue(word: word))
        }
    }

    /// A word up to a blank or a bracket; a joined line goes on in it, as exports break theirs anywhere.
    private mutating func bareArgument() -> WireText {
        var word = WireText("")
        while let byte, !Self.endsWord(byte) {
            if lineJoin > 0 {
                skipJoin()
            } else {
                word.bytes.append(byte)
                index += 1
            }
        }
        return word
    }

    /// What `do=` and its like take: `{…}` as commands, or a value that is a function.
    mutating func body() throws(ScriptError) -> ScriptExpression {
        skipBlanks()
        return byte == UInt8(ascii: "{") ? .function(try braced()) : try argument(quoting: false)
    }

    /// `$name`, `$"any name"`.
    mutating func variable() throws(ScriptError) -> ScriptExpression {
        try expect("$")
        if byte == UInt8(ascii: "\"") { return .variable(try plainString()) }
        return .variable(try name())
    }

    /// The name of a variable, bare or quoted.
    mutating func name() throws(ScriptError) -> WireText {
        if byte == UInt8(ascii: "\"") { return try plainString() }
        let name = take { $0.isNameByte }
        guard !name.isEmpty else { throw syntaxError() }
        return name
    }

    /// `{1;2;"key"=3}`.
    mutating func arrayLiteral() throws(ScriptError) -> ScriptExpression {
        try expect("{")
        return try nested { (parser) throws(ScriptError) in
            var elements: [ScriptElement] = []
            while true {
                while let byte = parser.byte, [0x09, 0x0A, 0x0D, 0x20, 0x2C, 0x3B].contains(byte) { parser.index += 1 }
                if parser.skip("}") { return .array(elements) }
                elements.append(try parser.element())
            }
        }
    }

    private mutating func element() throws(ScriptError) -> ScriptElement {
        if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "$") {
            let value = try argument(quoting: false)
            return skip("=") ? ScriptElement(key: value, value: try elementValue()) : ScriptElement(value: value)
        }
        if let key = argumentName() { return ScriptElement(key: .literal(.string(key)), value: try elementValue()) }
        return ScriptElement(value: try elementValue())
    }

    private mutating func elementValue() throws(ScriptError) -> ScriptExpression {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"):
            return try argument(quoting: false)
        default:
            let word = take { !Self.endsElement($0) }
            guard !word.isEmpty else { throw syntaxError() }
            return .literal(ScriptValue(word: word))
        }
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x09, 0x0A, 0x0D, 0x20, UInt8(ascii: ";"), UInt8(ascii: "]"), UInt8(ascii: ")"), UInt8(ascii: "}"),
            UInt8(ascii: "\""), UInt8(ascii: "$"), UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "{"):
            true
        default: false
        }
    }

    private static func endsElement(_ byte: UInt8) -> Bool { endsWord(byte) || byte == UInt8(ascii: ",") }
}
