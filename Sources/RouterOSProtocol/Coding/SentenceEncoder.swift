/// Turns commands and replies into the bytes of the wire, many into one buffer so that one write can carry them.
///
/// ```swift
/// var encoder = SentenceEncoder()
/// encoder.append(Command("/ip/hotspot/user/add", tag: 7) { $0["name"] = "A7K2" })
/// send(encoder.take())
/// ```
public struct SentenceEncoder: Sendable {
    /// The bytes encoded so far.
    public private(set) var bytes: [UInt8]

    /// Makes an encoder with room for `reserving` bytes.
    public init(reserving capacity: Int = 0) {
        bytes = []
        bytes.reserveCapacity(capacity)
    }

    /// Whether nothing is waiting to be sent.
    public var isEmpty: Bool { bytes.isEmpty }

    /// Appends a command: path, tag, attributes, query words, end of sentence.
    public mutating func append(_ command: borrowing Command) {
        appendWord(command.path)
        if let tag = command.tag { appendTag(tag) }
        bytes.append(contentsOf: command.attributes.encoded)
        if let query = command.query { for word in query.words { appendWord(word) } }
        bytes.append(0)
    }

    /// Appends a reply, as a router does: kind, tag, bare reason, attributes, end of sentence.
    public mutating func append(_ reply: borrowing Reply) {
        appendWord(reply.kind.word)
        if let tag = reply.tag {
            WordLength.append(5 + tag.count, to: &bytes)
            bytes.append(contentsOf: ".tag=".utf8)
            bytes.append(contentsOf: tag)
        }
        if let reason = reply.reason { appendWord(reason) }
        bytes.append(contentsOf: reply.attributes.encoded)
        bytes.append(0)
    }

    /// Hands over the bytes encoded so far and starts anew.
    public mutating func take() -> [UInt8] {
        let taken = bytes
        bytes = []
        return taken
    }

    /// Forgets the bytes encoded so far and keeps the memory for the next ones.
    public mutating func removeAll() {
        bytes.removeAll(keepingCapacity: true)
    }

    private mutating func appendWord(_ word: String) {
        var word = word
        word.withUTF8 { word in
            WordLength.append(word.count, to: &bytes)
            bytes.append(contentsOf: word)
        }
    }

    private mutating func appendTag(_ tag: UInt32) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 10) { digits in
            // Written from the end, since the last digit is known first.
            var first = digits.count
            var rest = tag
            repeat {
                first -= 1
                digits[first] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
                rest /= 10
            } while rest > 0
            WordLength.append(5 + digits.count - first, to: &bytes)
            bytes.append(contentsOf: ".tag=".utf8)
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: digits[first...]))
        }
    }
}
