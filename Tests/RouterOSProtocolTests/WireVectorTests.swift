import Testing

@testable import RouterOSProtocol

/// Bytes as routers and independent implementations write them, in both directions.
@Suite("Wire vectors")
struct WireVectorTests {
    /// Lengths of words and their prefixes.
    static let lengths: [(length: Int, prefix: String)] = [
        (1, "01"), (0x39, "39"), (0x7E, "7E"), (0x7F, "7F"), (0x80, "8080"), (0x81, "8081"), (0x82, "8082"),
        (0x87, "8087"),
        // Holds a zero byte, which must not end the sentence.
        (0x100, "8100"), (0x12C, "812C"), (0x1C42, "9C42"), (0x3FFE, "BFFE"), (0x3FFF, "BFFF"), (0x4000, "C04000"),
        (0x4001, "C04001"), (0x4321, "C04321"), (0xA_D73B, "CAD73B"), (0x1F_FFF4, "DFFFF4"), (0x1F_FFFE, "DFFFFE"),
        (0x1F_FFFF, "DFFFFF"), (0x20_0000, "E0200000"), (0x20_0001, "E0200001"), (0x2A_CDEF, "E02ACDEF"),
        (0x5AD_736B, "E5AD736B"), (0xFFF_FFF0, "EFFFFFF0"), (0xFFF_FFFF, "EFFFFFFF"), (0x1000_0000, "F010000000"),
        (0x1000_0080, "F010000080"), (0xFFFF_FFFE, "F0FFFFFFFE"), (0xFFFF_FFFF, "F0FFFFFFFF"),
    ]

    @Test("a length is written in its shortest form", arguments: lengths + [(0, "00")])
    func writesLengths(length: Int, prefix: String) {
        #expect(lengthPrefix(length) == hex(prefix))
    }

    @Test("a word is written with its length before it", arguments: lengths.filter { $0.length <= 0x20_0001 })
    func writesWords(length: Int, prefix: String) throws {
        let path = String(repeating: "/", count: length)
        var encoder = SentenceEncoder()
        encoder.append(Command(path))
        #expect(encoder.bytes == hex(prefix) + Array(path.utf8) + [0])
        let sentence = try #require(try Delivery.whole.decode(encoder.bytes).first)
        #expect(sentence.words.map(\.count) == [length])
    }

    @Test("a length is read for what it is, not a byte more or less", arguments: lengths)
    func readsLengths(length: Int, prefix: String) throws {
        let exact = CodecLimits(wordBytes: length, sentenceBytes: .max)
        #expect(try Delivery.dripped.decode(hex(prefix), limits: exact).isEmpty)
        let less = CodecLimits(wordBytes: length - 1, sentenceBytes: .max)
        let error = #expect(throws: RouterOSError.self) { try Delivery.dripped.decode(hex(prefix), limits: less) }
        #expect(error?.code == .limitExceeded)
    }

    @Test("a length says nothing until its last byte is there", arguments: lengths)
    func waitsForLengths(length: Int, prefix: String) throws {
        let nothingAllowed = CodecLimits(wordBytes: 0)
        #expect(try Delivery.dripped.decode(hex(prefix).dropLast(), limits: nothingAllowed).isEmpty)
    }

    @Test("a longer prefix than needed is read", arguments: ["8001", "C00001", "E0000001", "F000000001"])
    func overlong(prefix: String) throws {
        let sentence = try #require(try Delivery.dripped.decode(hex(prefix + "41" + "00")).first)
        #expect(sentence.name == "A")
    }

    @Test("first bytes that are no lengths are refused at once", arguments: UInt8(0xF1)...UInt8(0xFF))
    func reserved(byte: UInt8) {
        let error = #expect(throws: RouterOSError.self) { try Delivery.whole.decode([byte]) }
        #expect(error?.code == .protocolViolation)
    }

    /// Commands and what is sent for them.
    static let commands: [(Command, String)] = [
        (Command("/login"), "062f6c6f67696e 00"),
        (
            Command("/login") {
                $0["name"] = "admin"
                $0["password"] = ""
            }, "062f6c6f67696e 0b3d6e616d653d61646d696e 0a3d70617373776f72643d 00"
        ),
        (Command("/cancel", tag: 7) { $0["tag"] = "2" }, "072f63616e63656c 062e7461673d37 063d7461673d32 00"),
        (Command("/quit"), "052f71756974 00"),
    ]

    @Test("commands are written as routers expect them, and read back", arguments: commands)
    func commandsBothWays(command: Command, bytes: String) throws {
        var encoder = SentenceEncoder()
        encoder.append(command)
        #expect(encoder.bytes == hex(bytes))
        let sentence = try #require(try Delivery.dripped.decode(hex(bytes)).first)
        #expect(sentence.name == command.path)
        #expect(sentence.integerTag == command.tag)
        #expect(sentence.attributes == command.attributes.all)
    }

