import RouterOSProtocol
import TestSupport

/// The ways in which a stream of bytes can reach a decoder; the sentences must be the same in all of them.
enum Delivery: CaseIterable {
    /// All at once.
    case whole
    /// One byte at a time.
    case dripped
    /// In pieces of changing size, so that every boundary falls everywhere sooner or later.
    case ragged

    func decode(_ bytes: [UInt8], limits: CodecLimits = CodecLimits()) throws -> [Sentence] {
        var decoder = SentenceDecoder(limits: limits)
        var sentences: [Sentence] = []
        for piece in pieces(bytes) {
            decoder.feed(piece)
            while let sentence = try decoder.next() { sentences.append(sentence) }
        }
        return sentences
    }

    func pieces(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
        switch self {
        case .whole: return [bytes[...]]
        case .dripped: return bytes.indices.map { bytes[$0...$0] }
        case .ragged:
            var generator = SplitMix64(seed: UInt64(bytes.count))
            var pieces: [ArraySlice<UInt8>] = []
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + Int.random(in: 1...7, using: &generator))
                pieces.append(bytes[start..<end])
                start = end
            }
            return pieces
        }
    }
}
