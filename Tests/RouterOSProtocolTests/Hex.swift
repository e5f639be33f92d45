@testable import RouterOSProtocol

/// Bytes out of hexadecimal digits; blanks are ignored.
func hex(_ text: String) -> [UInt8] {
    let digits = text.filter { !$0.isWhitespace }.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
}

/// The prefix that is written before a word of `length` bytes.
func lengthPrefix(_ length: Int) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: WordLength.longest) { buffer, count in
        guard let base = buffer.baseAddress else { return }
        count = WordLength.write(length, to: base)
    }
}
