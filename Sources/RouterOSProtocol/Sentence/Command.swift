/// One command to a router: a path, attributes, and for `print` and `listen` a query.
///
/// ```swift
/// let command = Command("/ip/hotspot/user/add") {
///     $0["name"] = "A7K2"
///     $0["password"] = "A7K2"
/// }
/// ```
public struct Command: Sendable, Hashable {
    /// Menu and verb, `/` before each part: `/ip/hotspot/user/print`.
    ///
    /// Never empty: it is the first word, and a sentence without one is no command to a router. Not checked here, since
    /// paths are written in code; a command that came in has one that begins with `/`.
    public let path: String
    /// The number that the replies of this command carry; a session chooses it.
    ///
    /// Nil also when another client chose a tag that is no such number, see ``foreignTag``; setting replaces that one too.
    public var tag: UInt32? { didSet { foreignTag = nil } }
    /// The tag of a command that came in, byte for byte, when it is not a number as ``tag`` would be written: `a`, `007`.
    public private(set) var foreignTag: [UInt8]?
    /// What the command says beside its path.
    ///
    /// Their order means nothing to a router, yet commands are equal only when they send the same words in the same order.
    public var attributes: Attributes
    /// The rows a `print` or `listen` answers, or nil for all; a query without words becomes nil.
    public var query: Query? { didSet { if query?.encoded.isEmpty == true { query = nil } } }

    /// Makes a command; `build` sets its attributes.
    public init(_ path: String, tag: UInt32? = nil, _ build: (inout Attributes) -> Void = { _ in }) {
        self.path = path
        self.tag = tag
        attributes = Attributes()
        build(&attributes)
    }

    /// Makes a `print` of a menu that asks for `properties` of the rows that match `query`.
    ///
    /// Without properties a router reads every one it has, the slow ones too (counters, file contents).
    public static func print(_ menu: String, properties: [String], where query: Query? = nil) -> Command {
        var command = Command(menu + "/print") {
            if !properties.isEmpty { $0[".proplist"] = properties.joined(separator: ",") }
        }
        command.query = query
        return command
    }
}

extension Command {
    /// The tag byte for byte, whoever chose it: what the replies to a command that came in carry.
    public var tagBytes: [UInt8]? { foreignTag ?? tag.map { Array(String($0).utf8) } }

    /// Reads a command that a client sent; encoding it again sends the same words, the tag first, the query last.
    ///
    /// - Throws: ``RouterOSError`` with `invalidCommand` when the sentence is none: its first word is no path in UTF-8 that
    ///   begins with `/`, it has two tags, or a word that is neither attribute, tag nor query.
    public init(_ sentence: Sentence) throws(RouterOSError) {
        guard let first = sentence.words.first, first.first == UInt8(ascii: "/"),
            let path = String(validating: first, as: UTF8.self)
        else { throw .noCommand("it does not begin with a path such as /ip/address/print") }
        self.path = path
        var tags: [ArraySlice<UInt8>] = []
        for (index, word) in sentence.words.enumerated().dropFirst()
        where word.first != UInt8(ascii: "=") && word.first != UInt8(ascii: "?") {
            // The word itself stays out of the error: it is long or a secret as soon as a peer wants that.
            guard word.starts(with: ".tag=".utf8) else {
                throw .noCommand("word \(index + 1) is neither attribute, tag nor query")
            }
            tags.append(word.dropFirst(5))
        }
        guard tags.count < 2 else { throw .noCommand("it has \(tags.count) tags") }
        attributes = Attributes(sentence)
        let words = sentence.queryWords
        query = words.isEmpty ? nil : Query(words: words)
        if let bytes = tags.first {
            tag = sentence.integerTag
            foreignTag = tag == nil ? Array(bytes) : nil
        }
    }
}

extension RouterOSError {
    fileprivate static func noCommand(_ reason: String) -> RouterOSError {
        RouterOSError(.invalidCommand, "a sentence is no command: \(reason).")
    }
}

extension Command: CustomStringConvertible {
    /// The command on one line as it is sent, without values that are secrets or equal one of this command: a voucher's name
    /// is its password at times.
    public var description: String { description(hiding: Redaction.secrets(of: self)) }

    /// As above, also without values that equal one of `secrets`.
    func description(hiding secrets: [[UInt8]]) -> String {
        let tag = tagBytes.map { [".tag=" + RouterOSText.decode($0[...])] } ?? []
        let attributes = attributes.all.map { Redaction.printable($0, hiding: secrets) }
        let query = query?.words.map { Redaction.printable($0, hiding: secrets) } ?? []
        return ([path] + tag + attributes + query).joined(separator: " ")
    }
}
