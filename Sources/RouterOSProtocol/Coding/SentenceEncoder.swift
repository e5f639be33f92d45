/// Turns commands and replies into the bytes of the wire, many into one buffer so that one write can carry them.
///
/// ```swift
/// var encoder = SentenceEncoder()
/// encoder.append("/ip/hotspot/user/add", tag: 7) { $0["name"] = "A7K2" }
/// encoder.append(Command("/ip/hotspot/user/print", tag: 8))
/// send(encoder.take())
/// ```
///
/// The first form makes no value of the command: with the memory of earlier ones at hand it allocates nothing. The second
/// takes a ``Command`` that was made elsewhere.
public struct SentenceEncoder: Sendable {
    @usableFromInline var writer: WordWriter
    /// The attributes of the sentence that is being written; kept for their memory.
    @usableFromInline var attributes = Attributes()

    /// Makes an encoder with room for `reserving` bytes.
    public init(reserving capacity: Int = 0) {
        writer = WordWriter(reserving: capacity)
    }

    /// Whether nothing is waiting to be sent.
    public var isEmpty: Bool { count == 0 }

    /// How many bytes are encoded so far.
    public var count: Int { writer.end }

    /// A copy of the bytes encoded so far.
    public var bytes: [UInt8] { Array(writer.written) }

    /// Appends a command without making a value of it; `build` sets its attributes.
    ///
    /// A command has a path; one without is left out, since its bytes would end the sentence before it began.
    @inlinable
    public mutating func append(_ path: String, tag: UInt32? = nil, _ build: (inout Attributes) -> Void) {
        attributes.removeAll()
        build(&attributes)
        appendBuilt(path, tag: tag)
    }

    @usableFromInline
    mutating func appendBuilt(_ path: String, tag: UInt32?) {
        writer.appendSentence(path, tag: tag, attributes.writer)
    }

    /// Appends a command: path, tag, attributes, query words, end of sentence.
    ///
    /// A command has a path; one without is left out, since its bytes would end the sentence before it began.
    public mutating func append(_ command: borrowing Command) {
        let (query, foreignTag) = (command.query, command.foreignTag)
        if foreignTag == nil, query == nil {
            return writer.appendSentence(command.path, tag: command.tag, command.attributes.writer)
        }
        guard !command.path.isEmpty else { return }
        writer.append(command.path)
        if let tag = command.tag { writer.append(tag: tag) }
        if let foreignTag { writer.append(tag: foreignTag) }
        writer.append(encoded: command.attributes.encoded)
        if let query { writer.append(encoded: query.encoded[...]) }
        writer.endSentence()
    }

    /// Appends a reply, as a router does: kind, tag, bare reason, attributes, end of sentence.
    public mutating func append(_ reply: borrowing Reply) {
        let (tag, reason, attributes) = (reply.tag, reply.reasonBytes, reply.attributes.encoded)
        writer.append(reply.word)
        if let tag { writer.append(tag: tag) }
        if let reason { reason.withUnsafeBufferPointer { writer.append($0) } }
        writer.append(encoded: attributes)
        writer.endSentence()
    }

    /// Appends one word of a sentence that is written piece by piece, as a router writes the rows of a large table.
    package mutating func append(word: [UInt8]) {
        word.withUnsafeBufferPointer { writer.append($0) }
    }

    /// Appends one attribute of a sentence that is written piece by piece; the name is only looked at.
    package mutating func append(name: UnsafeBufferPointer<UInt8>, value: [UInt8]) {
        value.withUnsafeBufferPointer { writer.append(name, $0) }
    }

    /// Ends a sentence that is written piece by piece.
    package mutating func endSentence() { writer.endSentence() }

    /// Hands over the bytes encoded so far and starts anew.
    public mutating func take() -> [UInt8] { writer.take() }

    /// Forgets the bytes encoded so far and keeps the memory for the next ones.
    public mutating func removeAll() { writer.removeAll() }
}
