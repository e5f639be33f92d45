/// A line as the keys make it that a person presses.
struct TypedLine {
    enum Progress {
        case more
        case finished
        /// Ctrl-D: there will be no more, and no line.
        case ended
        case interrupted
    }

    private var bytes: [UInt8] = []

    /// The line; nil when it is no UTF-8 text.
    var text: String? { String(validating: bytes, as: UTF8.self) }

    mutating func press(_ key: UInt8) -> Progress {
        switch key {
        case UInt8(ascii: "\n"), UInt8(ascii: "\r"): return .finished
        case 0x04: return .ended
        case 0x03, 0x1C: return .interrupted
        case 0x15: bytes.removeAll()
        case 0x08, 0x7F:
            // Back over a whole character.
            while let last = bytes.popLast(), last & 0xC0 == 0x80 {}
        default: bytes.append(key)
        }
        return .more
    }
}
