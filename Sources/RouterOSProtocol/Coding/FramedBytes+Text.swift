extension FramedBytes {
    /// The text of bytes that are UTF-8, nil for others.
    @inline(__always)
    func unicode(_ range: Range<Int>) -> String? {
        if range.count <= 16, let text = shortASCII(range) { return text }
        return bytes.withUnsafeBufferPointer { TextEncoding.unicode(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// The text of at most 16 bytes, nil when they are not ASCII.
    ///
    /// Most values are that short. They travel in two registers, so that nothing has to be kept alive while a string is made
    /// of them, and one test tells whether they are ASCII.
    @inline(__always)
    private func shortASCII(_ range: Range<Int>) -> String? {
        let count = range.count
        let short: (UInt64, UInt64) = bytes.withUnsafeBytes { bytes in
            let (start, end) = (range.lowerBound, range.upperBound)
            if count >= 8 {
                let first = bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                let last = bytes.loadUnaligned(fromByteOffset: end &- 8, as: UInt64.self)
                return (first.littleEndian, last.littleEndian >> UInt64(truncatingIfNeeded: (16 &- count) &* 8))
            }
            if count >= 4 {
                let first = bytes.loadUnaligned(fromByteOffset: start, as: UInt32.self)
                let last = bytes.loadUnaligned(fromByteOffset: end &- 4, as: UInt32.self)
                let rest = UInt64(last.littleEndian) << UInt64(truncatingIfNeeded: (count &- 4) &* 8)
                return (UInt64(first.littleEndian) | rest, 0)
            }
            var first: UInt64 = 0
            for index in 0..<count { first |= UInt64(bytes[start &+ index]) << UInt64(truncatingIfNeeded: index &* 8) }
            return (first, 0)
        }
        guard (short.0 | short.1) & 0x8080_8080_8080_8080 == 0 else { return nil }
        return withUnsafeBytes(of: (short.0.littleEndian, short.1.littleEndian)) {
            String(decoding: UnsafeRawBufferPointer(rebasing: $0[..<count]), as: UTF8.self)
        }
    }
}
