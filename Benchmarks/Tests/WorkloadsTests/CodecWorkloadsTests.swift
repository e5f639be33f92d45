import RouterOSProtocol
import Testing
import Workloads

@Suite struct CodecWorkloadsTests {
    @Test func theRowIsTheOneEveryClientIsMeasuredWith() throws {
        var decoder = SentenceDecoder()
        decoder.feed(CodecWorkloads.encodedRow)
        let sentence = try #require(try decoder.next())
        #expect(sentence.wordCount == 17)
        #expect(sentence.words.map { String(decoding: $0, as: UTF8.self) } == CodecWorkloads.row)
        #expect(CodecWorkloads.encodedRow.count == 296)
        #expect(try decoder.next() == nil)
    }

    @Test func everyPassHandlesAThousandSentences() throws {
        #expect(try CodecWorkloads.decodeFrame.checksum() == 17_000)
        #expect(try CodecWorkloads.decodeRead4.checksum() == 1_000 * (13 + 41 + 2 + 7))
        #expect(try CodecWorkloads.decodeTyped.checksum() == 1_000 * 13)
        #expect(try CodecWorkloads.encode.checksum() == 10_000 * CodecWorkloads.encode.bytesPerOperation)
    }

    @Test(arguments: CodecWorkloads.all.filter { !$0.name.hasSuffix("typed") })
    func theLimitDoesTheSameWork(workload: Workload) throws {
        #expect(try workload.limitChecksum() == workload.checksum())
    }

    @Test func noTwoRowsOfTheVariedTableAreAlike() throws {
        var decoder = SentenceDecoder()
        decoder.feed(CodecWorkloads.variedWire)
        var rows: Set<[[UInt8]]> = []
        while let row = try decoder.next() { rows.insert(row.words.map(Array.init)) }
        #expect(rows.count == 1_000)
        #expect(decoder.pending.isEmpty)
    }

    @Test func theEncodedCommandsAreTheWordsTheLimitIsGiven() throws {
        try #expect(Self.words { CodecWorkloads.appendUser(to: &$0) } == CodecWorkloads.command)
        try #expect(Self.words { CodecWorkloads.appendUserAsValue(to: &$0) } == CodecWorkloads.command)
        try #expect(Self.words { CodecWorkloads.appendRowAsValue(to: &$0) } == CodecWorkloads.row)
    }

    private static func words(_ append: (inout SentenceEncoder) -> Void) throws -> [String] {
        var encoder = SentenceEncoder()
        append(&encoder)
        var decoder = SentenceDecoder()
        decoder.feed(encoder.bytes)
        return try #require(try decoder.next()).words.map { String(decoding: $0, as: UTF8.self) }
    }
}
