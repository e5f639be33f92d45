/// How much a peer may send before the decoder refuses, whatever the peer announces.
///
/// Going over a limit is an error, never an allocation: a peer that announces a word of 4 GiB costs nothing.
/// Whatever the limits, a word must begin within the first 2 GiB of its sentence.
public struct CodecLimits: Sendable, Hashable {
    /// The longest word accepted, in bytes.
    ///
    /// Real routers send scripts and file contents of some tens of kilobytes.
    public var wordBytes: Int
    /// The longest sentence accepted, in bytes, length prefixes included.
    public var sentenceBytes: Int
    /// The most words accepted in one sentence.
    public var words: Int

    /// Makes limits; the defaults are 4 MiB a word, 16 MiB and 1 024 words a sentence.
    public init(wordBytes: Int = 4 << 20, sentenceBytes: Int = 16 << 20, words: Int = 1_024) {
        self.wordBytes = wordBytes
        self.sentenceBytes = sentenceBytes
        self.words = words
    }
}
