/// Finds the sentences in a stream of bytes, whatever the size of the pieces it arrives in.
///
/// ```swift
/// var decoder = SentenceDecoder()
/// decoder.feed(bytes)
/// while let sentence = try decoder.next() { … }   // nil: more bytes are needed; throws: can never be valid
/// ```
///
/// The stream is walked once however it is cut, and values stay where they arrived: a ``Sentence`` refers to the buffer and
/// keeps it alive. While nobody holds on to sentences, the same memory serves again and again. Works for replies and for
/// commands alike. Take all sentences out before feeding more: what is left is moved and walked again. After an error the
/// stream cannot be read any further: `next()` keeps throwing that error, and what is fed is dropped.
public struct SentenceDecoder: Sendable {
    /// What the decoder refuses; a change counts for every sentence that has not been handed out.
    ///
    /// A server may allow little to those who have not logged in yet.
    public var limits: CodecLimits {
        didSet {
            takeBack()
            letGo()
            guard !isBroken else { return }
            failure = nil
            scan = head
            needed = 0
            words = []
        }
    }

    /// What the sentences refer to that were found.
    @usableFromInline var framed = FramedBytes.empty
    /// Where the words of each of them end.
    @usableFromInline var ends: [Int] = []
    @usableFromInline var handedOut = 0
    @usableFromInline var firstWord = 0

    private var buffer: [UInt8] = []
    /// Whether a sentence that somebody keeps refers to `buffer`.
    private var isBufferShared = false
    /// Where the sentence begins that has no end yet.
    private var head = 0
    /// Where its next length prefix is.
    private var scan = 0
    /// The words of the sentences found, then those of the unfinished one.
    private var words: [WordRange] = []
    /// How many bytes the buffer must hold before there can be anything new in it.
    private var needed = 0
    /// What is wrong behind the sentences found, and whether it has been said.
    private var failure: RouterOSError?
    private var isBroken = false

    /// How many words are found in one go; bounds the memory beside the bytes.
    private static let batch = 2_048
    /// Room for a usual sentence; small enough to be found on the stack.
    private static let fewWords = 64
    /// The most memory that is kept for the next bytes when nothing is left of the last ones.
    private static let keptCapacity = 256 << 10
    /// How many bytes a word of a row has, its prefix included: most have a few more.
    private static let usualWord = 16
    /// How many bytes are searched for the beginning of a row.
    private static let farthestLook = 1_024

    /// Makes a decoder that refuses what goes over `limits`.
    public init(limits: CodecLimits = CodecLimits()) {
        self.limits = limits
    }

    /// The bytes after the last sentence that was handed out.
    public var pending: ArraySlice<UInt8> { buffer[endOfHandedOut...] }

    /// Adds bytes as they came from the peer.
    @inlinable
    public mutating func feed(_ bytes: some Collection<UInt8>) {
        let isFed: Void? = bytes.withContiguousStorageIfAvailable { feed($0) }
        if isFed == nil { feed(Array(bytes)) }
    }

    /// Adds bytes as they came from the peer, without a copy when nothing is left of what came before.
    public mutating func feed(_ bytes: [UInt8]) {
        makeRoom()
        guard !isBroken else { return }
        if buffer.isEmpty { buffer = bytes } else { buffer.append(contentsOf: bytes) }
    }

    /// Adds bytes as they came from the peer.
    public mutating func feed(_ bytes: UnsafeBufferPointer<UInt8>) {
        makeRoom()
        guard !isBroken else { return }
        buffer.append(contentsOf: bytes)
    }

    private mutating func makeRoom() {
        takeBack()
        letGo()
        if head > 0 { moveOn() }
    }

    /// Where the sentences end that were handed out, at least one of those found at a time; the empty word that ends the last
    /// one lies behind that.
    private var endOfHandedOut: Int {
        guard handedOut < ends.count, firstWord > 0 else { return head }
        return framed.words[firstWord - 1].end
    }

    /// Forgets the sentences that were found and not handed out, and what is wrong behind them.
    private mutating func takeBack() {
        guard handedOut < ends.count else { return }
        head = endOfHandedOut
        scan = head
        needed = 0
        failure = nil
        letGo()
        words = []
    }

    /// Leaves the sentences that were handed out to whoever has them; if nobody has, their memory serves again.
    private mutating func letGo() {
        guard let last = ends.last else { return }
        // An array that is shared would be copied with all its room, for each sentence that somebody keeps.
        if isKnownUniquelyReferenced(&framed) {
            framed = .empty
            words.removeSubrange(..<last)
        } else {
            framed = .empty
            words = Array(words[last...])
            isBufferShared = true
        }
        ends.removeAll(keepingCapacity: true)
        (handedOut, firstWord) = (0, 0)
    }

