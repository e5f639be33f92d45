/// Rows as people write them: a line for each, `/ip/hotspot/user name=a comment="paid in cash"`.
///
/// A line that begins with `#` is for readers. A value may stand in double quotes, in which a backslash takes the next character as it
/// is. The path may be followed by `add`, which is what happens anyway, or by `set` and the name or id of a row that is there; settings
/// without rows are always set.
struct RowText {
    /// Why a line cannot be read.
    struct Problem: Error {
        let reason: String
    }

    let menu: String
    private(set) var verb: String?
    private(set) var attributes: [(name: String, value: WireText)] = []

    /// Reads a line; nil when nothing stands in it.
    init?(_ line: some StringProtocol) throws(Problem) {
        var rest = Array(line.utf8)[...]
        guard let path = try Self.word(&rest), path.bytes.first != UInt8(ascii: "#") else { return nil }
        guard path.bytes.first == UInt8(ascii: "/") else { throw Problem(reason: "a row begins with its menu, /…") }
        menu = path.description
        while let word = try Self.word(&rest) {
            guard let sign = word.bytes.firstIndex(of: UInt8(ascii: "=")) else {
                if attributes.isEmpty, verb == nil, word == "add" || word == "set" {
                    verb = word.description
                } else if verb == "set", attributes.isEmpty {
                    attributes.append(("numbers", word))
                } else {
                    throw Problem(reason: "\"\(word)\" is no attribute, name=value")
                }
                continue
            }
            attributes.append(
                (String(decoding: word.bytes[..<sign], as: UTF8.self), WireText(word.bytes[(sign + 1)...]))
            )
        }
    }

    /// Takes a word, its quotes taken off.
    private static func word(_ rest: inout ArraySlice<UInt8>) throws(Problem) -> WireText? {
        rest = rest.drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        guard !rest.isEmpty else { return nil }
        var word: [UInt8] = []
        var isQuoted = false
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "\""): isQuoted.toggle()
            case UInt8(ascii: "\\") where isQuoted:
                guard let next = rest.popFirst() else { throw Problem(reason: "a backslash stands at the end") }
                word.append(next)
            case UInt8(ascii: " ") where !isQuoted, UInt8(ascii: "\t") where !isQuoted: return WireText(word)
            default: word.append(byte)
            }
        }
        guard !isQuoted else { throw Problem(reason: "a quote is not closed") }
        return WireText(word)
    }
}
