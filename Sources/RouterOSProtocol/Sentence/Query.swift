/// Which rows a `print` or `listen` answers, decided on the router.
///
/// RouterOS evaluates query words on a stack of truth values; this type compiles its operators to those words in order.
/// There is no regular expression and no "at least" on the wire. Source: RouterOS manual, "API", section "Queries".
///
/// ```swift
/// let spent: Query = .equal("profile", "3h") && !.present("comment")
/// ```
public struct Query: Sendable, Hashable {
    /// The words as they are sent, each with its `?`.
    public let words: [String]

    private init(words: [String]) { self.words = words }

    /// The row has the attribute `name`.
    public static func present(_ name: String) -> Query { Query(words: ["?\(name)"]) }

    /// The row lacks the attribute `name`.
    public static func absent(_ name: String) -> Query { Query(words: ["?-\(name)"]) }

    /// The attribute `name` is exactly `value`.
    public static func equal(_ name: String, _ value: String) -> Query { Query(words: ["?=\(name)=\(value)"]) }

    /// The attribute `name` is less than `value`, compared as the router's type of that attribute.
    public static func less(_ name: String, than value: String) -> Query { Query(words: ["?<\(name)=\(value)"]) }

    /// The attribute `name` is greater than `value`, compared as the router's type of that attribute.
    public static func greater(_ name: String, than value: String) -> Query { Query(words: ["?>\(name)=\(value)"]) }

    /// At least one of `queries` holds; no row matches none at all.
    public static func any(_ queries: [Query]) -> Query {
        guard let first = queries.first else { return .present(".id") && .absent(".id") }
        guard queries.count > 1 else { return first }
        let operators = String(repeating: "|", count: queries.count - 1)
        return Query(words: queries.flatMap(\.words) + ["?#" + operators])
    }

    /// Both hold.
    public static func && (left: Query, right: Query) -> Query {
        Query(words: left.words + right.words + ["?#&"])
    }

    /// One of the two holds, or both.
    public static func || (left: Query, right: Query) -> Query {
        Query(words: left.words + right.words + ["?#|"])
    }

    /// The opposite holds.
    public static prefix func ! (query: Query) -> Query {
        Query(words: query.words + ["?#!"])
    }
}
