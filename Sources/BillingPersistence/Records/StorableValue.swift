/// A Swift value that fits one column.
public protocol StorableValue: Sendable {
    /// What its column holds.
    static var columnKind: ColumnKind { get }

    /// The value as it is stored.
    var storeValue: StoreValue { get }

    /// Reads a stored value.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/corrupt`` for what could not have been written.
    init(storeValue: StoreValue) throws
}

/// What a column holds.
public enum ColumnKind: String, Hashable, Sendable, CaseIterable {
    /// ``StoreValue/integer(_:)``.
    case integer
    /// ``StoreValue/real(_:)``.
    case real
    /// ``StoreValue/text(_:)``.
    case text
    /// ``StoreValue/bytes(_:)``.
    case bytes
    /// ``StoreValue/identity(_:_:)``.
    case identity
}

extension Int64: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// The number.
    public var storeValue: StoreValue { .integer(self) }

    /// Reads a whole number.
    public init(storeValue: StoreValue) throws {
        guard case .integer(let value) = storeValue else { throw PersistenceError.unreadable("whole number") }
        self = value
    }
}

extension Int: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// The number.
    public var storeValue: StoreValue { .integer(Int64(self)) }

    /// Reads a whole number.
    public init(storeValue: StoreValue) throws { self = Int(clamping: try Int64(storeValue: storeValue)) }
}

extension Bool: StorableValue {
    /// A whole number.
    public static var columnKind: ColumnKind { .integer }

    /// 1 or 0.
    public var storeValue: StoreValue { .integer(self ? 1 : 0) }

    /// Reads 1 or 0.
    public init(storeValue: StoreValue) throws {
        switch try Int64(storeValue: storeValue) {
        case 0: self = false
        case 1: self = true
        default: throw PersistenceError.unreadable("yes or no")
        }
    }
}

extension Double: StorableValue {
    /// A measured number.
    public static var columnKind: ColumnKind { .real }

    /// The number.
    public var storeValue: StoreValue { .real(self) }

    /// Reads a measured number.
    public init(storeValue: StoreValue) throws {
        guard case .real(let value) = storeValue else { throw PersistenceError.unreadable("measured number") }
        self = value
    }
}

extension String: StorableValue {
    /// Text.
    public static var columnKind: ColumnKind { .text }

    /// The text.
    public var storeValue: StoreValue { .text(self) }

    /// Reads text.
    public init(storeValue: StoreValue) throws {
        guard case .text(let value) = storeValue else { throw PersistenceError.unreadable("text") }
        self = value
    }
}

extension [UInt8]: StorableValue {
    /// Bytes.
    public static var columnKind: ColumnKind { .bytes }

    /// The bytes.
    public var storeValue: StoreValue { .bytes(self) }

    /// Reads bytes.
    public init(storeValue: StoreValue) throws {
        guard case .bytes(let value) = storeValue else { throw PersistenceError.unreadable("bytes") }
        self = value
    }
}

extension Optional: StorableValue where Wrapped: StorableValue {
    /// What the column of the value itself holds.
    public static var columnKind: ColumnKind { Wrapped.columnKind }

    /// The value, or nothing.
    public var storeValue: StoreValue { self?.storeValue ?? .null }

    /// Reads a value or nothing.
    public init(storeValue: StoreValue) throws {
        self = storeValue.isNull ? nil : try Wrapped(storeValue: storeValue)
    }
}

/// A value that a column keeps as the text of its raw value.
public protocol StorableWord: StorableValue, RawRepresentable where RawValue == String {}

extension StorableWord {
    /// Text.
    public static var columnKind: ColumnKind { .text }

    /// The raw value.
    public var storeValue: StoreValue { .text(rawValue) }

    /// Reads a raw value.
    public init(storeValue: StoreValue) throws {
        guard let value = Self(rawValue: try String(storeValue: storeValue)) else {
            throw PersistenceError.unreadable("\(Self.self)")
        }
        self = value
    }
}

/// A value that a column keeps as its description.
public protocol StorableText: StorableValue, LosslessStringConvertible {}

extension StorableText {
    /// Text.
    public static var columnKind: ColumnKind { .text }

    /// The description.
    public var storeValue: StoreValue { .text(description) }

    /// Reads a description.
    public init(storeValue: StoreValue) throws {
        guard let value = Self(try String(storeValue: storeValue)) else {
            throw PersistenceError.unreadable("\(Self.self)")
        }
        self = value
    }
}
