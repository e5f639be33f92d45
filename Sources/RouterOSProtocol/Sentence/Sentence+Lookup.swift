extension Sentence {
    /// Runs `body` on the bytes of the attribute `key` where they are; nil when the sentence has no such attribute.
    @inline(__always)
    func withValue<Result>(of key: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        guard let range = range(of: key, prefix: UInt8(ascii: "=")) else { return nil }
        return framed.bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
    }

    /// Where the value of the first word `<prefix>key=value` stands; a bare `<prefix>key` has an empty one.
    @inline(__always)
    func range(of key: String, prefix: UInt8) -> Range<Int>? {
        find(key, prefix: prefix, from: 0)?.value
    }

    /// The word `<prefix>key=value` that comes first when one begins at the word `start` and goes round.
    @inline(__always)
    func find(_ key: String, prefix: UInt8, from start: Int) -> (word: Int, value: Range<Int>)? {
        let found = key.utf8.withContiguousStorageIfAvailable { find($0, prefix, from: start) }
        return found ?? Array(key.utf8).withUnsafeBufferPointer { find($0, prefix, from: start) }
    }

    @inline(__always)
    private func find(
        _ key: UnsafeBufferPointer<UInt8>,
        _ prefix: UInt8,
        from start: Int
    ) -> (word: Int, value: Range<Int>)? {
        framed.bytes.withUnsafeBufferPointer { bytes in
            framed.words.withUnsafeBufferPointer { words in
                let wanted = key.count &+ 1
                let first = start < wordCount ? start : 0
                var (index, last) = (first, wordCount)
                while true {
                    while index < last {
                        let word = words[firstWord &+ index]
                        index &+= 1
                        // The separator tells most words apart, whatever their beginnings have in common.
                        if word.length > wanted {
                            guard bytes[word.start &+ wanted] == UInt8(ascii: "=") else { continue }
                        } else {
                            guard word.length == wanted else { continue }
                        }
                        guard bytes[word.start] == prefix, Self.matches(bytes, at: word.start &+ 1, key) else {
                            continue
                        }
                        return (index &- 1, min(word.start &+ wanted &+ 1, word.end)..<word.end)
                    }
                    guard last == wordCount, first > 0 else { return nil }
                    (index, last) = (0, first)
                }
            }
        }
    }

    /// Whether the bytes of `key` stand at `start`, where there are that many bytes.
    ///
    /// Compared in pieces of eight, four, two and one: a name comes straight out of registers, in pieces like these.
    @inline(__always)
    private static func matches(
        _ bytes: UnsafeBufferPointer<UInt8>,
        at start: Int,
        _ key: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        let (bytes, key) = (UnsafeRawBufferPointer(bytes), UnsafeRawBufferPointer(key))
        var at = 0
        @inline(__always)
        func differs<Piece: FixedWidthInteger & BitwiseCopyable>(_: Piece.Type) -> Bool {
            let difference =
                bytes.loadUnaligned(fromByteOffset: start &+ at, as: Piece.self)
                ^ key.loadUnaligned(fromByteOffset: at, as: Piece.self)
            at &+= MemoryLayout<Piece>.size
            return difference != 0
        }
        while at &+ 8 <= key.count { if differs(UInt64.self) { return false } }
        if key.count & 4 != 0, differs(UInt32.self) { return false }
        if key.count & 2 != 0, differs(UInt16.self) { return false }
        return key.count & 1 == 0 || !differs(UInt8.self)
    }
}
