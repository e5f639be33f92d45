/// Which records are wanted, in which order, and how many.
public struct Query<Record: StoredRecord>: Hashable, Sendable {
    /// What is asked of each record; all of it must hold.
    public var conditions: [Condition<Record>]

    /// The columns to sort by; the identity decides between equals.
    public private(set) var order: [String]

    /// Whether the last comes first.
    public private(set) var isDescending: Bool

    /// The largest number of records wanted; `nil` for all.
    public var limit: Int?

    /// What happens to records in the hands of another writer.
    public var locking = RowLocking.none

    /// The column for each of whose values a page looks by itself.
    private(set) var apart: String?

    /// All records that meet the conditions, in the order of their identities.
    public init(_ conditions: Condition<Record>...) {
        self.conditions = conditions
        order = []
        isDescending = false
    }

    /// The same records among which a condition holds.
    public func `where`(_ condition: Condition<Record>) -> Self {
        var query = self
        query.conditions.append(condition)
        return query
    }

    /// The same records, those with nothing in the field first, then the smallest.
    public func sorted<Value>(by field: Field<Record, Value>) -> Self { sorted([field.column], descending: false) }

    /// The same records by one field, and by another where that is equal.
    public func sorted<First, Second>(by first: Field<Record, First>, _ second: Field<Record, Second>) -> Self {
        sorted([first.column, second.column], descending: false)
    }

    /// The same records, the greatest first, those with nothing in the field last.
    public func sorted<Value>(byDescending field: Field<Record, Value>) -> Self {
        sorted([field.column], descending: true)
    }

    /// The same records in the order of their identities, which is that of their making; the last first if wanted.
    public func sortedByIdentity(descending: Bool = false) -> Self { sorted([], descending: descending) }

    /// The same records, those with each of the few values of a field found apart for a page, and put together again.
    ///
    /// An index has the records of one value in their order, and those of several in none: without this, a page of those that
    /// are rare is looked for among all.
    public func apart<Value>(by field: Field<Record, Value>) -> Self {
        var query = self
        query.apart = field.column
        return query
    }

    /// At most some of the same records.
    public func first(_ count: Int) -> Self {
        var query = self
        query.limit = max(0, count)
        return query
    }

    /// The same records, kept from other writers until the end of the transaction.
    public func locked(_ locking: RowLocking = .wait) -> Self {
        var query = self
        query.locking = locking
        return query
    }

    private func sorted(_ columns: [String], descending: Bool) -> Self {
        var query = self
        query.order = columns
        query.isDescending = descending
        return query
    }
}

/// What a writer that finds the records in the hands of another does.
///
/// Stores that let one writer in at a time know no such moment.
public enum RowLocking: Hashable, Sendable {
    /// Reads what was there before.
    case none
    /// Waits for its end, then keeps the records to itself until its own.
    case wait
    /// Passes them over and keeps the others to itself until its end.
    case skip
}

/// A query as a store answers it: of one table, inside one scope.
///
/// Made by this library from a ``Query``, with the scope's own condition in it and every column known to exist.
public struct RowQuery: Hashable, Sendable {
    /// The table.
    public let table: RecordTable
    /// What is asked of a row; all of it must hold.
    public var tests: [RowTest]
    /// The columns to sort by, ending in `id`.
    public let order: [String]
    /// Whether the last comes first.
    public let isDescending: Bool
    /// How many sorted rows to pass over before the first.
    public var offset = 0
    /// The largest number of rows wanted; `nil` for all.
    public var limit: Int?
    /// What happens to rows in the hands of another writer.
    public var locking: RowLocking

}

extension RowQuery {
    /// Asks a table; `order` need not end in `id`.
    package init(
        _ table: RecordTable,
        _ tests: [RowTest] = [],
        order: [String] = [],
        isDescending: Bool = false,
        limit: Int? = nil,
        locking: RowLocking = .none
    ) {
        self.table = table
        self.tests = tests
        self.order = order.filter { $0 != "id" } + ["id"]
        self.isDescending = isDescending
        self.limit = limit
        self.locking = locking
    }
}

extension RowQuery {
    /// Whether a row that the query means may hold nothing in a column.
    package func mayBeEmpty(_ column: String) -> Bool {
        table.columns.contains { $0.name == column && $0.isOptional } && !tests.contains { $0.isNo(without: column) }
    }
}

extension Query {
    /// The query as a store answers it.
    ///
    /// - Throws: ``PersistenceError`` with ``PersistenceError/Code/constraint`` for a column that the table does not
    ///   have, and ``PersistenceError/Code/wrongScope`` for a table that the scope cannot see.
    package func rows(in scope: StoreScope) throws -> RowQuery { try unscoped.within(scope) }

    /// The query of any scope, its columns unchecked: a store is never asked that.
    var unscoped: RowQuery {
        RowQuery(
            Record.table,
            conditions.map(\.test),
            order: order,
            isDescending: isDescending,
            limit: limit,
            locking: locking
        )
    }
}

extension RowQuery {
    /// The same query inside a scope, every column known to exist, and so every query that its tests refer to.
    func within(_ scope: StoreScope) throws -> RowQuery {
        var query = self
        query.tests = try tests.map { try $0.within(scope) }
        if let tenant = scope.tenant {
            guard let column = table.tenantColumn else {
                throw PersistenceError(.wrongScope, "Use the system scope: \(table.noun) does not belong to a tenant.")
            }
            query.tests.insert(.compare(column, .equal, tenant.storeValue), at: 0)
        }
        for column in query.tests.reduce(into: Set(order), { $0.formUnion($1.columns) }).sorted() {
            guard table.index(of: column) != nil else { throw PersistenceError.noColumn(column, in: table) }
        }
        return query
    }
}
