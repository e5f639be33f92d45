import RouterOSProtocol
import TestSupport
import Testing

/// The one sentence in what an encoder wrote.
private func sentence(_ build: (inout SentenceEncoder) -> Void) throws -> Sentence {
    var encoder = SentenceEncoder()
    build(&encoder)
    let sentences = try Delivery.ragged.decode(encoder.bytes)
    return try #require(sentences.count == 1 ? sentences.first : nil)
}

/// The one sentence that `words` make.
private func sentence(_ words: [String]) throws -> Sentence {
    try #require(try Delivery.whole.decode(wire(words)).first)
}

private func texts(_ sentence: Sentence) -> [String] {
    sentence.words.map { String(decoding: $0, as: UTF8.self) }
}

extension SplitMix64 {
    /// Bytes of all kinds, those that mean something on the wire among them.
    fileprivate mutating func value() -> [UInt8] {
        let edges: [[UInt8]] = [[], [0], [0x3D], [0x0D, 0x0A], [0xFF, 0xC0], [0x3F], Array(".tag=1".utf8), [0x21]]
        guard Bool.random(using: &self) else { return edges.randomElement(using: &self) ?? [] }
        return (0..<Int.random(in: 0...200, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }

    fileprivate mutating func attributes(_ attributes: inout Attributes) {
        for _ in 0..<Int.random(in: 0...6, using: &self) {
            let name = ["name", ".id", "a b", "é", ".proplist", "-", "?", "!"].randomElement(using: &self) ?? ""
            attributes.set(name, bytes: value())
        }
        if Bool.random(using: &self) { attributes.flag("detail") }
    }

    fileprivate mutating func query() -> Query {
        let leaf: Query =
            [.present("a"), .equal("b", value()), .less("c", than: value())].randomElement(using: &self) ?? .all([])
        switch Int.random(in: 0..<5, using: &self) {
        case 0: return !query()
        case 1: return query() && query()
        case 2: return .any([query(), leaf, leaf])
        default: return leaf
        }
    }
}

@Suite("Command, both ends")
struct CommandTests {
    @Test("what is sent is what is read", arguments: UInt64(1)...30)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let tag = Bool.random(using: &random) ? UInt32.random(in: 0...(.max), using: &random) : nil
            let path = ["/a", "/ip/hotspot/user/print", "/é ", "/"].randomElement(using: &random) ?? ""
            var command = Command(path, tag: tag) { random.attributes(&$0) }
            if Bool.random(using: &random) { command.query = random.query() }
            let sent = try sentence { $0.append(command) }
            let read = try Command(sent)
            #expect(read == command && read.hashValue == command.hashValue)
            #expect(read.tag == tag && read.foreignTag == nil)
            #expect(try sentence { $0.append(read) } == sent)
        }
    }

    @Test(
        "a client's own tag stays as it is",
        arguments: ["a", "", "007", "+1", "-1", "4294967296", "1 ", "é", "=", "1=1"]
    )
    func foreignTags(tag: String) throws {
        var command = try Command(try sentence(["/x", "=a=1", ".tag=\(tag)", "?a"]))
        #expect(command.tag == nil && command.tagBytes == Array(tag.utf8) && command.foreignTag == Array(tag.utf8))
        #expect(try texts(sentence { $0.append(command) }) == ["/x", ".tag=\(tag)", "=a=1", "?a"])
        #expect(command.description == "/x .tag=\(tag) =a=1 ?a")
        command.tag = 7
        #expect(try texts(sentence { $0.append(command) }) == ["/x", ".tag=7", "=a=1", "?a"])
        #expect(command.tagBytes == [0x37] && command.foreignTag == nil)
    }

    @Test("a number as sessions write it is a tag of theirs", arguments: [0, 1, 10, UInt32.max])
    func ownTags(tag: UInt32) throws {
        let command = try Command(try sentence(["/x", ".tag=\(tag)"]))
        #expect(command == Command("/x", tag: tag))
        #expect(command.foreignTag == nil && command.tagBytes == Array("\(tag)".utf8))
    }

    @Test("attributes stay as a client wrote them until they are set again")
    func attributes() throws {
        let words = ["/x", "=a=1", "=b", "=a=2", "==c", "="]
        var command = try Command(try sentence(words))
        #expect(try texts(sentence { $0.append(command) }) == words)
        #expect(command.attributes["a"] == "1" && command.attributes["b"] == "")
        command.attributes["a"] = "3"
        command.attributes["b"] = nil
        #expect(command.attributes["a"] == "3" && command.attributes["b"] == nil)
        #expect(try texts(sentence { $0.append(command) }) == ["/x", "==c", "=", "=a=3"])
    }