    /// Moves the unfinished sentence to the front.
    private mutating func moveOn() {
        if isBufferShared || head == buffer.count && buffer.capacity > Self.keptCapacity {
            buffer = Array(buffer[head...])
            isBufferShared = false
        } else {
            buffer.removeSubrange(..<head)
        }
        for index in words.indices {
            words[index] = WordRange(words[index].start - head, words[index].end - head)
        }
        scan -= head
        needed -= head
        head = 0
    }

    /// The next whole sentence, or nil when more bytes are needed; empty sentences are skipped.
    ///
    /// - Throws: ``RouterOSError`` with code `protocolViolation` for a reserved length byte and `limitExceeded` for
    ///   anything over ``limits``.
    @inlinable
    public mutating func next() throws(RouterOSError) -> Sentence? {
        // Inlined so that a caller who is done with a sentence before asking for the next one pays no reference counting.
        if handedOut == ends.count {
            guard try findMore() else { return nil }
        }
        let end = ends[handedOut]
        let sentence = Sentence(framed, firstWord: firstWord, wordCount: end - firstWord)
        firstWord = end
        handedOut += 1
        return sentence
    }

    /// Finds at least one more sentence; false when bytes are missing.
    @usableFromInline
    mutating func findMore() throws(RouterOSError) -> Bool {
        letGo()
        repeat {
            if head > WordRange.farthest { moveOn() }
            while failure == nil, ends.isEmpty || words.count < Self.batch / 2, head <= WordRange.farthest, scanBatch()
            {}
            // Nothing but empty sentences, a great many of them.
        } while failure == nil && ends.isEmpty && head > WordRange.farthest
        guard !ends.isEmpty else {
            guard let failure else { return false }
            isBroken = true
            throw failure
        }
        framed = FramedBytes(bytes: buffer, words: words)
        return true
    }

    /// Finds up to a batch of words; false when bytes are missing, or when `failure` says what is wrong with them.
    private mutating func scanBatch() -> Bool {
        guard scan < buffer.count, buffer.count >= needed else { return false }
        let room = min(Self.batch, Self.fewWords + (buffer.count - scan) / 8)
        if words.isEmpty { words.reserveCapacity(room) }
        let limits = limits
        return buffer.withUnsafeBufferPointer { bytes in
            WordScanner.withMemory(for: room) { memory in
                let sentenceWords = words.count - (ends.last ?? 0)
                var scanner = WordScanner(at: scan, head: head, sentenceWords, limits, memory)
                guard let middle = Self.likelyRow(bytes, halfwayFrom: scan), scanner.step(bytes) else {
                    return finish(&scanner, bytes)
                }
                return WordScanner.withMemory(for: room) { memory in
                    var second = WordScanner(at: middle, head: middle, 0, limits, memory)
                    while scanner.scan < middle, scanner.step(bytes), second.step(bytes) {}
                    while scanner.scan < middle, scanner.step(bytes) {}
                    // Only a walk that comes by knows whether a sentence begins there, or a value holds such bytes.
                    guard scanner.isBetweenSentences, scanner.scan == middle else { return finish(&scanner, bytes) }
                    take(scanner)
                    take(second)
                    return true
                }
            }
        }
    }

    /// Goes on alone until there is no more room or no more bytes.
    private mutating func finish(_ scanner: inout WordScanner, _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        defer { take(scanner) }
        do throws(RouterOSError) {
            while true {
                if scanner.step(bytes) { continue }
                if let more = try scanner.stepAny(bytes) {
                    needed = more
                    return scanner.isFull
                }
            }
        } catch {
            failure = error
            return false
        }
    }

    private mutating func take(_ scanner: WordScanner) {
        let before = words.count
        words.append(contentsOf: scanner.found)
        for end in scanner.sentenceEnds { ends.append(before + end) }
        (scan, head) = (scanner.scan, scanner.head)
    }

    /// Where halfway through a batch the bytes look as if a row began; nil when there is not enough to share out.
    private static func likelyRow(_ bytes: UnsafeBufferPointer<UInt8>, halfwayFrom scan: Int) -> Int? {
        let left = bytes.count - scan
        guard left > 2 * farthestLook else { return nil }
        let raw = UnsafeRawBufferPointer(bytes)
        let halfway = scan + min(left, batch * usualWord) / 2
        for index in halfway..<min(halfway + farthestLook, bytes.count - 4) {
            // The empty word that ends a sentence, then the length and the beginning of "!re".
            let four = raw.loadUnaligned(fromByteOffset: index, as: UInt32.self)
            if UInt32(littleEndian: four) == 0x7221_0300 { return index + 1 }
        }
        return nil
    }
}
