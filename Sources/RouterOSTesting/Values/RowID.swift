/// Row ids as the wire has them: `*` and a number in upper-case hexadecimal.
enum RowID {
    static func text(_ id: UInt64) -> WireText {
        WireText("*" + String(id, radix: 16, uppercase: true))
    }

    static func number(_ text: WireText) -> UInt64? {
        guard text.bytes.first == UInt8(ascii: "*"), text.bytes.count > 1 else { return nil }
        let digits = text.bytes.dropFirst()
        guard digits.allSatisfy({ $0.hexadecimalValue != nil }) else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
