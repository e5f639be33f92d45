/// Steps from word to word of a sentence whose length prefixes have been checked already.
struct WordCursor {
    private(set) var position: Int
    let end: Int

    @inline(__always)
    mutating func next(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard position < end else { return nil }
        let short = Int(bytes[position])
        if short < 0x80 {
            let first = position + 1
            position = first + short
            return first..<position
        }
        return nextLong(in: bytes)
    }

    private mutating func nextLong(in bytes: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
        guard case .word(let prefix, let length) = WordLength.read(bytes, at: position) else { return nil }
        let first = position + prefix
        position = first + length
        return first..<position
    }

    /// Where the value of the next word `<prefix>key=value` stands; a bare `<prefix>key` has an empty one.
    @inline(__always)
    mutating func value(
        of key: UnsafeBufferPointer<UInt8>,
        prefix: UInt8,
        in bytes: UnsafeBufferPointer<UInt8>
    ) -> Range<Int>? {
        while let word = next(in: bytes) {
            let valueStart = word.lowerBound + 1 + key.count
            guard valueStart <= word.upperBound, bytes[word.lowerBound] == prefix else { continue }
            guard valueStart == word.upperBound || bytes[valueStart] == UInt8(ascii: "=") else { continue }
            var index = 0
            while index < key.count, bytes[word.lowerBound + 1 + index] == key[index] { index += 1 }
            if index == key.count { return min(valueStart + 1, word.upperBound)..<word.upperBound }
        }
        return nil
    }
}
