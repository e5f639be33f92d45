import BillingPersistence
internal import CRouterOSSQLite

/// A prepared statement, used again and again by its connection.
final class Statement {
    /// When the connection last asked for it, in the connection's own count.
    var lastUse: UInt64 = 0
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    private let table: RecordTable?

    /// Prepares a statement; `table` is what it writes in, for the words of errors.
    init(_ sql: String, on connection: OpaquePointer, writing table: RecordTable?) throws {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw PersistenceError(sqlite: code, connection) }
        handle = prepared
        self.connection = connection
        self.table = table
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs to the end with values in the places.
    func run(_ values: [StoreValue]) throws {
        defer { sqlite3_reset(handle) }
        try bind(values)
        while try step() {}
    }

    /// Reads every row that the statement answers.
    func rows(_ values: [StoreValue], as kinds: [ColumnKind]) throws -> [[StoreValue]] {
        defer { reset() }
        try bind(values)
        var rows: [[StoreValue]] = []
        while try step() { rows.append(try row(of: kinds)) }
        return rows
    }

    /// Lets go of the values.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }

    private func bind(_ values: [StoreValue]) throws {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw PersistenceError(.constraint, "A statement was given \(values.count) values; report this fault.")
        }
        var index: Int32 = 1
        for value in values {
            let code = value.bind(to: handle, at: index)
            guard code == SQLITE_OK else { throw PersistenceError(sqlite: code, connection, writing: table) }
            index += 1
        }
    }

    private func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw PersistenceError(sqlite: code, connection, writing: table)
        }
    }

    private func row(of kinds: [ColumnKind]) throws -> [StoreValue] {
        guard kinds.count == Int(sqlite3_column_count(handle)) else { throw PersistenceError.unreadable("row") }
        var row: [StoreValue] = []
        row.reserveCapacity(kinds.count)
        var index: Int32 = 0
        for kind in kinds {
            row.append(try StoreValue(handle, index, as: kind))
            index += 1
        }
        return row
    }
}
