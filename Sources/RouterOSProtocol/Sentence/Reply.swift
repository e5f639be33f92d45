/// One reply from a router, for whoever plays the router or stands between it and a client: simulators, proxies, test
/// doubles.
public struct Reply: Sendable, Hashable {
    /// The first word, `!` included.
    public let word: String
    /// The tag of the command, byte for byte as it came, or nil when it had none.
    public var tag: [UInt8]?
    /// The values of a row, the message of a trap, the `ret` of a done.
    public var attributes: Attributes
    /// The bare word, byte for byte; never empty, which would end the sentence.
    private(set) var reasonBytes: [UInt8]?

    /// Makes a reply; `build` sets its attributes.
    ///
    /// ``ReplyKind/other`` is sent as `!other`, which no client knows; ``init(word:tag:reason:_:)`` sends a word of choice.
    public init(
        _ kind: ReplyKind,
        tag: [UInt8]? = nil,
        reason: String? = nil,
        _ build: (inout Attributes) -> Void = { _ in }
    ) {
        self.init(word: kind.word, tag: tag, reason: reason, build)
    }

    /// Makes a reply that begins with `word`, which may be one this version does not know; a missing `!` is added.
    public init(
        word: String,
        tag: [UInt8]? = nil,
        reason: String? = nil,
        _ build: (inout Attributes) -> Void = { _ in }
    ) {
        self.word = word.utf8.first == UInt8(ascii: "!") ? word : "!" + word
        self.tag = tag
        attributes = Attributes()
        self.reason = reason
        build(&attributes)
    }

    /// Reads a reply that a router sent; encoding it again sends the same words: kind, tag, reason, then the attributes in
    /// their order.
    ///
    /// - Throws: ``RouterOSError`` with `protocolViolation` when the sentence is none: its first word is not UTF-8 that
    ///   begins with `!`, it has two tags, or more than one word that is neither attribute nor tag.
    public init(_ sentence: Sentence) throws(RouterOSError) {
        guard let first = sentence.words.first, first.first == UInt8(ascii: "!"),
            let word = String(validating: first, as: UTF8.self)
        else { throw .noReply("it does not begin with a word such as !re") }
        self.word = word
        for word in sentence.words.dropFirst() where word.first != UInt8(ascii: "=") {
            if word.starts(with: ".tag=".utf8) {
                guard tag == nil else { throw .noReply("it has two tags") }
                tag = Array(word.dropFirst(5))
            } else {
                guard reasonBytes == nil else { throw .noReply("it has two words that are neither attribute nor tag") }
                reasonBytes = Array(word)
            }
        }
        attributes = Attributes(sentence)
    }

    /// What the reply says about its command; ``ReplyKind/other`` for a word this version does not know.
    public var kind: ReplyKind {
        var word = word
        return word.withUTF8 { ReplyKind(word: $0) }
    }

    /// The bare word of a `!fatal`, which is how routers send its reason; an empty one is none.
    public var reason: String? {
        get { reasonBytes.map { RouterOSText.decode($0[...]) } }
        set { reasonBytes = newValue.flatMap { $0.isEmpty ? nil : Array($0.utf8) } }
    }
}

extension RouterOSError {
    fileprivate static func noReply(_ reason: String) -> RouterOSError {
        RouterOSError(.protocolViolation, "a sentence is no reply: \(reason).")
    }
}
