/// Bytes of the wire under construction: an array with room behind what is written.
///
/// Keeping the room initialised lets a word be written through one pointer, with one check whether it fits.
@usableFromInline
struct WordWriter: Sendable {
    /// What is written, and room behind it.
    private(set) var bytes: [UInt8] = []
    /// Where the next word goes.
    private(set) var end = 0

    /// The least room made at once: a whole command of a usual menu.
    private static let leastRoom = 256

    init(reserving capacity: Int = 0) {
        if capacity > 0 { bytes = [UInt8](repeating: 0, count: capacity) }
    }

    /// What is written, without the room.
    var written: ArraySlice<UInt8> { bytes[..<end] }

    /// Hands over what is written and starts anew.
    mutating func take() -> [UInt8] {
        defer { self = WordWriter() }
        bytes.removeLast(bytes.count - end)
        return bytes
    }

    /// Forgets what is written and keeps the memory.
    mutating func removeAll() { end = 0 }

    /// Takes out words, length prefixes included.
    mutating func remove(_ words: Range<Int>) {
        let rest = words.upperBound..<end
        bytes.withUnsafeMutableBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return }
            (base + words.lowerBound).update(from: base + rest.lowerBound, count: rest.count)
        }
        end -= words.count
    }

    /// Writes the word `=<name>=<value>`.
    @inline(__always)
    mutating func append(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
        let length = 2 &+ name.count &+ value.count
        write(length) { word in
            word[0] = UInt8(ascii: "=")
            Self.copy(name, to: word + 1)
            word[1 &+ name.count] = UInt8(ascii: "=")
            Self.copy(value, to: word + (2 &+ name.count))
        }
    }

    /// Writes a word.
    @inline(__always)
    mutating func append(_ word: UnsafeBufferPointer<UInt8>) {
        write(word.count) { Self.copy(word, to: $0) }
    }

    /// Writes a word.
    mutating func append(_ word: String) {
        let isWritten: Void? = word.utf8.withContiguousStorageIfAvailable { append($0) }
        if isWritten == nil { Array(word.utf8).withUnsafeBufferPointer { append($0) } }
    }

    /// Writes words that have their length prefixes already.
    mutating func append(encoded words: ArraySlice<UInt8>) {
        words.withUnsafeBufferPointer { words in
            extend(by: words.count) {
                Self.copy(words, to: $0)
                return words.count
            }
        }
    }

    /// Writes a whole sentence: a first word, a tag, words that have their length prefixes already, the end.
    ///
    /// Nothing without a first word: its prefix would end the sentence.
    mutating func appendSentence(_ first: String, tag: UInt32?, _ words: borrowing WordWriter) {
        let isWritten: Void? = first.utf8.withContiguousStorageIfAvailable { appendSentence($0, tag, words) }
        if isWritten == nil { Array(first.utf8).withUnsafeBufferPointer { appendSentence($0, tag, words) } }
    }

    @inline(__always)
    private mutating func appendSentence(
        _ first: UnsafeBufferPointer<UInt8>,
        _ tag: UInt32?,
        _ words: borrowing WordWriter
    ) {
        guard !first.isEmpty else { return }
        let count = words.end
        words.bytes.withUnsafeBufferPointer { words in
            let words = UnsafeBufferPointer(rebasing: words[..<count])
            extend(by: WordLength.longest + first.count + Self.longestTag + words.count + 1) { base in
                var at = WordLength.write(first.count, to: base)
                Self.copy(first, to: base + at)
                at &+= first.count
                if let tag { at &+= Self.write(tag: tag, to: base + at) }
                Self.copy(words, to: base + at)
                at &+= words.count
                base[at] = 0
                return at &+ 1
            }
        }
    }

    /// Writes the word `.tag=<tag>`.
    mutating func append(tag: UInt32) {
        extend(by: Self.longestTag) { Self.write(tag: tag, to: $0) }
    }

    /// Writes the word `.tag=<tag>` for a tag that a peer chose.
    mutating func append(tag: [UInt8]) {
        tag.withUnsafeBufferPointer { tag in
            var name = ".tag="
            name.withUTF8 { name in
                write(name.count + tag.count) { word in
                    Self.copy(name, to: word)
                    Self.copy(tag, to: word + name.count)
                }
            }
        }
    }

    /// Writes the empty word that ends a sentence.
    mutating func endSentence() {
        extend(by: 1) {
            $0[0] = 0
            return 1
        }
    }

    /// Writes the shortest prefix for `length`, then what `body` puts into exactly that many bytes.
    @inline(__always)
    private mutating func write(_ length: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Void) {
        extend(by: WordLength.longest &+ length) { base in
            let prefix = WordLength.write(length, to: base)
            body(base + prefix)
            return prefix &+ length
        }
    }

    /// Makes room for `most` bytes and lets `body` write there; it says how many it wrote.
    @inline(__always)
    private mutating func extend(by most: Int, _ body: (UnsafeMutablePointer<UInt8>) -> Int) {
        makeRoom(for: most)
        let at = end
        let count = bytes.withUnsafeMutableBufferPointer { bytes in
            // Only a writer that has no memory has no address, and room was made for all but nothing at all.
            bytes.baseAddress.map { body($0 + at) } ?? 0
        }
        end = at &+ count
    }

    /// `.tag=` with ten digits, its prefix included.
    private static let longestTag = 16

    /// Writes the word `.tag=<tag>`, its prefix included, where there is room for ``longestTag`` bytes.
    @inline(__always)
    private static func write(tag: UInt32, to word: UnsafeMutablePointer<UInt8>) -> Int {
        var digits = 1
        var rest = tag
        while rest > 9 {
            digits += 1
            rest /= 10
        }
        word[0] = UInt8(truncatingIfNeeded: 5 &+ digits)
        (word[1], word[2], word[3]) = (UInt8(ascii: "."), UInt8(ascii: "t"), UInt8(ascii: "a"))
        (word[4], word[5]) = (UInt8(ascii: "g"), UInt8(ascii: "="))
        rest = tag
        for index in stride(from: 5 &+ digits, to: 5, by: -1) {
            word[index] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
            rest /= 10
        }
        return 6 &+ digits
    }

    @inline(__always)
    private mutating func makeRoom(for count: Int) {
        if bytes.count &- end < count { grow(by: count) }
    }

    @inline(never)
    private mutating func grow(by count: Int) {
        let size = bytes.count + max(count, bytes.count, Self.leastRoom)
        // Not `append(contentsOf: repeatElement(…))`, which goes byte by byte in a build that is not optimised.
        bytes = [UInt8](unsafeUninitializedCapacity: size) { [bytes] buffer, initialized in
            let copied = bytes.withUnsafeBufferPointer { buffer[..<$0.count].initialize(fromContentsOf: $0) }
            buffer[copied...].initialize(repeating: 0)
            initialized = size
        }
    }

    /// Copies bytes; names and most values are a few bytes long, for which a call of `memcpy` costs more than the work.
    @inline(__always)
    private static func copy(_ source: UnsafeBufferPointer<UInt8>, to target: UnsafeMutablePointer<UInt8>) {
        guard let base = source.baseAddress else { return }
        let count = source.count
        guard count < 32 else { return target.update(from: base, count: count) }
        let (from, to) = (UnsafeRawPointer(base), UnsafeMutableRawPointer(target))
        var at = 0
        func copy<Chunk: BitwiseCopyable>(_: Chunk.Type) {
            let size = MemoryLayout<Chunk>.size
            guard count & size != 0 else { return }
            to.storeBytes(of: from.loadUnaligned(fromByteOffset: at, as: Chunk.self), toByteOffset: at, as: Chunk.self)
            at &+= size
        }
        copy(SIMD16<UInt8>.self)
        copy(UInt64.self)
        copy(UInt32.self)
        copy(UInt16.self)
        copy(UInt8.self)
    }
}