    @Test("the words of a query stay in order wherever they stand")
    func query() throws {
        let command = try Command(try sentence(["/x", "?b", "=a=1", "?a", "?#|", ".tag=5"]))
        #expect(
            command.query == Query(words: ["?b", "?a", "?#|"]) && command.query == (.present("b") || .present("a"))
        )
        #expect(try texts(sentence { $0.append(command) }) == ["/x", ".tag=5", "=a=1", "?b", "?a", "?#|"])
    }

    @Test("a query that asks for nothing is none")
    func emptyQuery() {
        var command = Command("/x")
        command.query = .all([])
        #expect(command.query == nil && command == Command("/x"))
        #expect(Command.print("/x", properties: [], where: .all([])) == Command("/x/print"))
    }

    @Test(
        "a sentence that is no command is refused with a reason",
        arguments: [
            (["!re"], "path"), (["x"], "path"), (["=a=1"], "path"), (["?a"], "path"), ([".tag=1"], "path"),
            (["/x", "y"], "word 2 is neither"),
            (["/x", "=a=1", "?b", "password=x"], "word 4 is neither"), (["/x", "/y"], "neither"),
            (["/x", ".tag"], "neither"),
            (["/x", ".tag=1", ".tag=1"], "2 tags"), (["/x", ".other=1"], "neither"),
        ]
    )
    func refusal(words: [String], reason: String) throws {
        let sentence = try sentence(words)
        let error = #expect(throws: RouterOSError.self) { try Command(sentence) }
        #expect(error?.code == .invalidCommand && error?.message.contains(reason) == true)
    }

    @Test("a path that is no text is refused")
    func binaryPath() throws {
        let sentence = try #require(try Delivery.whole.decode([2, 0x2F, 0xFF, 0]).first)
        #expect(throws: RouterOSError.self) { try Command(sentence) }
    }
}

@Suite("Reply, both ends")
struct ReplyTests {
    @Test("what is sent is what is read", arguments: UInt64(1)...30)
    func roundTrip(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let word =
                ["!re", "!done", "!trap", "!fatal", "!empty", "!progress", "!"].randomElement(using: &random) ?? ""
            let reason = [nil, "session terminated on request", "é", "!", ".id"].randomElement(using: &random) ?? nil
            let tag = Bool.random(using: &random) ? random.value() : nil
            let reply = Reply(word: word, tag: tag, reason: reason) { random.attributes(&$0) }
            let sent = try sentence { $0.append(reply) }
            #expect(sent.kind == reply.kind)
            let read = try Reply(sent)
            #expect(read == reply && read.tag == tag && read.reason == reason && read.word == word)
            #expect(try sentence { $0.append(read) } == sent)
        }
    }

    @Test(
        "comes out as it went in",
        arguments: [
            ["!fatal", "session terminated on request"], ["!fatal", "=message=too many commands"], ["!fatal"],
            ["!progress", ".tag=a", "=a=1", "=a=2", "=b"], ["!"], ["!re", ".tag=", "==x"], ["!trap", ".other=1"],
        ]
    )
    func faithful(words: [String]) throws {
        let reply = try Reply(try sentence(words))
        #expect(try texts(sentence { $0.append(reply) }) == words)
        #expect(reply.word == words[0])
    }

    @Test("a reason that is no text stays what it is")
    func binaryReason() throws {
        let bytes: [UInt8] = [6] + Array("!fatal".utf8) + [2, 0xE9, 0xFF, 0]
        let reply = try Reply(try #require(try Delivery.whole.decode(bytes).first))
        #expect(reply.reason == "éÿ")
        var encoder = SentenceEncoder()
        encoder.append(reply)
        #expect(encoder.bytes == bytes)
    }

    @Test("a word without its mark gets one, and an empty reason is none: neither can end the sentence")
    func safety() throws {
        var reply = Reply(word: "", reason: "")
        #expect(try texts(sentence { $0.append(reply) }) == ["!"])
        #expect(reply.reason == nil && reply.kind == .other)
        reply.reason = "over"
        #expect(try texts(sentence { $0.append(reply) }) == ["!", "over"])
        #expect(Reply(word: "re") == Reply(.row) && Reply(word: "!progress").kind == .other)
    }

    @Test(
        "every kind is sent as a word that reads as that kind",
        arguments: [ReplyKind.row, .done, .trap, .fatal, .empty, .other]
    )
    func kinds(kind: ReplyKind) throws {
        let sent = try sentence { $0.append(Reply(kind)) }
        #expect(sent.kind == kind && sent.name == (kind == .other ? "!other" : Reply(kind).word))
    }

    @Test(
        "a sentence that is no reply is refused",
        arguments: [["/x"], ["re"], ["!re", ".tag=1", ".tag=2"], ["!fatal", "a", "b"], ["!fatal", "?a", "?b"]]
    )
    func refusal(words: [String]) throws {
        let sentence = try sentence(words)
        let error = #expect(throws: RouterOSError.self) { try Reply(sentence) }
        #expect(error?.code == .protocolViolation)
    }
}
