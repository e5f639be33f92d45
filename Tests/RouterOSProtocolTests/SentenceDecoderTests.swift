import TestSupport
import Testing

@testable import RouterOSProtocol

@Suite("Sentence decoder")
struct SentenceDecoderTests {
    @Test(
        "finds the same sentences however the bytes arrive",
        arguments: Delivery.allCases,
        [1, 2, 3, 4, 5] as [UInt64]
    )
    func deliveries(delivery: Delivery, seed: UInt64) throws {
        var generator = SplitMix64(seed: seed)
        var bytes: [UInt8] = []
        var expected: [[[UInt8]]] = []
        for _ in 0..<60 {
            if Int.random(in: 0..<5, using: &generator) == 0 { bytes.append(0) }
            let words = (0..<Int.random(in: 1...12, using: &generator)).map { _ in
                // Lengths around the prefix boundaries, 256 for its zero byte.
                let length = [1, 2, 5, 127, 128, 255, 256, 257, 300].randomElement(using: &generator) ?? 1
                return (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            }
            for word in words {
                bytes += lengthPrefix(word.count) + word
            }
            bytes.append(0)
            expected.append(words)
        }
        let sentences = try delivery.decode(bytes)
        #expect(sentences.map { $0.words.map(Array.init) } == expected)
        #expect(sentences.map(\.wordCount) == expected.map(\.count))
    }

    @Test("sentences stay as they were while more bytes arrive")
    func retained() throws {
        var decoder = SentenceDecoder()
        var kept: [Sentence] = []
        for number in 0..<50 {
            var encoder = SentenceEncoder()
            encoder.append(Reply(.row) { $0["name"] = "user\(number)" })
            let (head, tail) = (encoder.bytes.prefix(9), encoder.bytes.dropFirst(9))
            decoder.feed(head)
            #expect(try decoder.next() == nil)
            decoder.feed(tail)
            kept.append(try #require(try decoder.next()))
        }
        #expect(kept.map { $0["name"] } == (0..<50).map { "user\($0)" })
        #expect(kept.map { $0.detached()["name"] } == (0..<50).map { "user\($0)" })
    }

    @Test("an end of sentence announced by a long prefix ends it all the same")
    func overlongEnd() throws {
        let sentences = try Delivery.dripped.decode(hex("03217265 8000 0521646f6e65 F000000000"))
        #expect(sentences.map(\.kind) == [.row, .done])
    }

    @Test("refuses a word that is announced too long before it arrives")
    func longWord() throws {
        var decoder = SentenceDecoder()
        decoder.feed(hex("F0FFFFFFFF"))
        let error = #expect(throws: RouterOSError.self) { try decoder.next() }
        #expect(error?.code == .limitExceeded)
        // The stream cannot be read on: the error stays.
        decoder.feed(hex("0521646f6e6500"))
        #expect(throws: RouterOSError.self) { try decoder.next() }
    }

    @Test("refuses too many words and too long sentences")
    func limits() {
        let limits = CodecLimits(wordBytes: 100, sentenceBytes: 20, words: 3)
        let many = #expect(throws: RouterOSError.self) {
            try Delivery.dripped.decode(hex("0141 0142 0143 0144 00"), limits: limits)
        }
        #expect(many?.code == .limitExceeded)
        let long = #expect(throws: RouterOSError.self) {
            try Delivery.dripped.decode([15] + [UInt8](repeating: 65, count: 15) + [10], limits: limits)
        }
        #expect(long?.code == .limitExceeded)
        #expect(throws: Never.self) { try Delivery.dripped.decode(hex("0141 0142 0143 00"), limits: limits) }
    }

    @Test("random bytes are an error or sentences, never a trap", arguments: 0..<200 as Range<UInt64>)
    func noise(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        let bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &generator) }
        var outcomes: [String] = []
        for delivery in Delivery.allCases {
            do {
                let sentences = try delivery.decode(bytes)
                outcomes.append(sentences.map { "\($0.attributes.count) \($0.kind) \($0)" }.joined())
            } catch {
                outcomes.append("\(error)")
            }
        }
        #expect(Set(outcomes).count == 1)
    }

    @Test("rows by the thousand are found as they are one by one, whatever they hold")
    func manyRows() throws {
        var generator = SplitMix64(seed: 7)
        var bytes: [UInt8] = []
        var names: [String] = []
        for number in 0..<3_000 {
            // Now and then a value that looks like the beginning of a row to whoever looks for one.
            let isOdd = Int.random(in: 0..<4, using: &generator) == 0
            let name = (isOdd ? "\0\u{3}!re\u{7}=name=x" : "") + "user\(number)"
            names.append(name)
            var encoder = SentenceEncoder()
            encoder.append(Reply(.row, tag: Array("17".utf8)) { $0["name"] = name })
            bytes += encoder.take()
        }
        var decoder = SentenceDecoder()
        decoder.feed(bytes)
        var found: [String?] = []
        while let sentence = try decoder.next() { found.append(sentence["name"]) }
        #expect(found == names)
        #expect(try Delivery.ragged.decode(bytes).map { $0["name"] } == names)
    }

    @Test("limits that change count for what has not been handed out")
    func changingLimits() throws {
        var decoder = SentenceDecoder(limits: CodecLimits(wordBytes: 6, sentenceBytes: 20, words: 2))
        decoder.feed(hex("062f6c6f67696e00 0b3d6e616d653d61646d696e 00 03217265"))
        #expect(try decoder.next()?.name == "/login")
        #expect(decoder.pending.count > 12)
        decoder.limits = CodecLimits()
        #expect(try decoder.next()?.name == "=name=admin")
        #expect(try decoder.next() == nil)
        decoder.limits = CodecLimits(wordBytes: 2)
        #expect(throws: RouterOSError.self) { try decoder.next() }
        decoder.limits = CodecLimits()
        #expect(throws: RouterOSError.self, "what was refused stays refused") { try decoder.next() }
    }

    @Test("feeding before everything is taken out loses nothing")
    func backlog() throws {
        var decoder = SentenceDecoder()
        for number in 0..<40 {
            var encoder = SentenceEncoder()
            encoder.append(Reply(.row) { $0["name"] = "\(number)" })
            decoder.feed(encoder.take())
            if number.isMultiple(of: 2) { #expect(try decoder.next()?["name"] == "\(number / 2)") }
        }
        for number in 20..<40 { #expect(try decoder.next()?["name"] == "\(number)") }
        #expect(try decoder.next() == nil)
    }

    @Test("after an error nothing more is kept")
    func deaf() {
        var decoder = SentenceDecoder()
        decoder.feed([0xFF])
        #expect(throws: RouterOSError.self) { try decoder.next() }
        for _ in 0..<100 { decoder.feed([UInt8](repeating: 3, count: 1_000)) }
        #expect(decoder.pending.count <= 1)
        #expect(throws: RouterOSError.self) { try decoder.next() }
    }
}
