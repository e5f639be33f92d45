public import BillingDomain

/// A value that a store keeps as one row of one table.
public protocol StoredRecord: Hashable, Sendable {
    /// The table.
    static var table: RecordTable { get }

    /// What the row is found by.
    var id: Identifier<Self> { get }

    /// Writes every column, in the table's order.
    func encode(into row: inout RowEncoder)

    /// Reads the columns in the table's order; those after the last that is needed may be left alone.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/corrupt`` for what could not have been written.
    init(from row: inout RowDecoder) throws
}

/// A record that changes: under a revision, so that no change is lost to another that was made meanwhile.
public protocol RevisedRecord: StoredRecord {
    /// The version of the record, from 1; a store refuses an update whose revision is not the stored one.
    var revision: Int64 { get set }
}

/// A record that may be removed when it has served its time.
public protocol TransientRecord: StoredRecord {}

/// Collects the columns of a row.
public struct RowEncoder: ~Copyable {
    /// What was written so far.
    public private(set) var values: [StoreValue]

    /// An empty row with room for a number of columns.
    public init(capacity: Int) {
        values = []
        values.reserveCapacity(capacity)
    }

    /// Writes the next column.
    public mutating func callAsFunction(_ value: some StorableValue) {
        values.append(value.storeValue)
    }
}

/// Hands out the columns of a row, from the left.
public struct RowDecoder: ~Copyable {
    private let values: [StoreValue]
    private var position = 0

    /// Reads a row of a table, which has a value for every column.
    public init(_ values: [StoreValue]) { self.values = values }

    /// Reads the next column as what the context asks for.
    public mutating func callAsFunction<Value: StorableValue>() throws -> Value {
        guard position < values.count else { throw PersistenceError.unreadable("row") }
        defer { position += 1 }
        return try Value(storeValue: values[position])
    }
}

extension StoredRecord {
    /// The row that keeps the record.
    package var row: [StoreValue] {
        var encoder = RowEncoder(capacity: Self.table.columns.count)
        encode(into: &encoder)
        return encoder.values
    }

    package init(row: [StoreValue]) throws {
        var decoder = RowDecoder(row)
        try self.init(from: &decoder)
    }
}
