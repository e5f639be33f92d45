import RouterOSProtocol

/// What clients said and what they were answered, the oldest dropped when there is too much.
struct Transcript: Sendable {
    /// The beginning of an answer.
    private struct Answer: Sendable {
        let time: Duration
        let connection: Int
        let bytes: [UInt8]
        /// How many bytes it has beyond.
        let omitted: Int
    }

    /// How many bytes are kept of one answer.
    private static let answerBytes = 4 << 10
    /// How many bytes are kept of one command.
    private static let commandBytes = 64 << 10

    /// The most commands kept, and the most answers.
    var capacity = 100_000 {
        didSet { shorten() }
    }
    private let mostBytes: Int
    private var kept = Tail<RecordedCommand>()
    private var answers = Tail<Answer>()
    private var order = 0
    private(set) var hash = DialogueHash()

    /// Keeps no more than so many bytes of commands, and of answers.
    init(mostBytes: Int = SimulatorLimits().transcriptBytes) {
        self.mostBytes = mostBytes
    }

    var commands: [RecordedCommand] { kept.elements }

    mutating func record(_ sentence: Sentence, on connection: Int, at time: Duration) {
        hash.begin(1, connection, time)
        for word in sentence.words { hash.add(word) }
        order += 1
        guard capacity > 0 else { return }
        let path = Self.shortened(sentence.name)
        let description = Self.shortened(sentence.description)
        kept.append(
            RecordedCommand(connection: connection, time: time, path: path, description: description),
            at: order,
            bytes: path.utf8.count + description.utf8.count
        )
        kept.shorten(to: capacity, bytes: mostBytes)
    }

    private static func shortened(_ text: String) -> String {
        let count = text.utf8.count
        guard count > commandBytes else { return text }
        let beginning = String(decoding: text.utf8.prefix(commandBytes), as: UTF8.self)
        return "\(beginning)… (\(count - commandBytes) bytes more)"
    }

    mutating func record(_ answer: [UInt8], to connection: Int, at time: Duration) {
        hash.begin(2, connection, time)
        hash.add(answer)
        order += 1
        guard capacity > 0 else { return }
        let isLong = answer.count > Self.answerBytes
        let bytes = isLong ? Array(answer.prefix(Self.answerBytes)) : answer
        answers.append(
            Answer(time: time, connection: connection, bytes: bytes, omitted: answer.count - bytes.count),
            at: order,
            bytes: bytes.count
        )
        answers.shorten(to: capacity, bytes: mostBytes)
    }

    mutating func clear() {
        let capacity = capacity
        self = Transcript(mostBytes: mostBytes)
        self.capacity = capacity
    }

    private mutating func shorten() {
        kept.shorten(to: capacity, bytes: mostBytes)
        answers.shorten(to: capacity, bytes: mostBytes)
    }

    // MARK: As text

    /// A line for each sentence: when, over which connection, in which direction, and its words without secrets.
    var text: String {
        var text = ""
        var next = 0
        for (command, place) in zip(kept.elements, kept.places) {
            while next < answers.places.count, answers.places[next].order < place.order {
                Self.append(answers.elements[next], to: &text)
                next += 1
            }
            text += "\(command.time.faultText) \(command.connection) > \(command)\n"
        }
        for answer in answers.elements[next...] { Self.append(answer, to: &text) }
        return text
    }

    private static func append(_ answer: Answer, to text: inout String) {
        let beginning = "\(answer.time.faultText) \(answer.connection) <"
        var decoder = SentenceDecoder()
        decoder.feed(answer.bytes)
        do throws(RouterOSError) {
            while let sentence = try decoder.next() { text += "\(beginning) \(sentence)\n" }
        } catch {
            text += "\(beginning) (no sentence)\n"
            return
        }
        let rest = answer.omitted + decoder.pending.count
        if rest > 0 { text += "\(beginning) (\(rest) bytes more)\n" }
    }
}

/// The newest of what was appended, as far as there is room.
private struct Tail<Element: Sendable>: Sendable {
    private(set) var elements: [Element] = []
    /// Where in the dialogue each of them stands, and its size.
    private(set) var places: [(order: Int, bytes: Int)] = []
    private var bytes = 0

    mutating func append(_ element: Element, at order: Int, bytes count: Int) {
        elements.append(element)
        places.append((order, count))
        bytes += count
    }

    /// When there is too much, keeps no more than half of what there may be.
    mutating func shorten(to count: Int, bytes limit: Int) {
        guard places.count > count || bytes > limit else { return }
        let most = count / 2 + count % 2
        var surplus = 0
        while surplus < places.count, places.count - surplus > most || bytes > limit / 2 {
            bytes -= places[surplus].bytes
            surplus += 1
        }
        elements.removeFirst(surplus)
        places.removeFirst(surplus)
    }
}
