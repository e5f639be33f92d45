extension Sentence {
    /// An attribute: the bytes between the first and the second `=` of a word, and those after it.
    public struct Attribute: Sendable, Hashable {
        /// The name; names are ASCII in every RouterOS version.
        public let name: String
        /// The value, any bytes, `=` included.
        public let bytes: ArraySlice<UInt8>

        /// The value as text, see ``Sentence/subscript(_:)``.
        public var value: String { RouterOSText.decode(bytes) }

        /// Nil when the word is no attribute.
        init?(word: ArraySlice<UInt8>) {
            guard word.first == UInt8(ascii: "=") else { return nil }
            let body = word.dropFirst()
            let separator = body.firstIndex(of: UInt8(ascii: "=")) ?? body.endIndex
            name = RouterOSText.decode(body[..<separator])
            bytes = body[separator...].dropFirst()
        }
    }
}
