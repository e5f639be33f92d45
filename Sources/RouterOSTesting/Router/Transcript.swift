import RouterOSProtocol

/// What clients said and what they were answered, the oldest dropped when there is too much.
struct Transcript: Sendable {
    /// The beginning of an answer.
    private struct Answer: Sendable {
        let order: Int
        let time: Duration
        let connection: Int
        let bytes: [UInt8]
        /// How many bytes it has beyond.
        let omitted: Int
    }

    /// How many bytes are kept of one answer.
    private static let answerBytes = 4 << 10
    /// How many bytes are kept of all answers together.
    private static let allAnswerBytes = 8 << 20

    /// The most commands kept, and the most answers.
    var capacity = 100_000 {
        didSet { shorten() }
    }
    private(set) var commands: [RecordedCommand] = []
    /// The place of each command in the dialogue.
    private var orders: [Int] = []
    private var answers: [Answer] = []
    private var keptBytes = 0
    private var order = 0
    private(set) var hash = DialogueHash()

    mutating func record(_ sentence: Sentence, on connection: Int, at time: Duration) {
        hash.begin(1, connection, time)
        for word in sentence.words { hash.add(word) }
        order += 1
        if commands.count >= capacity { shorten() }
        guard capacity > 0 else { return }
        orders.append(order)
        commands.append(
            RecordedCommand(
                connection: connection,
                time: time,
                path: sentence.name,
                description: sentence.description
            )
        )
    }

    mutating func record(_ answer: [UInt8], to connection: Int, at time: Duration) {
        hash.begin(2, connection, time)
        hash.add(answer)
        order += 1
        if answers.count >= capacity || keptBytes > Self.allAnswerBytes { shorten() }
        guard capacity > 0 else { return }
        let isLong = answer.count > Self.answerBytes
        let kept = isLong ? Array(answer.prefix(Self.answerBytes)) : answer
        keptBytes += kept.count
        answers.append(
            Answer(order: order, time: time, connection: connection, bytes: kept, omitted: answer.count - kept.count)
        )
    }

    mutating func clear() {
        let capacity = capacity
        self = Transcript()
        self.capacity = capacity
    }

    /// Keeps the newer half of what there is too much of.
    private mutating func shorten() {
        if commands.count >= capacity {
            let surplus = commands.count - capacity / 2
            commands.removeFirst(surplus)
            orders.removeFirst(surplus)
        }
        guard answers.count >= capacity || keptBytes > Self.allAnswerBytes else { return }
        answers.removeFirst(answers.count - min(answers.count, capacity) / 2)
        keptBytes = answers.reduce(0) { $0 + $1.bytes.count }
    }

    // MARK: As text

    /// A line for each sentence: when, over which connection, in which direction, and its words without secrets.
    var text: String {
        var text = ""
        var answers = answers[...]
        for (command, order) in zip(commands, orders) {
            while let answer = answers.first, answer.order < order {
                Self.append(answer, to: &text)
                answers.removeFirst()
            }
            text += "\(command.time.faultText) \(command.connection) > \(command)\n"
        }
        for answer in answers { Self.append(answer, to: &text) }
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
