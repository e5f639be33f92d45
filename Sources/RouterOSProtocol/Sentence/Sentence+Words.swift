extension Sentence {
    /// The words of a sentence, each a slice of the buffer it arrived in.
    public struct Words: RandomAccessCollection, Sendable {
        let sentence: Sentence

        /// Zero.
        public var startIndex: Int { 0 }
        /// The number of words.
        public var endIndex: Int { sentence.wordCount }

        /// A word, without its length prefix.
        public subscript(_ index: Int) -> ArraySlice<UInt8> {
            precondition(indices.contains(index), "a sentence has no word at that index")
            return sentence.framed.bytes[sentence.framed.words[sentence.firstWord + index].bytes]
        }
    }

    /// The attributes in the order they came in; a name that comes twice is listed twice.
    public var attributes: [Attribute] {
        words.compactMap(Attribute.init)
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
