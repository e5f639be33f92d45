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
        #expect(try CodecWorkloads.encode.checksum() == 1_000 * CodecWorkloads.encode.bytesPerOperation)
    }

    @Test func theEncodedCommandDecodesToWhatWasMeant() throws {
        var decoder = SentenceDecoder()
        decoder.feed(CodecWorkloads.encodedUser())
        let sentence = try #require(try decoder.next())
        #expect(sentence.name == "/ip/hotspot/user/add")
        #expect(sentence.integerTag == 17)
        #expect(sentence["limit-bytes-total"] == "1610612736")
        #expect(sentence["comment"] == "VOUCHER_SYSTEM|2.50|1700000000|1700010800")
        #expect(sentence.wordCount == 8)
    }
}
