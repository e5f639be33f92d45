/// Walks from length prefix to length prefix and notes where the words are, in memory that it is lent.
///
/// The walk is bound by the wait for one length byte before the place of the next is known, not by the work: two scanners
/// that take turns at different parts of a buffer need hardly longer than one.
struct WordScanner {
    /// Where the sentence begins that has no end yet.
    private(set) var head: Int
    /// Where its next length prefix is.
    private(set) var scan: Int
    /// How many words it has so far, those found earlier included.
    private var sentenceWords: Int
    private var wordCount = 0
    private var endCount = 0
    /// How many words may be noted; none more once a sentence begins too far into the buffer.
    private var room: Int

    private let memory: Memory
    private let limits: CodecLimits
    /// What a word may be that is taken without a detour.
    private let shortLength: UInt
    private let nearEnd: Int

    /// Where words and sentence ends are noted; there is room for as many of one as of the other.
    struct Memory {
        let words: UnsafeMutableBufferPointer<WordRange>
        let ends: UnsafeMutableBufferPointer<Int>
    }

    /// Lends memory for `room` words.
    static func withMemory<Result>(for room: Int, _ body: (Memory) -> Result) -> Result {
        withUnsafeTemporaryAllocation(of: WordRange.self, capacity: room) { words in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: room) { ends in
                body(Memory(words: words, ends: ends))
            }
        }
    }

    /// Makes a scanner for the sentence at `head`, of which the walk has come to `scan`, past `sentenceWords` words.
    init(at scan: Int, head: Int, _ sentenceWords: Int, _ limits: CodecLimits, _ memory: Memory) {
        self.scan = scan
        self.head = head
        self.sentenceWords = sentenceWords
        self.limits = limits
        self.memory = memory
        room = memory.words.count
        shortLength = UInt(max(0, min(limits.wordBytes, 0x7F)))
        nearEnd = min(limits.sentenceBytes, WordRange.farthestInSentence)
    }

    /// Whether the walk is at the beginning of a sentence.
    var isBetweenSentences: Bool { sentenceWords == 0 }
    /// Whether no further word can be noted.
    var isFull: Bool { wordCount == room }
    /// The words found.
    var found: UnsafeBufferPointer<WordRange> { UnsafeBufferPointer(rebasing: memory.words[..<wordCount]) }
    /// Where in ``found`` the words of each whole sentence end.
    var sentenceEnds: UnsafeBufferPointer<Int> { UnsafeBufferPointer(rebasing: memory.ends[..<endCount]) }

    /// Takes one short word, or the end of a sentence that has words; false when neither is next or there is no room.
    @inline(__always)
    mutating func step(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        guard scan < bytes.count, wordCount < room else { return false }
        let length = UInt(bytes[scan])
        let next = scan &+ 1 &+ Int(truncatingIfNeeded: length)
        if length &- 1 < shortLength {
            guard next <= bytes.count, next &- head < nearEnd, sentenceWords < limits.words else {
                return false
            }
            note(scan &+ 1, next)
            return true
        }
        guard length == 0, sentenceWords > 0 else { return false }
        endSentence(next)
        return true
    }

    /// Takes whatever is next; if that cannot be, how many bytes there must be for it.
    ///
    /// - Throws: ``RouterOSError`` when the sentence cannot become a valid one.
    mutating func stepAny(_ bytes: UnsafeBufferPointer<UInt8>) throws(RouterOSError) -> Int? {
        guard !isFull else { return bytes.count }
        switch WordLength.read(bytes, at: scan) {
        case .word(let prefix, length: 0):
            endSentence(scan + prefix)
        case .word(let prefix, let length):
            if length > limits.wordBytes { throw .tooLong(word: length, limits) }
            let next = scan + prefix + length
            guard next - head < limits.sentenceBytes, scan + prefix - head <= WordRange.farthestInSentence else {
                throw .tooLong(sentence: limits)
            }
            if sentenceWords >= limits.words { throw .tooMany(words: limits) }
            guard next <= bytes.count else { return next }
            note(scan + prefix, next)
        case .incomplete:
            return bytes.count + 1
        case .reserved(let byte):
            throw .reserved(byte)
        }
        return nil
    }

    @inline(__always)
    private mutating func note(_ start: Int, _ end: Int) {
        memory.words[wordCount] = WordRange(start, end)
        wordCount &+= 1
        sentenceWords &+= 1
        scan = end
    }

    @inline(__always)
    private mutating func endSentence(_ next: Int) {
        if sentenceWords > 0 {
            memory.ends[endCount] = wordCount
            endCount &+= 1
            sentenceWords = 0
        }
        scan = next
        head = next
        if head > WordRange.farthest { room = wordCount }
    }
}
