import RouterOSProtocol

/// The input lies about among so many rows that the decoder walks with two scanners, its second one starting at a guess.
///
/// Fed in pieces too small for that, the same bytes must give the same sentences and the same end.
enum BulkTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        let choice = input.byte()
        let limits = choice < 0xE0 ? CodecLimits() : DecoderTarget.limits[Int(choice & 7)]
        let gaps = [input.byte(), input.byte(), input.byte()].map { Int($0 & 0x1F) }
        let odd = input.rest()
        var stream: [UInt8] = []
        var turn = 0
        while stream.count < 2_100 + Int(choice & 0x1F) * 32 {
            for _ in 0..<gaps[turn % gaps.count] { stream += row }
            stream += turn % 3 == 2 ? row : odd
            turn += 1
            if turn > 64 { break }
        }
        let whole = decoded(stream, in: stream.count, limits)
        let pieces = decoded(stream, in: 1_000, limits)
        try law(
            whole.sentences == pieces.sentences,
            "\(whole.sentences.count) sentences, \(pieces.sentences.count) in pieces"
        )
        try law(whole.rest == pieces.rest, "\(whole.rest) is left, \(pieces.rest) in pieces")
        try law(whole.error == pieces.error, "ends with another error in pieces")
    }

    private static let row: [UInt8] = {
        var wire = WireWriter()
        for word in ["!re", ".tag=17", "=.id=*1A", "=name=A7K2", "=uptime=3h"] { wire.word(word) }
        wire.endSentence()
        return wire.bytes
    }()

    private static func decoded(
        _ stream: [UInt8],
        in size: Int,
        _ limits: CodecLimits
    ) -> (sentences: [Sentence], rest: [UInt8], error: RouterOSError.Code?) {
        var decoder = SentenceDecoder(limits: limits)
        var sentences: [Sentence] = []
        do throws(RouterOSError) {
            for start in stride(from: 0, to: stream.count, by: max(1, size)) {
                decoder.feed(stream[start..<min(stream.count, start + size)])
                while let sentence = try decoder.next() { sentences.append(sentence) }
            }
            return (sentences, Array(decoder.pending.drop { $0 == 0 }), nil)
        } catch {
            return (sentences, [], error.code)
        }
    }
}
