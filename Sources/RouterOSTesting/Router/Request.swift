import RouterOSProtocol

/// One command as it came from a client.
struct Request {
    let menu: String
    let verb: String
    /// Names and values in the order they came.
    let attributes: [(name: String, value: WireText)]
    let query: Query
    /// The tag, byte for byte; an empty one is none.
    let tag: [UInt8]?

    init(_ sentence: Sentence) {
        self.init(
            sentence.name,
            sentence.attributes.map { ($0.name, WireText($0.bytes)) },
            query: Query(words: sentence.queryWords),
            tag: sentence.tag.flatMap { $0.isEmpty ? nil : Array($0) }
        )
    }

    init(
        _ path: String,
        _ attributes: [(name: String, value: WireText)],
        query: Query = .all([]),
        tag: [UInt8]? = nil
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
    }

    /// The value of an attribute; the last one wins when it came twice.
    subscript(_ name: String) -> WireText? {
        attributes.last { $0.name == name }?.value
    }
}
