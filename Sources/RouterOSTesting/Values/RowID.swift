/// Row ids as the wire has them: `*` and a number in upper-case hexadecimal.
enum RowID {
    static func text(_ id: UInt64) -> WireText {
        var bytes: [UInt8] = []
        write(id, to: &bytes)
        return WireText(bytes)
    }

    /// Writes the id in the place of what `bytes` held, without asking for memory.
    static func write(_ id: UInt64, to bytes: inout [UInt8]) {
        bytes.removeAll(keepingCapacity: true)
        bytes.append(UInt8(ascii: "*"))
        var shift = max(0, (UInt64.bitWidth - id.leadingZeroBitCount - 1) / 4 * 4)
        while shift >= 0 {
            let digit = UInt8(truncatingIfNeeded: id >> UInt64(shift)) & 15
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "A") + digit - 10)
            shift -= 4
        }
    }

    static func number(_ text: WireText) -> UInt64? {
        guard text.bytes.first == UInt8(ascii: "*"), text.bytes.count > 1 else { return nil }
        let digits = text.bytes.dropFirst()
        guard digits.allSatisfy({ $0.hexadecimalValue != nil }) else { return nil }
        return UInt64(String(decoding: digits, as: UTF8.self), radix: 16)
    }
}
