import FoundationEssentials

/// A small value, such as the lines of an invoice, that a column keeps as JSON text.
///
/// For what is read and written only together with its record; what is searched for has a column of its own.
public struct StorableJSON<Value: Codable & Hashable & Sendable>: StorableValue, Hashable {
    /// The value.
    public var value: Value

    /// Wraps a value.
    public init(_ value: Value) { self.value = value }

    /// Text.
    public static var columnKind: ColumnKind { .text }

    /// JSON with sorted keys, so that equal values are equal texts; empty if the value cannot be told in JSON.
    public var storeValue: StoreValue {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let data = try? encoder.encode(value)
        return .text(data.map { String(decoding: $0, as: UTF8.self) } ?? "")
    }

    /// Reads JSON.
    public init(storeValue: StoreValue) throws {
        let text = try String(storeValue: storeValue)
        do {
            value = try JSONDecoder().decode(Value.self, from: Data(text.utf8))
        } catch {
            throw PersistenceError.unreadable("\(Value.self)")
        }
    }
}
