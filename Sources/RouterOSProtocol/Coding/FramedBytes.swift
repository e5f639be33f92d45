/// Bytes from a peer and where in them the words are: what the sentences that came together share.
///
/// Immutable, so that any number of tasks may read it; one object, so that a sentence costs one reference.
@usableFromInline
final class FramedBytes: Sendable {
    @usableFromInline let bytes: [UInt8]
    let words: [WordRange]

    init(bytes: [UInt8], words: [WordRange]) {
        self.bytes = bytes
        self.words = words
    }

    /// For decoders that have not read anything.
    static let empty = FramedBytes(bytes: [], words: [])
}
