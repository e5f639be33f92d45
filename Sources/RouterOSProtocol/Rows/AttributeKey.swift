/// The name of an attribute of `Row`, and the type of its value; comparing one gives a ``RowQuery``.
///
/// Every typed row names its attributes so, which makes a query read like a condition, checked by the compiler:
///
/// ```swift
/// let long: RowQuery<HotspotUser> = .profile == "3h" && .limitBytesTotal > .gibibytes(1)
/// ```
///
/// A row of one's own gets the same by an extension:
///
/// ```swift
/// extension AttributeKey<Pool, String> {
///     static var name: Self { Self("name") }
/// }
/// ```
///
/// The router compares, by the type that the attribute has there. It is compared with the text that ``RouterOSValue``
/// writes, whatever shape the router prints.
public struct AttributeKey<Row: RouterOSRow, Value: RouterOSValue>: Sendable, Hashable {
    /// The name as it stands on the wire.
    public let name: String

    /// Names an attribute.
    public init(_ name: String) { self.name = name }

    /// The attribute is `value`; a flag in either of the spellings that routers have for it, `true` and `yes`.
    public static func == (key: Self, value: Value) -> RowQuery<Row> { RowQuery(key.isEqual(to: value)) }

    /// The attribute is not `value`; a row that lacks it matches too.
    public static func != (key: Self, value: Value) -> RowQuery<Row> { !(key == value) }

    func isEqual(to value: Value) -> Query {
        guard let flag = value as? Bool else { return .equal(name, Self.bytes(value)) }
        return .equal(name, flag ? "true" : "false") || .equal(name, flag ? "yes" : "no")
    }

    static func bytes(_ value: Value) -> [UInt8] {
        var bytes: [UInt8] = []
        value.writeRouterOS(to: &bytes)
        return bytes
    }
}

extension AttributeKey where Value: Comparable {
    /// The attribute is less than `value`.
    public static func < (key: Self, value: Value) -> RowQuery<Row> { RowQuery(.less(key.name, than: bytes(value))) }

    /// The attribute is greater than `value`.
    public static func > (key: Self, value: Value) -> RowQuery<Row> { RowQuery(.greater(key.name, than: bytes(value))) }

    /// The row has the attribute and it is not greater than `value`.
    public static func <= (key: Self, value: Value) -> RowQuery<Row> {
        RowQuery.has(key) && !(key > value)
    }

    /// The row has the attribute and it is not less than `value`.
    public static func >= (key: Self, value: Value) -> RowQuery<Row> {
        RowQuery.has(key) && !(key < value)
    }
}
