/// One sentence as it came over the wire: a list of words, of which the first says what it is.
///
/// A sentence is a view into the buffer it arrived in. Nothing is copied and nothing is allocated until a value is asked
/// for as a `String`; values are bytes, since RouterOS stores what it is given without knowing an encoding. Looking up an
/// attribute walks the words, which for the few dozen words of a RouterOS row is faster than building a dictionary.
public struct Sentence: Sendable {
    /// The bytes of the sentence and of its neighbours.
    let storage: [UInt8]
    /// Where the first word's length prefix is.
    let start: Int
    /// Where the end-of-sentence word is.
    let end: Int
    /// The number of words, the first one included.
    public let wordCount: Int

    init(storage: [UInt8], start: Int, end: Int, wordCount: Int) {
        self.storage = storage
        self.start = start
        self.end = end
        self.wordCount = wordCount
    }

    /// All words in the order they came in.
    public var words: Words { Words(sentence: self) }

    /// The first word as text: a path for a command, `!re` and the like for a reply.
    public var name: String { RouterOSText.decode(bytes(firstWord)) }

    /// What kind of reply this is; ``ReplyKind/other`` for a command and for words this version does not know.
    public var kind: ReplyKind {
        storage.withUnsafeBufferPointer { storage in
            let word = firstWord
            guard word.count >= 3, storage[word.lowerBound] == UInt8(ascii: "!") else { return .other }
            return ReplyKind(word: UnsafeBufferPointer(rebasing: storage[word]))
        }
    }

    /// The value of the attribute `key` as text, or nil when the sentence has no such attribute.
    ///
    /// A missing attribute and an empty one differ: the latter is `""`. Bytes that are not UTF-8 are read as Windows-1252,
    /// the code page most RouterOS tables were written in; ``bytes(_:)`` has them as they are.
    public subscript(_ key: String) -> String? {
        withValue(of: key) { RouterOSText.decode($0) }
    }

    /// Runs `body` on the bytes of the attribute `key` where they are; nil when the sentence has no such attribute.
    @inline(__always)
    func withValue<Result>(of key: String, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result? {
        var key = key
        return key.withUTF8 { key in
            storage.withUnsafeBufferPointer { storage in
                var cursor = WordCursor(position: start, end: end)
                guard let range = cursor.value(of: key, prefix: UInt8(ascii: "="), in: storage) else { return nil }
                return body(UnsafeBufferPointer(rebasing: storage[range]))
            }
        }
    }

    /// The value of the attribute `key` as bytes, or nil when the sentence has no such attribute.
    public func bytes(_ key: String) -> ArraySlice<UInt8>? {
        range(of: key, prefix: UInt8(ascii: "=")).map { storage[$0] }
    }

    /// The tag, wherever in the sentence it stands, or nil for an untagged sentence.
    public var tag: ArraySlice<UInt8>? {
        range(of: "tag", prefix: UInt8(ascii: ".")).map { storage[$0] }
    }

    /// The tag as a number, or nil when there is none or it is not one of ours.
    public var integerTag: UInt32? {
        guard let range = range(of: "tag", prefix: UInt8(ascii: ".")), (1...10).contains(range.count) else {
            return nil
        }
        var value: UInt64 = 0
        for byte in storage[range] {
            guard byte >= 0x30, byte <= 0x39 else { return nil }
            value = value * 10 + UInt64(byte - 0x30)
        }
        return UInt32(exactly: value)
    }

    /// The same sentence in memory of its own, for keeping one row of a large answer without the rest.
    public func detached() -> Sentence {
        let copy = Array(storage[start..<end]) + [0]
        return Sentence(storage: copy, start: 0, end: copy.count - 1, wordCount: wordCount)
    }

    private var firstWord: Range<Int> {
        var cursor = WordCursor(position: start, end: end)
        return storage.withUnsafeBufferPointer { cursor.next(in: $0) } ?? start..<start
    }

    private func bytes(_ range: Range<Int>) -> ArraySlice<UInt8> { storage[range] }

    /// Where the value of `key` stands, looking at words that begin with `prefix`.
    @inline(__always)
    private func range(of key: String, prefix: UInt8) -> Range<Int>? {
        var key = key
        return key.withUTF8 { key in
            storage.withUnsafeBufferPointer { storage in
                var cursor = WordCursor(position: start, end: end)
                return cursor.value(of: key, prefix: prefix, in: storage)
            }
        }
    }
}

extension Sentence: Equatable {
    /// Whether both hold the same words in the same order, however long their length prefixes were.
    public static func == (left: Sentence, right: Sentence) -> Bool {
        left.wordCount == right.wordCount && left.words.elementsEqual(right.words)
    }
}

extension Sentence: CustomStringConvertible {
    /// The words on one line, values of attributes that hold secrets left out.
    public var description: String {
        words.map { Redaction.printable($0) }.joined(separator: " ")
    }
}
