/// Where in a script one is behind some of its source, as far as that decides how data is written there.
///
/// (Manual: "Scripting", "Line structure" and "Constant Escape Sequences".)
struct ScriptPosition {
    /// The quotes and brackets that are open, the innermost last; `"$[…]"` is code within a string.
    private var open: [UInt8] = []
    private var tail = Tail.complete
    private var isInComment = false
    /// Whether a `#` here begins a comment.
    private var beginsCommand = true

    /// What a string ends with so far.
    private enum Tail {
        case complete
        case backslash
        case halfHexadecimal
        case dollar
        case variable
    }

    /// Whether this is between quotes.
    var isInString: Bool { open.last == UInt8(ascii: "\"") }

    /// Whether this is behind the name of a variable in a string, which a letter would make another name.
    var isInVariable: Bool { tail == .variable }

    /// How many bytes at the end of a string mean something only together with the next.
    var unfinished: Int {
        switch tail {
        case .backslash, .dollar: 1
        case .halfHexadecimal: 2
        case .complete, .variable: 0
        }
    }

    /// Moves on behind a byte of code.
    mutating func pass(_ byte: UInt8) {
        if isInComment {
            isInComment = byte != UInt8(ascii: "\n")
        } else if isInString {
            passInString(byte)
        } else {
            passInCode(byte)
        }
    }

    /// Moves on behind data.
    mutating func passData(isEmpty: Bool) {
        beginsCommand = isInComment
        if !isEmpty || tail != .variable { tail = .complete }
    }

    private mutating func passInString(_ byte: UInt8) {
        let before = tail
        tail = .complete
        switch before {
        case .backslash:
            // Only capitals are hexadecimal digits here, small letters are escapes of their own.
            if byte < UInt8(ascii: "a"), byte.hexadecimalValue != nil { tail = .halfHexadecimal }
            return
        case .halfHexadecimal: return
        case .dollar where byte == UInt8(ascii: "[") || byte == UInt8(ascii: "("):
            open.append(byte)
            beginsCommand = true
            return
        case .dollar where ScriptPosition.isName(byte), .variable where ScriptPosition.isName(byte):
            tail = .variable
            return
        case .complete, .dollar, .variable: break
        }
        switch byte {
        case UInt8(ascii: "\""): _ = open.popLast()
        case UInt8(ascii: "\\"): tail = .backslash
        case UInt8(ascii: "$"): tail = .dollar
        default: break
        }
    }

    private mutating func passInCode(_ byte: UInt8) {
        let mayBeComment = beginsCommand
        beginsCommand = false
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "("): open.append(byte)
        case UInt8(ascii: "["), UInt8(ascii: "{"):
            open.append(byte)
            beginsCommand = true
        case UInt8(ascii: ")"): close(UInt8(ascii: "("))
        case UInt8(ascii: "]"): close(UInt8(ascii: "["))
        case UInt8(ascii: "}"): close(UInt8(ascii: "{"))
        case UInt8(ascii: ";"), UInt8(ascii: "\n"): beginsCommand = true
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"): beginsCommand = mayBeComment
        case UInt8(ascii: "#") where mayBeComment:
            isInComment = true
            beginsCommand = true
        default: break
        }
    }

    private mutating func close(_ bracket: UInt8) {
        if open.last == bracket { open.removeLast() }
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte | 0x20 {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
    }
}
