extension Sentence {
    /// The words of a sentence, each a slice of the buffer it arrived in.
    public struct Words: Sequence, Sendable {
        let sentence: Sentence

        /// Starts at the first word.
        public func makeIterator() -> Iterator { Iterator(sentence: sentence) }

        /// Steps through the words.
        public struct Iterator: IteratorProtocol {
            private let storage: [UInt8]
            private var cursor: WordCursor

            init(sentence: Sentence) {
                storage = sentence.storage
                cursor = WordCursor(position: sentence.start, end: sentence.end)
            }

            /// The next word, without its length prefix.
            public mutating func next() -> ArraySlice<UInt8>? {
                storage.withUnsafeBufferPointer { cursor.next(in: $0) }.map { storage[$0] }
            }
        }
    }

    /// An attribute: the bytes between the first and the second `=` of a word, and those after it.
    public struct Attribute: Sendable, Hashable {
        /// The name; names are ASCII in every RouterOS version.
        public let name: String
        /// The value, any bytes, `=` included.
        public let bytes: ArraySlice<UInt8>

        /// The value as text, see ``Sentence/subscript(_:)``.
        public var value: String { RouterOSText.decode(bytes) }
    }

    /// The attributes in the order they came in; a name that comes twice is listed twice.
    public var attributes: [Attribute] {
        words.compactMap { word in
            guard word.first == UInt8(ascii: "=") else { return nil }
            let body = word.dropFirst()
            let separator = body.firstIndex(of: UInt8(ascii: "=")) ?? body.endIndex
            return Attribute(name: RouterOSText.decode(body[..<separator]), bytes: body[separator...].dropFirst())
        }
    }

    /// The query words of a command, in the order they came in, each with its `?`.
    public var queryWords: [ArraySlice<UInt8>] {
        words.dropFirst().filter { $0.first == UInt8(ascii: "?") }
    }

    /// The first word that is neither attribute, tag nor query: the reason of a `!fatal`.
    public var bareWord: String? {
        words.dropFirst().first { word in
            guard let first = word.first else { return false }
            return first != UInt8(ascii: "=") && first != UInt8(ascii: "?") && !word.starts(with: ".tag=".utf8)
        }.map(RouterOSText.decode)
    }
}
