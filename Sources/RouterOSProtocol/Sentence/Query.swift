/// Which rows a `print` or `listen` answers, decided on the router.
///
/// ```swift
/// let spent: Query = .equal("profile", "3h") && !(.present("comment") || .greater("uptime", than: "1h"))
/// ```
///
/// A router runs query words on a stack of truth values. The operators here compile to as few of them as the order of the
/// conditions allows, so a long `&&` is a row of conditions and one word of operators. `init(words:)` takes the words
/// somebody else wrote; they are sent as they are, combine with others like any query, and read as text in `description`.
///
/// A router compares by the type of the attribute (numbers, times and dates by size) and knows no patterns. No row has an
/// attribute whose name is empty or holds `=`, and a query says so: such a name is absent from every row.
/// Source: RouterOS manual, "API", section "Queries".
public struct Query: Sendable, Hashable {
    /// The words, each with its length prefix.
    let encoded: [UInt8]
    /// What the words mean.
    let expression: QueryExpression

    /// Takes words as they are, in their order: those of a command that came in, see ``Sentence/queryWords``.
    ///
    /// A word without its `?` gets one, which is how the REST interface writes them.
    public init(words: some Sequence<some Collection<UInt8>>) {
        var writer = WordWriter()
        for word in words {
            let word = word.first == UInt8(ascii: "?") ? Array(word) : [UInt8(ascii: "?")] + word
            word.withUnsafeBufferPointer { writer.append($0) }
        }
        encoded = writer.take()
        expression = QueryExpression(words: Self.split(encoded))
    }

    /// As above, for words that are text.
    public init(words: [String]) {
        self.init(words: words.map { Array($0.utf8) })
    }

    init(_ expression: QueryExpression) {
        self.expression = expression
        encoded = expression.compiled()
    }

    /// The words as they are sent, each with its `?`; none when every row matches.
    public var words: [ArraySlice<UInt8>] { Self.split(encoded) }

    /// Whether both send the same words.
    public static func == (left: Query, right: Query) -> Bool { left.encoded == right.encoded }

    /// Feeds the words to `hasher`.
    public func hash(into hasher: inout Hasher) { hasher.combine(encoded) }

    private static func split(_ encoded: [UInt8]) -> [ArraySlice<UInt8>] {
        var words: [ArraySlice<UInt8>] = []
        var at = 0
        while case .word(let prefix, let length) = encoded.withUnsafeBufferPointer({ WordLength.read($0, at: at) }) {
            words.append(encoded[at + prefix..<at + prefix + length])
            at += prefix + length
        }
        return words
    }

    /// Whether a row passes, as a router decides it.
    ///
    /// `holds` looks up the attribute and compares. It may be asked about every word, whether or not that still matters, and
    /// about the opposite of one that asks for presence or absence. The time this takes grows with the length of the words,
    /// whatever they do.
    public func matches<Failure: Error>(
        _ holds: (Condition) throws(Failure) -> Bool
    ) throws(Failure) -> Bool {
        try expression.isTrue(holds)
    }
}

extension Query {
    /// All of `queries` hold; every row matches when there are none.
    public static func all(_ queries: [Query]) -> Query { combined(queries, .and) }

    /// At least one of `queries` holds; no row matches when there are none.
    public static func any(_ queries: [Query]) -> Query { combined(queries, .or) }

    /// Both hold; ``all(_:)`` puts a long list together in one go, where a chain makes all words anew for each part.
    public static func && (left: Query, right: Query) -> Query { combined([left, right], .and) }

    /// One of the two holds, or both; ``any(_:)`` puts a long list together in one go, where a chain makes all words anew
    /// for each part.
    public static func || (left: Query, right: Query) -> Query { combined([left, right], .or) }

    /// The opposite holds.
    public static prefix func ! (query: Query) -> Query {
        var expression = query.expression
        expression.root = expression.not(expression.root)
        return Query(expression)
    }

    private static func combined(_ queries: [Query], _ junction: QueryExpression.Junction) -> Query {
        var expression = QueryExpression()
        expression.root = queries.reduce(.constant(junction == .and)) { result, query in
            let term = expression.append(query.expression)
            return expression.join(junction, result, term)
        }
        return Query(expression)
    }
}
