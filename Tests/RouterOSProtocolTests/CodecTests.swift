import RouterOSProtocol
import Testing

@Suite("Codec")
struct CodecTests {
    static let commands: [(Command, String)] = [
        (Command("/login"), "062f6c6f67696e00"),
        (
            Command("/login") {
                $0["name"] = "admin"
                $0["password"] = ""
            }, "062f6c6f67696e 0b3d6e616d653d61646d696e 0a3d70617373776f72643d 00"
        ),
        (Command("/cancel", tag: 7) { $0["tag"] = "2" }, "072f63616e63656c 062e7461673d37 063d7461673d32 00"),
        (Command("/quit"), "052f7175697400"),
    ]

    static let replies: [(Reply, String)] = [
        (Reply(.done), "0521646f6e6500"),
        (
            Reply(.trap, tag: [0x32]) {
                $0["category"] = "2"
                $0["message"] = "interrupted"
            }, "0521747261 70062e7461673d32 0b3d63617465676f72793d32 143d6d6573736167653d696e74657272757074656400"
        ),
        (Reply(.empty, tag: [0x35]), "0621656d707479062e7461673d3500"),
        (
            Reply(.fatal, reason: "session terminated on request"),
            "0621666174616c1d73657373696f6e207465726d696e61746564206f6e207265717565737400"
        ),
        (
            Reply(.row) {
                $0[".id"] = "*68"
                $0[".dead"] = "true"
            }, "03217265083d2e69643d2a36380b3d2e646561643d7472756500"
        ),
    ]

    @Test("writes commands as routers expect them", arguments: commands)
    func encodesCommands(command: Command, bytes: String) {
        var encoder = SentenceEncoder()
        encoder.append(command)
        #expect(encoder.bytes == hex(bytes))
    }

    @Test("writes replies as routers do", arguments: replies)
    func encodesReplies(reply: Reply, bytes: String) {
        var encoder = SentenceEncoder()
        encoder.append(reply)
        #expect(encoder.bytes == hex(bytes))
    }

    @Test("tells the kinds of reply apart", arguments: replies)
    func kinds(reply: Reply, bytes: String) throws {
        let sentence = try #require(try Delivery.whole.decode(hex(bytes)).first)
        #expect(sentence.kind == reply.kind)
        #expect(sentence.tag.map(Array.init) == reply.tag)
        #expect(sentence.bareWord == reply.reason)
        #expect(sentence.attributes.map(\.name) == reply.attributes.all.map(\.name))
    }

    @Test("asks for rows by query and property list")
    func query() throws {
        var encoder = SentenceEncoder()
        encoder.append(
            .print("/interface", properties: [".id", "name"], where: .any([.equal("type", "ether"), .present("x")]))
        )
        let sentence = try #require(try Delivery.whole.decode(encoder.bytes).first)
        #expect(sentence.name == "/interface/print")
        #expect(sentence[".proplist"] == ".id,name")
        #expect(sentence.queryWords.map { String(decoding: $0, as: UTF8.self) } == ["?=type=ether", "?x", "?#|"])
    }

    @Test("compiles operators in order")
    func operators() {
        let query = !(.equal("a", "1") && .less("b", than: "2")) || .greater("c", than: "3") || .absent("d")
        #expect(query.words == ["?=a=1", "?<b=2", "?#&", "?#!", "?>c=3", "?#|", "?-d", "?#|"])
    }

    @Test("an attribute is split at the second equals sign and holds any bytes")
    func values() throws {
        let value: [UInt8] = [0x3D, 0x00, 0x0D, 0x0A, 0x20, 0xFF, 0x3D]
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row) { $0.set("source", to: value) })
        let sentence = try #require(try Delivery.whole.decode(encoder.bytes).first)
        #expect(sentence.bytes("source").map(Array.init) == value)
        #expect(sentence.bytes("sourc") == nil)
        #expect(sentence.bytes("source2") == nil)
    }

    @Test("a bare name is an attribute with an empty value, and a missing one is missing")
    func bareName() throws {
        let sentence = try #require(try Delivery.whole.decode(hex("03 217265 05 3d6e616d65 00")).first)
        #expect(sentence["name"] == "")
        #expect(sentence["other"] == nil)
    }

    @Test("bytes that are not UTF-8 read as Windows-1252")
    func codePage() throws {
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row) { $0.set("comment", to: [0x80, 0xE9, 0x41]) })
        let sentence = try #require(try Delivery.whole.decode(encoder.bytes).first)
        #expect(sentence["comment"] == "€éA")
    }

    @Test("setting an attribute again replaces it, setting nil takes it out")
    func replacing() {
        let command = Command("/x") {
            $0["a"] = "1"
            $0["b"] = "2"
            $0["a"] = "3"
            $0["b"] = nil
        }
        #expect(command.attributes.all.map { "\($0.name)=\($0.value)" } == ["a=3"])
    }

    @Test("descriptions show no secrets")
    func redaction() throws {
        let command = Command("/login") {
            $0["name"] = "admin"
            $0["password"] = "canary"
        }
        var encoder = SentenceEncoder()
        encoder.append(command)
        let sentence = try #require(try Delivery.whole.decode(encoder.bytes).first)
        #expect(!command.description.contains("canary") && command.description.contains("admin"))
        #expect(!sentence.description.contains("canary") && sentence.description.contains("admin"))
    }
}
