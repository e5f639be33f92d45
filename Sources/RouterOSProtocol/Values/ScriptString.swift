/// Any bytes as a string literal of the RouterOS scripting language.
///
/// For composing `source=`, `on-login=` and the like out of text that somebody else chose. All bytes but letters,
/// digits and `_ -./:,@` are written as `\` and two upper-case hexadecimal digits, so none can end the literal, begin
/// an escape, name a variable (`$name`) or run a command (`$[…]`, `$(…)`). (Manual: "Scripting", "Constant Escape
/// Sequences".)
public struct ScriptString: RouterOSValue {
    /// The bytes the literal stands for.
    public let bytes: [UInt8]

    /// Takes the UTF-8 of text.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// Takes bytes.
    public init(bytes: some Sequence<UInt8>) { self.bytes = Array(bytes) }

    /// Reads a literal, its quotes included, whoever wrote it.
    ///
    /// All escapes of the manual are understood, `\?` of older ones too. A literal that the router would compute (a
    /// bare `$`), one continued on the next line and one with text behind its end are nil, as is an unknown escape.
    public init?(routerOS literal: Span<UInt8>) {
        let quote = UInt8(ascii: "\"")
        guard literal.count >= 2, literal[0] == quote, literal[literal.count - 1] == quote else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(literal.count - 2)
        var index = 1
        while index < literal.count - 1 {
            let byte = literal[index]
            index += 1
            switch byte {
            case quote, UInt8(ascii: "$"): return nil
            case UInt8(ascii: "\\"):
                // An escape ends before the closing quote.
                let inside = literal.extracting(..<(literal.count - 1))
                guard let escaped = ScriptString.escape(in: inside, at: &index) else { return nil }
                bytes.append(escaped)
            default: bytes.append(byte)
            }
        }
        self.bytes = bytes
    }

    /// Appends the literal, its quotes included; it is ASCII and holds no line end.
    public func writeRouterOS(to source: inout [UInt8]) {
        source.append(UInt8(ascii: "\""))
        ScriptString.writeEscaped(bytes, to: &source)
        source.append(UInt8(ascii: "\""))
    }

    /// Appends what stands between the quotes; `escapingFirst` when the first byte must be an escape even if it is plain.
    static func writeEscaped(_ bytes: [UInt8], escapingFirst: Bool = false, to source: inout [UInt8]) {
        var isForced = escapingFirst
        for byte in bytes {
            if isPlain(byte), !isForced {
                source.append(byte)
            } else {
                source.append(UInt8(ascii: "\\"))
                source.append(hexadecimal: byte)
            }
            isForced = false
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        // "-./", the digits and ":" follow one another in ASCII.
        case UInt8(ascii: "-")...UInt8(ascii: ":"): true
        case UInt8(ascii: "_"), UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: "@"): true
        default: false
        }
    }

    /// What the escape stands for whose first character is at `index`, which moves behind it.
    private static func escape(in literal: Span<UInt8>, at index: inout Int) -> UInt8? {
        guard let first = literal.at(index) else { return nil }
        index += 1
        switch first {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"), UInt8(ascii: "?"): return first
        case UInt8(ascii: "n"): return 0x0A
        case UInt8(ascii: "r"): return 0x0D
        case UInt8(ascii: "t"): return 0x09
        case UInt8(ascii: "_"): return 0x20
        case UInt8(ascii: "a"): return 0x07
        case UInt8(ascii: "b"): return 0x08
        case UInt8(ascii: "f"): return 0x0C
        case UInt8(ascii: "v"): return 0x0B
        default: break
        }
        // Only capitals are hexadecimal digits here: "\b" and "\f" are taken.
        guard let high = digit(first), let low = literal.at(index).flatMap(digit) else { return nil }
        index += 1
        return high << 4 | low
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        byte < UInt8(ascii: "a") ? byte.hexadecimalValue : nil
    }
}
