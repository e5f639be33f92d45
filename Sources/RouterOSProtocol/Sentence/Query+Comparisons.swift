extension Query {
    /// The row has the attribute `name`.
    public static func present(_ name: String) -> Query {
        guard Attributes.isValidName(name) else { return any([]) }
        let absent = Condition(.absent, name)
        return absent.opposite.map { Query($0) } ?? !Query(absent)
    }

    /// The row lacks the attribute `name`.
    public static func absent(_ name: String) -> Query {
        guard Attributes.isValidName(name) else { return all([]) }
        return Query(Condition(.absent, name))
    }

    /// The attribute `name` is `value`.
    public static func equal(_ name: String, _ value: String) -> Query { equal(name, value.utf8) }

    /// The attribute `name` is `value`, which need not be text.
    public static func equal(_ name: String, _ value: some Collection<UInt8>) -> Query {
        compared(.equal, name, value)
    }

    /// The attribute `name` is less than `value`.
    public static func less(_ name: String, than value: String) -> Query { less(name, than: value.utf8) }

    /// The attribute `name` is less than `value`, which need not be text.
    public static func less(_ name: String, than value: some Collection<UInt8>) -> Query {
        compared(.less, name, value)
    }

    /// The attribute `name` is greater than `value`; greater than the empty text is every other one.
    public static func greater(_ name: String, than value: String) -> Query { greater(name, than: value.utf8) }

    /// The attribute `name` is greater than `value`, which need not be text.
    public static func greater(_ name: String, than value: some Collection<UInt8>) -> Query {
        compared(.greater, name, value)
    }

    /// The row has the attribute `name` and it is not less than `value`: the wire has no "at least", so this takes three
    /// words.
    public static func atLeast(_ name: String, _ value: String) -> Query {
        present(name) && !less(name, than: value)
    }

    /// The row has the attribute `name` and it is not greater than `value`: the wire has no "at most", so this takes three
    /// words.
    public static func atMost(_ name: String, _ value: String) -> Query {
        present(name) && !greater(name, than: value)
    }

    private static func compared(
        _ comparison: Condition.Comparison,
        _ name: String,
        _ value: some Collection<UInt8>
    ) -> Query {
        guard Attributes.isValidName(name) else { return any([]) }
        return Query(Condition(comparison, name, value))
    }

    private init(_ condition: Condition) {
        var expression = QueryExpression()
        expression.root = expression.append(condition)
        self.init(expression)
    }
}
