/// The wire format once more, written straight from the table in the manual, a byte at a time and with no regard for speed.
struct NaiveDecoder {
    enum Event: Equatable {
        case sentence([[UInt8]])
        case reservedByte
        case overLimit
    }

    private struct Form {
        let firstBytes: ClosedRange<UInt8>
        let count: Int
        let marker: Int
    }

    private static let forms = [
        Form(firstBytes: 0x00...0x7F, count: 1, marker: 0x00),
        Form(firstBytes: 0x80...0xBF, count: 2, marker: 0x8000),
        Form(firstBytes: 0xC0...0xDF, count: 3, marker: 0xC0_0000),
        Form(firstBytes: 0xE0...0xEF, count: 4, marker: 0xE000_0000),
        Form(firstBytes: 0xF0...0xF0, count: 5, marker: 0xF0_0000_0000),
    ]

    private let wordBytes: Int
    private let sentenceBytes: Int
    private let wordCount: Int
    private var prefix: [UInt8] = []
    private var announced: Int?
    private var word: [UInt8] = []
    private var words: [[UInt8]] = []
    private var size = 0
    private var hasFailed = false

    init(wordBytes: Int, sentenceBytes: Int, wordCount: Int) {
        self.wordBytes = wordBytes
        self.sentenceBytes = sentenceBytes
        self.wordCount = wordCount
    }

    /// What the byte brings to an end, if anything; nothing follows a failure.
    mutating func take(_ byte: UInt8) -> Event? {
        guard !hasFailed else { return nil }
        size += 1
        guard let announced else { return takePrefix(byte) }
        word.append(byte)
        if word.count == announced {
            words.append(word)
            word = []
            self.announced = nil
        }
        return nil
    }

    private mutating func takePrefix(_ byte: UInt8) -> Event? {
        prefix.append(byte)
        guard let form = Self.forms.first(where: { $0.firstBytes.contains(prefix[0]) }) else {
            hasFailed = true
            return .reservedByte
        }
        guard prefix.count == form.count else { return nil }
        let length = prefix.reduce(0) { $0 * 256 + Int($1) } - form.marker
        prefix = []
        if length == 0 {
            defer { (words, size) = ([], 0) }
            return words.isEmpty ? nil : .sentence(words)
        }
        // The end of the sentence needs a byte, too.
        if length > wordBytes || size + length + 1 > sentenceBytes || words.count + 1 > wordCount {
            hasFailed = true
            return .overLimit
        }
        announced = length
        return nil
    }
}
