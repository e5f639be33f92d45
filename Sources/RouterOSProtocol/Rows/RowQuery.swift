/// Which rows of one menu are meant, decided on the router: a ``Query`` that knows whose attributes it names.
///
/// Made by comparing an ``AttributeKey``, combined by `&&`, `||` and `!`:
///
/// ```swift
/// let unsold: RowQuery<HotspotUser> = .has(.comment) && !(.uptime > .zero) && .disabled == false
/// ```
public struct RowQuery<Row: RouterOSRow>: Sendable, Hashable, CustomStringConvertible {
    /// The query as it is sent.
    public let query: Query

    /// Takes a query made of names and texts, for attributes that have no key.
    public init(_ query: Query) { self.query = query }

    /// The row has the attribute: `.has(.comment)`.
    public static func has<Value>(_ key: AttributeKey<Row, Value>) -> RowQuery { RowQuery(.present(key.name)) }

    /// The row lacks the attribute: `.lacks(.comment)`.
    public static func lacks<Value>(_ key: AttributeKey<Row, Value>) -> RowQuery { RowQuery(.absent(key.name)) }

    /// The attribute is one of `values`, `.value(of: .name, isIn: codes)`; no row matches when there are none.
    public static func value<Value>(of key: AttributeKey<Row, Value>, isIn values: some Sequence<Value>) -> RowQuery {
        RowQuery(Query.any(values.map { key.isEqual(to: $0) }))
    }

    /// All of `queries` hold; every row matches when there are none.
    public static func all(_ queries: some Sequence<RowQuery>) -> RowQuery {
        RowQuery(Query.all(queries.map(\.query)))
    }

    /// At least one of `queries` holds; no row matches when there are none.
    public static func any(_ queries: some Sequence<RowQuery>) -> RowQuery {
        RowQuery(Query.any(queries.map(\.query)))
    }

    /// Both hold.
    public static func && (left: RowQuery, right: RowQuery) -> RowQuery { RowQuery(left.query && right.query) }

    /// One of the two holds, or both.
    public static func || (left: RowQuery, right: RowQuery) -> RowQuery { RowQuery(left.query || right.query) }

    /// The opposite holds.
    public static prefix func ! (query: RowQuery) -> RowQuery { RowQuery(!query.query) }

    /// As the query describes itself, secrets left out.
    public var description: String { query.description }
}
