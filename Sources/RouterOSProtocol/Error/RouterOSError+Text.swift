extension RouterOSError {
    /// The most bytes of a router's text that an error keeps.
    static let textBytes = 1_024

    /// A router's text as an error shows it: without secrets, on one line, and not longer than anyone reads.
    static func text(_ bytes: ArraySlice<UInt8>, hiding secrets: [[UInt8]]) -> String {
        let isLong = bytes.count > Redaction.searchedBytes
        let head = isLong ? wholeCharacters(bytes.prefix(Redaction.searchedBytes)) : bytes
        let shown = RouterOSText.decode(Redaction.hide(secrets, in: head, isCut: isLong))
        var text = String.UnicodeScalarView()
        var size = 0
        for scalar in shown.unicodeScalars {
            let scalar = visible(scalar)
            size += UTF8.width(scalar)
            guard size <= textBytes else { return String(text) + "…" }
            text.append(scalar)
        }
        return String(text) + (isLong ? "…" : "")
    }

    /// The bytes without the last character, which may have been cut in two.
    private static func wholeCharacters(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        let following = bytes.suffix(3).reversed().prefix { $0 & 0xC0 == 0x80 }.count
        return bytes.dropLast(following + 1)
    }

    /// What stands for a character that would end the line of a log, or steer the terminal that shows it.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        // The pictures of the control characters, in their order.
        case 0..<0x20: Unicode.Scalar(0x2400 + scalar.value) ?? "\u{FFFD}"
        case 0x7F: "\u{2421}"
        // The rest of them, ends of lines and paragraphs, and what turns the direction of writing.
        case 0x80..<0xA0, 0x200E...0x200F, 0x2028...0x202E, 0x2066...0x2069: "\u{FFFD}"
        default: scalar
        }
    }
}
