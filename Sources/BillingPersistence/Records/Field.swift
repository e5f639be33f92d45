public import BillingDomain

/// A column of a record that queries may name, with the type of what it holds.
public struct Field<Record: StoredRecord, Value: StorableValue>: Sendable {
    /// The name of the column.
    public let column: String

    /// Names a column.
    public init(_ column: String) { self.column = column }
}

/// The values equal to one.
public func == <Record, Value>(field: Field<Record, Value>, value: Value) -> Condition<Record> {
    let value = value.storeValue
    return Condition(value.isNull ? .isNull(field.column) : .compare(field.column, .equal, value))
}

/// The values other than one; nothing counts as another.
public func != <Record, Value>(field: Field<Record, Value>, value: Value) -> Condition<Record> {
    let value = value.storeValue
    guard !value.isNull else { return Condition(.not(.isNull(field.column))) }
    return Condition(.any([.isNull(field.column), .not(.compare(field.column, .equal, value))]))
}

/// The values below one; nothing is never below.
public func < <Record, Value>(field: Field<Record, Value>, value: Value) -> Condition<Record> {
    Condition(.compare(field.column, .less, value.storeValue))
}

/// The values up to one; nothing is never among them.
public func <= <Record, Value>(field: Field<Record, Value>, value: Value) -> Condition<Record> {
    Condition(.compare(field.column, .lessOrEqual, value.storeValue))
}

/// The values above one; nothing is never above.
public func > <Record, Value>(field: Field<Record, Value>, value: Value) -> Condition<Record> {
    Condition(.compare(field.column, .greater, value.storeValue))
}

/// The values from one on; nothing is never among them.
public func >= <Record, Value>(field: Field<Record, Value>, value: Value) -> Condition<Record> {
    Condition(.compare(field.column, .greaterOrEqual, value.storeValue))
}

extension Field {
    /// Those that are one of several values.
    public func isOne(of values: some Sequence<Value>) -> Condition<Record> {
        Condition(.oneOf(column, Array(Set(values.map(\.storeValue))).sorted()))
    }

    /// Those that hold something.
    public var isPresent: Condition<Record> { Condition(.not(.isNull(column))) }

    /// Those that hold nothing.
    public var isAbsent: Condition<Record> { Condition(.isNull(column)) }
}

extension Field {
    /// Those that name a record that another query means, whatever its order and limit.
    public func refers<Other>(to query: Query<Other>) -> Condition<Record> where Value == Identifier<Other> {
        Condition(.refers(column, query.unscoped))
    }

    /// Those that name a record that another query means, whatever its order and limit; nothing is never among them.
    public func refers<Other>(to query: Query<Other>) -> Condition<Record> where Value == Identifier<Other>? {
        Condition(.refers(column, query.unscoped))
    }
}

extension Field where Value == String {
    /// Those that contain a text, whatever the case of a–z.
    public func contains(_ text: String) -> Condition<Record> { Condition(.contains(column, text)) }

    /// Those that begin with a text, in its very case.
    public func begins(with prefix: String) -> Condition<Record> { Condition(.begins(column, prefix)) }
}

extension Field where Value == String? {
    /// Those that contain a text, whatever the case of a–z.
    public func contains(_ text: String) -> Condition<Record> { Condition(.contains(column, text)) }

    /// Those that begin with a text, in its very case.
    public func begins(with prefix: String) -> Condition<Record> { Condition(.begins(column, prefix)) }
}

/// Which records of a kind are meant.
public struct Condition<Record: StoredRecord>: Hashable, Sendable {
    /// What is asked of a row.
    public let test: RowTest

    /// Wraps a test of rows.
    public init(_ test: RowTest) { self.test = test }

    /// Both at once.
    public static func && (left: Self, right: Self) -> Self { Self(.all([left.test, right.test])) }

    /// At least one of both.
    public static func || (left: Self, right: Self) -> Self { Self(.any([left.test, right.test])) }

    /// The others.
    public static prefix func ! (condition: Self) -> Self { Self(.not(condition.test)) }
}
