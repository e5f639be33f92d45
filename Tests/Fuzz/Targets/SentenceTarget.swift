import RouterOSProtocol

/// The input is a list of words, a length byte before each; from 0xC0 on with an overlong prefix on the wire.
enum SentenceTarget {
    static func check(_ input: [UInt8]) throws(BrokenLaw) {
        var input = FuzzInput(input)
        var words: [[UInt8]] = []
        var wire = WireWriter()
        while !input.isAtEnd {
            let length = Int(input.byte())
            let isOverlong = length >= 0xC0
            let word = input.bytes(isOverlong ? length & 0x3F : length)
            guard !word.isEmpty else { continue }
            words.append(word)
            wire.word(word, isOverlong: isOverlong)
        }
        guard !words.isEmpty else { return }
        wire.endSentence()
        let sentence = try only(wire.bytes)
        try law(sentence.words.map(Array.init) == words, "other words than were sent")
        try law(sentence.detached() == sentence, "a copy differs")
        try law(sentence.name == text(words[0]), "another name")
        try law(!sentence.description.isEmpty, "no description")
        try kind(sentence, words)
        try tag(sentence, words)
        try attributes(sentence, words)
        try others(sentence, words)
        try rows(sentence)
        try rewritten(sentence)
    }

    /// The one sentence in `bytes`.
    static func only(_ bytes: [UInt8]) throws(BrokenLaw) -> Sentence {
        var decoder = SentenceDecoder(limits: CodecLimits(wordBytes: .max, sentenceBytes: .max, words: .max))
        decoder.feed(bytes)
        do throws(RouterOSError) {
            if let sentence = try decoder.next(), try decoder.next() == nil { return sentence }
        } catch {
            throw BrokenLaw("\(error)")
        }
        throw BrokenLaw("not one sentence in \(bytes)")
    }

    private static func kind(_ sentence: Sentence, _ words: [[UInt8]]) throws(BrokenLaw) {
        let kinds: [[UInt8]: ReplyKind] = [
            Array("!re".utf8): .row, Array("!done".utf8): .done, Array("!trap".utf8): .trap,
            Array("!fatal".utf8): .fatal, Array("!empty".utf8): .empty,
        ]
        try law(sentence.kind == kinds[words[0]] ?? .other, "\(sentence.kind) for \(words[0])")
    }

    private static func tag(_ sentence: Sentence, _ words: [[UInt8]]) throws(BrokenLaw) {
        let word = words.first { $0 == Array(".tag".utf8) || $0.starts(with: ".tag=".utf8) }
        let tag = word.map { Array($0.dropFirst(5)) }
        try law(sentence.tag.map(Array.init) == tag, "tag \(sentence.tag ?? []) for \(tag ?? [])")
        // Ours have no zeros in front and no sign.
        let number = tag.flatMap { bytes in
            UInt32(String(decoding: bytes, as: UTF8.self)).flatMap { Array(String($0).utf8) == bytes ? $0 : nil }
        }
        try law(sentence.integerTag == number, "tag \(sentence.integerTag ?? 0) for \(number ?? 0)")
    }

    /// Name and value of each attribute word, split at its second equals sign.
    private static func split(_ words: [[UInt8]]) -> [(name: [UInt8], value: [UInt8])] {
        words.filter { $0[0] == UInt8(ascii: "=") }.map { word in
            let parts = word.dropFirst().split(
                separator: UInt8(ascii: "="),
                maxSplits: 1,
                omittingEmptySubsequences: false
            )
            return (Array(parts[0]), parts.count > 1 ? Array(parts[1]) : [])
        }
    }

    private static func attributes(_ sentence: Sentence, _ words: [[UInt8]]) throws(BrokenLaw) {
        let expected = split(words)
        let attributes = sentence.attributes
        try law(attributes.map { Array($0.bytes) } == expected.map(\.value), "other values")
        try law(attributes.map(\.name) == expected.map { text($0.name) }, "other names")
        try law(attributes.map(\.value) == expected.map { text($0.value) }, "other texts")
        for attribute in expected {
            guard let name = String(validating: attribute.name, as: UTF8.self) else { continue }
            let first = expected.first { $0.name == attribute.name }?.value ?? []
            try law(sentence.bytes(name).map(Array.init) == first, "\(name) is not the first one's value")
            try law(sentence[name] == text(first), "\(name) reads differently")
            try values(sentence, name, first, isUnique: expected.count { text($0.name) == name } == 1)
        }
        let missing = "no-such-attribute"
        if !expected.contains(where: { $0.name == Array(missing.utf8) }) {
            try law(sentence[missing] == nil && sentence.bytes(missing) == nil, "a missing attribute is there")
        }
    }

