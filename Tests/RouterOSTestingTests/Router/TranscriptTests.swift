import RouterOSProtocol
import Testing

@testable import RouterOSTesting

/// How much of a dialogue is remembered.
@Suite struct TranscriptTests {
    private static func sentence(_ comment: String) throws -> Sentence {
        var encoder = SentenceEncoder()
        encoder.append(Command("/ip/hotspot/user/add") { $0["comment"] = comment })
        var decoder = SentenceDecoder()
        decoder.feed(encoder.take())
        return try #require(try decoder.next())
    }

    @Test func commandsTakeNoMoreBytesThanTheyMay() throws {
        var transcript = Transcript(mostBytes: 100_000)
        let long = String(repeating: "x", count: 10_000)
        for number in 0..<100 {
            transcript.record(try Self.sentence(long), on: number, at: .zero)
            #expect(transcript.commands.reduce(0) { $0 + $1.description.utf8.count } <= 100_000)
        }
        #expect((4...10).contains(transcript.commands.count))
        #expect(transcript.commands.last?.connection == 99)
    }

    @Test func answersTakeNoMoreBytesThanTheyMay() {
        var transcript = Transcript(mostBytes: 100_000)
        let answer = Dialogue.encode(["!re", "=comment=" + String(repeating: "x", count: 3_000)])
        for number in 0..<1_000 { transcript.record(answer, to: number, at: .zero) }
        #expect((15...34).contains(transcript.text.split(separator: "\n").count))
    }

    @Test func ofOneCommandTheBeginningIsKept() throws {
        var transcript = Transcript()
        transcript.record(try Self.sentence(String(repeating: "é", count: 7_000)), on: 1, at: .zero)
        let whole = try #require(transcript.commands.first)
        #expect(whole.description.hasSuffix("é"))
        transcript.record(try Self.sentence(String(repeating: "x", count: 1 << 20)), on: 1, at: .zero)
        let cut = try #require(transcript.commands.last)
        #expect(cut.description.utf8.count < 66_000)
        #expect(cut.description.hasSuffix("bytes more)"))
    }

    @Test func aCommandOfOneLongWordTakesNoMoreThanItMayEither() throws {
        var transcript = Transcript(mostBytes: 300_000)
        var decoder = SentenceDecoder()
        let count = 1 << 20
        let prefix = [UInt8(0xE0), UInt8(count >> 16), UInt8(count >> 8 & 0xFF), UInt8(count & 0xFF)]
        decoder.feed(prefix + [UInt8](repeating: UInt8(ascii: "/"), count: count) + [0])
        let sentence = try #require(try decoder.next())
        for number in 0..<10 {
            transcript.record(sentence, on: number, at: .zero)
            let bytes = transcript.commands.reduce(0) { $0 + $1.path.utf8.count + $1.description.utf8.count }
            #expect((1...300_000).contains(bytes))
        }
    }

    @Test func theOrderOfTheDialogueSurvivesForgetting() throws {
        var transcript = Transcript()
        transcript.capacity = 5
        for number in 0..<20 {
            transcript.record(try Self.sentence("q\(number)"), on: 1, at: .zero)
            transcript.record(Dialogue.encode(["!done", ".tag=\(number)"]), to: 1, at: .zero)
            #expect(transcript.commands.count <= 5)
        }
        let lines = transcript.text.split(separator: "\n")
        #expect(lines.last?.contains(".tag=19") == true)
        #expect(lines.dropLast().last?.contains("q19") == true)
        transcript.capacity = 0
        #expect(transcript.text.isEmpty)
    }
}
