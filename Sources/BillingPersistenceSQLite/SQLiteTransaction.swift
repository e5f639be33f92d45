import BillingPersistence

/// One transaction of a ``SQLiteStore``: the rows that its connection sees and changes.
final class SQLiteTransaction: StoreTransaction {
    let scope: StoreScope
    let connection: Connection
    private var failure: (any Error)?

    init(_ connection: Connection, _ scope: StoreScope) {
        self.connection = connection
        self.scope = scope
    }

    func rows(_ query: RowQuery) throws -> [[StoreValue]] {
        try going { try connection.rows(SQL<SQLiteDialect>.select(query), as: query.table.columns.map(\.kind)) }
    }

    func count(_ query: RowQuery) throws -> Int {
        try going {
            let rows = try connection.rows(SQL<SQLiteDialect>.count(query), as: [.integer])
            return try Int(storeValue: rows.first?.first ?? .null)
        }
    }

    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) throws -> [RowSums] {
        try going {
            let kinds = groups.map { group in query.table.columns.first { $0.name == group }?.kind ?? .integer }
            let halves = Array(repeating: ColumnKind.integer, count: 1 + 2 * columns.count)
            return try connection.rows(SQL<SQLiteDialect>.sums(query, of: columns, by: groups), as: kinds + halves)
                .map { row in try RowSums(row, groups: groups.count) }
        }
    }

    func insert(_ rows: [[StoreValue]], into table: RecordTable) throws {
        try going { try connection.run(SQL<SQLiteDialect>.insert(into: table), each: rows, in: table) }
    }

    func update(_ row: [StoreValue], in table: RecordTable) throws {
        try going {
            guard let revision = table.index(of: "revision") else { throw PersistenceError.fixed(table.noun) }
            let changes = try connection.run(SQL<SQLiteDialect>.update(row, in: table), in: table)
            guard changes == 0 else { return }
            let stored = try connection.rows(SQL<SQLiteDialect>.revision(of: row, in: table), as: [.integer])
            guard let found = stored.first?.first else { throw PersistenceError.missing(table.noun) }
            throw found == row[revision] ? PersistenceError.fixed(table.noun) : PersistenceError.stale(table.noun)
        }
    }

    func delete(_ query: RowQuery) throws -> Int {
        try going {
            guard query.table.growth == .transient else { throw PersistenceError.fixed(query.table.noun) }
            return try connection.run(SQL<SQLiteDialect>.delete(query), in: query.table)
        }
    }

    /// Refuses to end well after a call that failed, whoever caught its error.
    func requireSuccess() throws {
        if let failure { throw failure }
    }

    private func going<Answer>(_ call: () throws -> Answer) throws -> Answer {
        try requireSuccess()
        do {
            return try call()
        } catch {
            failure = error
            throw error
        }
    }
}

extension RowSums {
    /// Puts the halves of each sum together again; a column that held nothing at all comes to 0.
    fileprivate init(_ row: [StoreValue], groups: Int) throws {
        let numbers = try row.dropFirst(groups).map { $0.isNull ? 0 : try Int64(storeValue: $0) }
        let sums = stride(from: 1, to: numbers.count - 1, by: 2).map { index in
            Int128(numbers[index]) << 32 + Int128(numbers[index + 1])
        }
        self.init(group: Array(row.prefix(groups)), count: Int(clamping: numbers.first ?? 0), sums: sums)
    }
}
