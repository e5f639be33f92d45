/// One sentence as it came over the wire: a list of words, of which the first says what it is.
///
/// A sentence is a view into the buffer it arrived in: nothing is copied and nothing allocated until a value is asked for as a
/// `String`. Values are bytes, since RouterOS stores what it is given without knowing an encoding. Looking up an
/// attribute goes through the words, of which a row of RouterOS has a few dozen; no dictionary is made.
public struct Sentence: Sendable {
    /// The bytes of the sentence and of its neighbours.
    @usableFromInline let framed: FramedBytes
    /// Which of the words of `framed` is the first of this sentence.
    let firstWord: Int
    /// The number of words, the first one included.
    public let wordCount: Int

    @usableFromInline
    init(_ framed: FramedBytes, firstWord: Int, wordCount: Int) {
        self.framed = framed
        self.firstWord = firstWord
        self.wordCount = wordCount
    }

    /// All words in the order they came in.
    public var words: Words { Words(sentence: self) }

    /// The first word as text: a path for a command, `!re` and the like for a reply.
    public var name: String { words.first.map(RouterOSText.decode) ?? "" }

    /// What kind of reply this is; ``ReplyKind/other`` for a command and for words this version does not know.
    public var kind: ReplyKind {
        guard wordCount > 0 else { return .other }
        let word = framed.words[firstWord].bytes
        return framed.bytes.withUnsafeBufferPointer { ReplyKind(word: UnsafeBufferPointer(rebasing: $0[word])) }
    }

    /// The value of the attribute `key` as text, or nil when the sentence has no such attribute.
    ///
    /// A missing attribute and an empty one differ: the latter is `""`. Bytes that are not UTF-8 are read as Windows-1252,
    /// the code page most RouterOS tables were written in; ``bytes(_:)`` has them as they are.
    public subscript(_ key: String) -> String? {
        withValue(of: key) { TextEncoding.unicode($0) ?? RouterOSText.decode($0) }
    }

    /// The value of the attribute `key` as text: UTF-8, or else in the code page `encoding`.
    ///
    /// `isLossy` tells that the code page has no character for some byte, which reads as U+FFFD; reading never fails.
    public func text(_ key: String, encoding: TextEncoding) -> (text: String, isLossy: Bool)? {
        withValue(of: key) { encoding.decode($0.span) }
    }

    /// The attribute `key` as a `Value`, nil when the sentence does not have it or when it is empty and its type has no empty
    /// value.
    ///
    /// - Throws: ``RouterOSError`` with code `malformedRow` when it is anything but a `Value`.
    @inlinable
    public func value<Value: RouterOSValue>(
        _ key: String,
        as type: Value.Type = Value.self
    ) throws(RouterOSError) -> Value? {
        var row = RowReader(self)
        return try row.value(key, as: type)
    }

    /// The row's id, or nil for menus that hold a single record.
    public var id: ItemID? { self[".id"].map(ItemID.init) }

    /// The value of the attribute `key` as bytes, or nil when the sentence has no such attribute.
    public func bytes(_ key: String) -> ArraySlice<UInt8>? {
        range(of: key, prefix: UInt8(ascii: "=")).map { framed.bytes[$0] }
    }

    /// The tag, wherever in the sentence it stands, or nil for an untagged sentence.
    public var tag: ArraySlice<UInt8>? {
        range(of: "tag", prefix: UInt8(ascii: ".")).map { framed.bytes[$0] }
    }

    /// The tag as a number, or nil when there is none or it is not one of ours: decimal digits, no zeros in front.
    public var integerTag: UInt32? {
        guard let range = range(of: "tag", prefix: UInt8(ascii: ".")) else { return nil }
        let number = framed.bytes.withUnsafeBufferPointer {
            UnsafeBufferPointer(rebasing: $0[range]).span.naturalNumber
        }
        return number.flatMap { UInt32(exactly: $0) }
    }

    /// The same sentence in memory of its own, for keeping one row of a large answer without the rest.
    public func detached() -> Sentence {
        var bytes: [UInt8] = []
        var ranges: [WordRange] = []
        ranges.reserveCapacity(wordCount)
        for word in words {
            ranges.append(WordRange(bytes.count, bytes.count + word.count))
            bytes.append(contentsOf: word)
        }
        return Sentence(FramedBytes(bytes: bytes, words: ranges), firstWord: 0, wordCount: wordCount)
    }
}

extension Sentence: Hashable {
    /// Whether both hold the same words in the same order, however long their length prefixes were.
    public static func == (left: Sentence, right: Sentence) -> Bool {
        left.wordCount == right.wordCount && left.words.elementsEqual(right.words)
    }

    /// Feeds the words to `hasher`.
    public func hash(into hasher: inout Hasher) {
        for word in words { hasher.combine(word) }
    }
}

extension Sentence: CustomStringConvertible {
    /// The words on one line, values of attributes that hold secrets left out.
    public var description: String {
        words.map { Redaction.printable($0) }.joined(separator: " ")
    }
}
