import RouterOSProtocol

/// The first byte chooses limits, the second how the rest is cut into pieces, the rest is the stream.
enum DecoderTarget {
    static let limits = [
        CodecLimits(),
        CodecLimits(wordBytes: 16, sentenceBytes: 48, words: 4),
        CodecLimits(wordBytes: 300, sentenceBytes: 20, words: 1_000),
        CodecLimits(wordBytes: 127, sentenceBytes: 4_096, words: 1),
        CodecLimits(wordBytes: 128, sentenceBytes: 131, words: 2),
        CodecLimits(wordBytes: .max, sentenceBytes: .max, words: .max),
        CodecLimits(wordBytes: 0, sentenceBytes: 0, words: 0),
        CodecLimits(wordBytes: 5, sentenceBytes: .max, words: 3),
    ]

    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        let limits = limits[Int(input.byte() % 8)]
        let cuts = input.byte()
        let stream = input.rest()
        var naive = NaiveDecoder(
            wordBytes: limits.wordBytes,
            sentenceBytes: limits.sentenceBytes,
            wordCount: limits.words
        )
        let expected = stream.map { naive.take($0) }
        try deliver(stream, in: [stream.count], limits, expected)
        try deliver(stream, in: [1], limits, expected)
        // Sizes that follow from the input, so that a cut can fall anywhere.
        try deliver(stream, in: [Int(cuts & 7) + 1, Int(cuts >> 3 & 7) + 1, Int(cuts >> 6) + 1], limits, expected)
    }

    private static func deliver(
        _ stream: [UInt8],
        in sizes: [Int],
        _ limits: CodecLimits,
        _ expected: [NaiveDecoder.Event?]
    ) throws(BrokenLaw) {
        var decoder = SentenceDecoder(limits: limits)
        var kept: [(Sentence, [[UInt8]])] = []
        var start = 0
        var round = 0
        while start < stream.count {
            let end = min(stream.count, start + max(1, sizes[round % sizes.count]))
            decoder.feed(stream[start..<end])
            for case .some(let event) in expected[start..<end] {
                try expect(event, from: &decoder, keeping: &kept)
            }
            if case .sentence(let words)? = event(of: &decoder) {
                throw BrokenLaw("after \(end) bytes in \(sizes): a sentence too many, \(words)")
            }
            start = end
            round += 1
        }
        // What was handed out does not change while more bytes arrive.
        for (sentence, words) in kept {
            try law(sentence.words.map(Array.init) == words, "a sentence changed after it was handed out: \(words)")
        }
    }

    private static func expect(
        _ expected: NaiveDecoder.Event,
        from decoder: inout SentenceDecoder,
        keeping kept: inout [(Sentence, [[UInt8]])]
    ) throws(BrokenLaw) {
        do {
            guard let sentence = try decoder.next() else { throw BrokenLaw("nothing came where \(expected) is") }
            let words = sentence.words.map(Array.init)
            try law(.sentence(words) == expected, "\(words) came where \(expected) is")
            try law(sentence.wordCount == words.count, "\(sentence.wordCount) words counted, \(words.count) there")
            kept.append((sentence, words))
        } catch let error as RouterOSError {
            try law(event(for: error) == expected, "\(error) came where \(expected) is")
            // The stream cannot be read on: the error stays.
            try law(event(of: &decoder) == expected, "an error was forgotten")
        } catch let error as BrokenLaw {
            throw error
        } catch {
            throw BrokenLaw("an error of another kind: \(error)")
        }
    }

    /// What the decoder says next; nil when it wants more bytes.
    private static func event(of decoder: inout SentenceDecoder) -> NaiveDecoder.Event? {
        do throws(RouterOSError) {
            return try decoder.next().map { .sentence($0.words.map(Array.init)) }
        } catch {
            return event(for: error)
        }
    }

    private static func event(for error: RouterOSError) -> NaiveDecoder.Event? {
        switch error.code {
        case .protocolViolation: .reservedByte
        case .limitExceeded: .overLimit
        default: nil
        }
    }
}