    /// A row reads what the value types read; again from anywhere, unless the name comes twice.
    private static func values(
        _ sentence: Sentence,
        _ name: String,
        _ value: [UInt8],
        isUnique: Bool
    ) throws(BrokenLaw) {
        var row = RowReader(sentence)
        try read(&row, name, value, as: UInt64.self)
        if !isUnique { row = RowReader(sentence) }
        try read(&row, name, value, as: Int8.self)
        if !isUnique { row = RowReader(sentence) }
        try read(&row, name, value, as: Bool.self)
        if !isUnique { row = RowReader(sentence) }
        try read(&row, name, value, as: Duration.self)
        if !isUnique { row = RowReader(sentence) }
        try read(&row, name, value, as: String.self)
    }

    private static func read<Value: RouterOSValue>(
        _ row: inout RowReader,
        _ name: String,
        _ value: [UInt8],
        as type: Value.Type
    ) throws(BrokenLaw) {
        let expected = value.withUnsafeBufferPointer { Value(routerOS: $0.span) }
        let read = Result { () throws(RouterOSError) -> Value? in try row.value(name, as: type) }
        switch read {
        case .success(let value?): try law(value == expected, "\(name) is read as \(value)")
        case .success(nil): try law(expected == nil && value.isEmpty, "\(name) is read as nothing")
        case .failure: try law(expected == nil && !value.isEmpty, "\(name) is refused")
        }
    }

    private static func others(_ sentence: Sentence, _ words: [[UInt8]]) throws(BrokenLaw) {
        let queries = words.dropFirst().filter { $0[0] == UInt8(ascii: "?") }
        try law(sentence.queryWords.map(Array.init) == queries, "other query words")
        let bare = words.dropFirst().first {
            $0[0] != UInt8(ascii: "=") && $0[0] != UInt8(ascii: "?") && !$0.starts(with: ".tag=".utf8)
        }
        try law(sentence.bareWord == bare.map(text), "another bare word")
    }

    /// A sentence that is a command or a reply is written again as what it was.
    private static func rewritten(_ sentence: Sentence) throws(BrokenLaw) {
        if let command = try? Command(sentence) {
            var encoder = SentenceEncoder()
            encoder.append(command)
            let again = try only(encoder.bytes)
            try law((try? Command(again)) == command, "another command: \(again)")
            try law(
                again.wordCount == sentence.wordCount && Set(again.words) == Set(sentence.words),
                "a command with other words: \(again)"
            )
        }
        if let reply = try? Reply(sentence) {
            var encoder = SentenceEncoder()
            encoder.append(reply)
            let again = try only(encoder.bytes)
            try law((try? Reply(again)) == reply && again.kind == sentence.kind, "another reply: \(again)")
        }
    }

    /// Every typed row reads the sentence or throws; what it reads survives being written.
    private static func rows(_ sentence: Sentence) throws(BrokenLaw) {
        _ = try? HotspotActive(sentence)
        _ = try? PPPActive(sentence)
        _ = try? SystemIdentity(sentence)
        _ = try? SystemResource(sentence)
        try rewritten(HotspotUser.self, sentence)
        try rewritten(HotspotUserProfile.self, sentence)
        try rewritten(PPPSecret.self, sentence)
    }

    private static func rewritten<Row: WritableRouterOSRow & Equatable>(
        _: Row.Type,
        _ sentence: Sentence
    ) throws(BrokenLaw) {
        guard let row = try? Row(sentence) else { return }
        func written(_ row: Row) throws(BrokenLaw) -> (Row, Sentence) {
            var encoder = SentenceEncoder()
            encoder.append(Reply(.row) { row.write(to: &$0) })
            let sentence = try only(encoder.bytes)
            guard let row = try? Row(sentence) else { throw BrokenLaw("a row that was written cannot be read") }
            return (row, sentence)
        }
        let (first, words) = try written(row)
        let (second, again) = try written(first)
        try law(first == second && words == again, "a row changes when it is written")
    }

    /// Valid UTF-8 as such, otherwise one character for each byte.
    private static func text(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        var text = String.UnicodeScalarView()
        for byte in bytes { text.append(byte < 0x80 || byte >= 0xA0 ? Unicode.Scalar(byte) : windows1252(byte)) }
        return String(text)
    }

    private static func windows1252(_ byte: UInt8) -> Unicode.Scalar { upperHalf[Int(byte) - 0x80] }

    /// The characters of Windows-1252 at 0x80 to 0x9F; five bytes stand for nothing.
    private static let upperHalf = Array(
        """
        \u{20AC}\u{FFFD}\u{201A}\u{192}\u{201E}\u{2026}\u{2020}\u{2021}\
        \u{2C6}\u{2030}\u{160}\u{2039}\u{152}\u{FFFD}\u{17D}\u{FFFD}\
        \u{FFFD}\u{2018}\u{2019}\u{201C}\u{201D}\u{2022}\u{2013}\u{2014}\
        \u{2DC}\u{2122}\u{161}\u{203A}\u{153}\u{FFFD}\u{17E}\u{178}
        """.unicodeScalars
    )
}
