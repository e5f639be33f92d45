/// What a reply says about the command it answers.
public enum ReplyKind: Sendable, Hashable {
    /// `!re`: one row of the answer.
    case row
    /// `!done`: the command is over; carries `=ret=` when it returns a value.
    case done
    /// `!trap`: the command failed; a `!done` follows.
    case trap
    /// `!fatal`: the session is over.
    case fatal
    /// `!empty`: the answer has no rows (RouterOS 7.18 and later); a `!done` follows.
    case empty
    /// A word this version does not know; to be ignored.
    case other

    init(word: UnsafeBufferPointer<UInt8>) {
        switch word.count {
        case 3 where word.elementsEqual("!re".utf8): self = .row
        case 5 where word.elementsEqual("!done".utf8): self = .done
        case 5 where word.elementsEqual("!trap".utf8): self = .trap
        case 6 where word.elementsEqual("!fatal".utf8): self = .fatal
        case 6 where word.elementsEqual("!empty".utf8): self = .empty
        default: self = .other
        }
    }

    /// The word that is sent; for ``other`` one that no client knows.
    var word: String {
        switch self {
        case .row: "!re"
        case .done: "!done"
        case .trap: "!trap"
        case .fatal: "!fatal"
        case .empty: "!empty"
        case .other: "!other"
        }
    }
}
