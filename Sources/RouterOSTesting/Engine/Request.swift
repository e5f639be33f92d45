import RouterOSProtocol

/// One command: a menu, a verb and what is said about them.
struct Request: Sendable {
    let menu: String
    let verb: String
    /// Names and values in the order they came.
    let attributes: [(name: String, value: WireText)]
    let query: Query
    /// The tag, byte for byte; an empty one is none.
    let tag: [UInt8]?
    let caller: Caller

    init(_ sentence: Sentence, from caller: Caller) {
        self.init(
            sentence.name,
            sentence.attributes.map { ($0.name, WireText($0.bytes)) },
            query: Query(words: sentence.queryWords),
            tag: sentence.tag.flatMap { $0.isEmpty ? nil : Array($0) },
            from: caller
        )
    }

    init(
        _ path: String,
        _ attributes: [(name: String, value: WireText)] = [],
        query: Query = .all([]),
        tag: [UInt8]? = nil,
        from caller: Caller = .console
    ) {
        if path.hasPrefix("/"), let cut = path.lastIndex(of: "/") {
            menu = String(path[..<cut])
            verb = String(path[cut...].dropFirst())
        } else {
            menu = path
            verb = ""
        }
        self.attributes = attributes
        self.query = query
        self.tag = tag
        self.caller = caller
    }

    /// The value of an attribute; the last one wins when it came twice.
    subscript(_ name: String) -> WireText? {
        attributes.last { $0.name == name }?.value
    }
}
