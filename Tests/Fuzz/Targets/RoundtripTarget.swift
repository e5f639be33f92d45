import RouterOSProtocol

/// The input says what a command and a reply hold.
enum RoundtripTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        let choices = input.byte()
        try reply(choices, &input)
        try command(choices, &input)
    }

    private typealias Values = [(name: String, value: [UInt8])]

    /// Names and values as they must come out: a name that is set again keeps its last value.
    private static func values(_ input: inout FuzzInput, count: Int) -> (given: Values, expected: Values) {
        var given: Values = []
        for _ in 0..<count {
            let name = input.text(Int(input.byte() & 0x0F))
            if Attributes.isValidName(name) { given.append((name, value(&input))) }
        }
        var expected: Values = []
        for (name, value) in given {
            expected.removeAll { Array($0.name.utf8) == Array(name.utf8) }
            expected.append((name, value))
        }
        return (given, expected)
    }

    /// Up to 15 bytes, and now and then so many that the length takes another prefix.
    private static func value(_ input: inout FuzzInput) -> [UInt8] {
        let choice = input.byte()
        let bytes = input.bytes(Int(choice & 0x0F))
        switch choice >> 4 {
        case 0xC: return bytes + [UInt8](repeating: 0, count: 0x70)
        case 0xD: return bytes + [UInt8](repeating: UInt8(ascii: "="), count: 0xF8)
        case 0xE: return bytes + [UInt8](repeating: 0xFF, count: 0x3FF0)
        default: return bytes
        }
    }

    private static func reply(_ choices: UInt8, _ input: inout FuzzInput) throws(BrokenLaw) {
        let kinds: [ReplyKind] = [.row, .done, .trap, .fatal, .empty]
        let kind = kinds[Int(choices & 7) % kinds.count]
        let tag = choices & 8 == 0 ? nil : input.bytes(Int(input.byte() & 0x0F))
        let (given, expected) = values(&input, count: Int(choices >> 4 & 3))
        let text = "r" + input.text(Int(input.byte() & 0x07))
        let reason = kind == .fatal ? text : nil
        let reply = Reply(kind, tag: tag, reason: reason) {
            for (name, value) in given { $0.set(name, bytes: value) }
        }
        var encoder = SentenceEncoder()
        encoder.append(reply)
        let sentence = try SentenceTarget.only(encoder.bytes)
        try law(sentence.kind == kind, "\(sentence.kind) is not \(kind)")
        try law(sentence.tag.map(Array.init) == tag, "another tag")
        try law(sentence.bareWord == reason, "another reason")
        try same(sentence, expected)
        try law(encoder.bytes == byHand(sentence), "not the shortest prefixes")
        let again = Reply(sentence.kind, tag: sentence.tag.map(Array.init), reason: sentence.bareWord) {
            for attribute in sentence.attributes { $0.set(attribute.name, bytes: attribute.bytes) }
        }
        try law(again == reply, "a reply made from its sentence differs")
    }

    private static func command(_ choices: UInt8, _ input: inout FuzzInput) throws(BrokenLaw) {
        let (given, expected) = values(&input, count: Int(choices >> 5 & 3))
        let path = "/" + input.text(Int(input.byte() & 0x0F))
        let tag = choices & 0x10 == 0 ? nil : UInt32(truncatingIfNeeded: input.number())
        var command = Command(path, tag: tag) {
            for (name, value) in given { $0.set(name, bytes: value) }
        }
        if choices & 0x80 != 0 { command.query = .equal("name", input.text(8)) || !.present("x") }
        var encoder = SentenceEncoder()
        encoder.append(command)
        let sentence = try SentenceTarget.only(encoder.bytes)
        try law(Array(sentence.name.utf8) == Array(path.utf8), "another path")
        try law(sentence.integerTag == tag, "another tag")
        try law(
            sentence.queryWords.map(Array.init) == (command.query?.words ?? []).map(Array.init),
            "another query"
        )
        try law(sentence.bareWord == nil, "a word too many")
        try same(sentence, expected)
        try law(encoder.bytes == byHand(sentence), "not the shortest prefixes")
        // Into one buffer with others, and handed over, the bytes are the same.
        let alone = encoder.bytes
        encoder.append(command)
        try law(encoder.take() == alone + alone && encoder.isEmpty, "two commands differ from one and one")
    }

    private static func same(_ sentence: Sentence, _ expected: Values) throws(BrokenLaw) {
        let attributes = sentence.attributes
        try law(attributes.map(\.name) == expected.map(\.name), "other names than \(expected.map(\.name))")
        try law(attributes.map { Array($0.bytes) } == expected.map(\.value), "other values")
        for (name, value) in expected {
            try law(sentence.bytes(name).map(Array.init) == value, "\(name) is lost")
        }
    }

    private static func byHand(_ sentence: Sentence) -> [UInt8] {
        var wire = WireWriter()
        for word in sentence.words { wire.word(Array(word)) }
        wire.endSentence()
        return wire.bytes
    }
}
