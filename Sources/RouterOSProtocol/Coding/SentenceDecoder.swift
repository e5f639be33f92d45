/// Finds the sentences in a stream of bytes, whatever the size of the pieces it arrives in.
///
/// ```swift
/// var decoder = SentenceDecoder()
/// decoder.feed(bytes)
/// while let sentence = try decoder.next() { … }   // nil: more bytes are needed; throws: can never be valid
/// ```
///
/// A byte is looked at once, however the stream is cut, and no value is copied: a ``Sentence`` refers to the buffer it
/// arrived in and keeps that buffer alive. Works for replies and for commands alike. After an error the stream cannot be
/// read any further and `next()` keeps throwing that error.
public struct SentenceDecoder: Sendable {
    /// What the decoder refuses.
    public let limits: CodecLimits

    private var buffer: [UInt8] = []
    /// Where the unfinished sentence begins.
    private var head = 0
    /// Where the next length prefix is; every word before it has been seen.
    private var scan = 0
    private var words = 0
    private var failure: RouterOSError?

    /// Makes a decoder that refuses what goes over `limits`.
    public init(limits: CodecLimits = CodecLimits()) {
        self.limits = limits
    }

    /// The bytes of a sentence that is not complete yet.
    public var pending: ArraySlice<UInt8> { buffer[head...] }

    /// Adds bytes as they came from the peer.
    public mutating func feed(_ bytes: some Collection<UInt8>) {
        if head == buffer.count {
            buffer = Array(bytes)
        } else if head > 0 {
            // What was handed out stays with the sentences that refer to it; only the unfinished rest moves on.
            var rest = [UInt8]()
            rest.reserveCapacity(buffer.count - head + bytes.count)
            rest.append(contentsOf: buffer[head...])
            rest.append(contentsOf: bytes)
            buffer = rest
        } else {
            buffer.append(contentsOf: bytes)
            return
        }
        scan -= head
        head = 0
    }

    /// The next whole sentence, or nil when more bytes are needed; empty sentences are skipped.
    ///
    /// - Throws: ``RouterOSError`` with code `protocolViolation` for a reserved length byte and `limitExceeded` for
    ///   anything over ``limits``.
    public mutating func next() throws(RouterOSError) -> Sentence? {
        if failure == nil, let ends = step() {
            let sentence = Sentence(storage: buffer, start: head, end: ends.sentence, wordCount: words)
            head = ends.terminator
            scan = head
            words = 0
            return sentence
        }
        if let failure { throw failure }
        return nil
    }

    /// Moves on to the end of a sentence: where its last word ends, and where the empty word after it does.
    ///
    /// Nil when bytes are missing, or when `failure` says what is wrong.
    private mutating func step() -> (sentence: Int, terminator: Int)? {
        var head = self.head
        var scan = self.scan
        var words = self.words
        defer { (self.head, self.scan, self.words) = (head, scan, words) }
        let limits = limits
        let shortest = min(limits.wordBytes, 0x7F)
        var problem: RouterOSError?
        defer { if problem != nil { failure = problem } }
        return buffer.withUnsafeBufferPointer { bytes in
            while true {
                // Nearly every word is short, its prefix one byte: taken without a detour.
                while scan < bytes.count, words < limits.words {
                    let length = Int(bytes[scan])
                    let next = scan + 1 + length
                    guard length > 0, length <= shortest, next <= bytes.count, next - head < limits.sentenceBytes else {
                        break
                    }
                    scan = next
                    words += 1
                }
                switch WordLength.read(bytes, at: scan) {
                case .word(let prefix, length: 0):
                    if words > 0 { return (scan, scan + prefix) }
                    scan += prefix
                    head = scan
                case .word(let prefix, let length):
                    problem = Self.refusal(of: length, sentence: scan + prefix + length - head, words: words, limits)
                    guard problem == nil, bytes.count - scan >= prefix + length else { return nil }
                    scan += prefix + length
                    words += 1
                case .incomplete:
                    return nil
                case .reserved(let byte):
                    problem = .reserved(byte)
                    return nil
                }
            }
        }
    }

    private static func refusal(
        of length: Int,
        sentence: Int,
        words: Int,
        _ limits: CodecLimits
    ) -> RouterOSError? {
        if length > limits.wordBytes { return .tooLong(word: length, limits) }
        if sentence >= limits.sentenceBytes { return .tooLong(sentence: limits) }
        return words < limits.words ? nil : .tooMany(words: limits)
    }
}
