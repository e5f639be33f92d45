import RouterOSProtocol
import Testing

@Suite("Codec")
struct CodecTests {
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
        #expect(query == Query(words: ["?=a=1", "?<b=2", "?#&!", "?>c=3", "?-d", "?#||"]))
    }

    @Test("an attribute is split at the second equals sign and holds any bytes")
    func values() throws {
        let value: [UInt8] = [0x3D, 0x00, 0x0D, 0x0A, 0x20, 0xFF, 0x3D]
        var encoder = SentenceEncoder()
        encoder.append(Reply(.row) { $0.set("source", bytes: value) })
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
        encoder.append(Reply(.row) { $0.set("comment", bytes: [0x80, 0xE9, 0x41]) })
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

    @Test("whatever is put in the place of the list being built, the sentences before it stay")
    func replacedList() throws {
        let other = Command("/other") { $0["b"] = "2" }
        var encoder = SentenceEncoder()
        encoder.append("/first", tag: 1) { $0["a"] = "1" }
        encoder.append("/second", tag: 2) { $0 = other.attributes }
        encoder.append("/third", tag: 3) { $0 = Attributes() }
        encoder.append("/fourth", tag: 4) {
            $0["c"] = "3"
            $0["c"] = nil
            $0["d"] = "4"
            $0["d"] = "5"
        }
        let sentences = try Delivery.whole.decode(encoder.take())
        #expect(sentences.map(\.name) == ["/first", "/second", "/third", "/fourth"])
        #expect(sentences.map(\.integerTag) == [1, 2, 3, 4])
        #expect(sentences.map { $0.attributes.map(\.name) } == [["a"], ["b"], [], ["d"]])
        #expect(sentences.last?["d"] == "5")
    }

    @Test("a sentence without a first word is not written")
    func withoutPath() {
        var encoder = SentenceEncoder()
        encoder.append("", tag: 1) { $0["a"] = "1" }
        encoder.append(Command("", tag: 2))
        #expect(encoder.isEmpty)
    }
}