    /// Replies, what we send for them as a router, and, where a router puts the tag elsewhere, what it sends.
    static let replies: [(Reply, own: String, captured: String?)] = [
        (Reply(.done), "0521646f6e65 00", nil),
        (
            Reply(.done) { $0["ret"] = "93b438ec9b80057c06dd9fe67d56aa9a" },
            """
            0521646f6e65
            253d7265743d3933623433386563396238303035376330366464396665363764353661613961 00
            """, nil
        ),
        (
            Reply(.trap, tag: [0x32]) {
                $0["category"] = "2"
                $0["message"] = "interrupted"
            }, "052174726170 062e7461673d32 0b3d63617465676f72793d32 143d6d6573736167653d696e746572727570746564 00",
            "052174726170 0b3d63617465676f72793d32 143d6d6573736167653d696e746572727570746564 062e7461673d32 00"
        ),
        (Reply(.empty, tag: [0x35]), "0621656d707479 062e7461673d35 00", nil),
        (Reply(.done, tag: [0x35]), "0521646f6e65 062e7461673d35 00", nil),
        (
            Reply(.fatal, reason: "session terminated on request"),
            "0621666174616c 1d73657373696f6e207465726d696e61746564206f6e2072657175657374 00", nil
        ),
        (
            Reply(.row) {
                $0[".id"] = "*68"
                $0[".dead"] = "true"
            }, "03217265 083d2e69643d2a3638 0b3d2e646561643d74727565 00", nil
        ),
    ]

    @Test("replies are written as routers do, and read back wherever the tag stands", arguments: replies)
    func repliesBothWays(reply: Reply, own: String, captured: String?) throws {
        var encoder = SentenceEncoder()
        encoder.append(reply)
        #expect(encoder.bytes == hex(own))
        for bytes in [own, captured].compactMap({ $0 }) {
            let sentence = try #require(try Delivery.dripped.decode(hex(bytes)).first)
            #expect(sentence.kind == reply.kind)
            #expect(sentence.tag.map(Array.init) == reply.tag)
            #expect(sentence.bareWord == reply.reason)
            #expect(sentence.attributes == reply.attributes.all)
        }
    }

    @Test("a query's words keep their order and its attributes are found between them")
    func query() throws {
        let words = ["/interface/print", "?type=ether", "?type=vlan", "?#|", "=.proplist=.id,name"]
        let prefixes = hex("10 0b 0a 03 13")
        var bytes: [UInt8] = []
        for (prefix, word) in zip(prefixes, words) { bytes += [prefix] + Array(word.utf8) }
        let sentence = try #require(try Delivery.dripped.decode(bytes + [0]).first)
        #expect(sentence.name == "/interface/print")
        #expect(sentence.queryWords.map { String(decoding: $0, as: UTF8.self) } == Array(words[1...3]))
        #expect(sentence[".proplist"] == ".id,name")
    }

    @Test("a tag may stand last, as in the manual, or second, as in captures", arguments: ["2", "last"])
    func tagPosition(place: String) throws {
        let (tag, attribute) = ("062e7461673d37", "063d7461673d32")
        let bytes = hex("072f63616e63656c" + (place == "last" ? attribute + tag : tag + attribute) + "00")
        let sentence = try #require(try Delivery.whole.decode(bytes).first)
        #expect(sentence.integerTag == 7)
        #expect(sentence["tag"] == "2")
    }

    @Test("a query that somebody else wrote is sent word for word, in its order")
    func queryWords() throws {
        var command = Command("/interface/print") { $0[".proplist"] = ".id,name" }
        command.query = Query(words: ["?type=ether", "?type=vlan", "?#|"])
        var encoder = SentenceEncoder()
        encoder.append(command)
        let words = ["/interface/print", "=.proplist=.id,name", "?type=ether", "?type=vlan", "?#|"]
        var expected: [UInt8] = []
        for (prefix, word) in zip([0x10, 0x13, 0x0B, 0x0A, 0x03] as [UInt8], words) {
            expected += [prefix] + Array(word.utf8)
        }
        #expect(encoder.bytes == expected + [0])
    }

    @Test(
        "words of nothing but blanks are words, and an empty sentence before a row is none",
        arguments: Delivery.allCases
    )
    func blanks(delivery: Delivery) throws {
        let bytes = hex("00 00 03217265 03202020 0a3d6e616d653d20202020 00 00 0521646f6e65 00")
        let sentences = try delivery.decode(bytes)
        #expect(sentences.map(\.kind) == [.row, .done])
        #expect(sentences.first?["name"] == "    " && sentences.first?.wordCount == 3)
    }
}
