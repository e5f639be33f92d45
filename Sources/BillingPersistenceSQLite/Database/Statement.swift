import BillingPersistence
internal import CRouterOSSQLite

/// A prepared statement, used again and again by its connection.
final class Statement {
    let handle: OpaquePointer
    private let connection: OpaquePointer

    init(_ sql: String, on connection: OpaquePointer) throws {
        var prepared: OpaquePointer?
        let code = sqlite3_prepare_v3(connection, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil)
        guard code == SQLITE_OK, let prepared else { throw PersistenceError(sqlite: code, connection) }
        handle = prepared
        self.connection = connection
    }

    deinit { sqlite3_finalize(handle) }

    /// Runs to the end with values in place of the question marks.
    func run(_ values: [any Column]) throws {
        defer { reset() }
        try bind(values)
        while try step() {}
    }

    /// Puts values in place of the question marks, in their order.
    func bind(_ values: [any Column]) throws {
        guard values.count == Int(sqlite3_bind_parameter_count(handle)) else {
            throw PersistenceError(.constraint, "A statement was given \(values.count) values; report this fault.")
        }
        var index: Int32 = 1
        for value in values {
            let code = value.bind(to: self, at: index)
            guard code == SQLITE_OK else { throw PersistenceError(sqlite: code, connection) }
            index += 1
        }
    }

    /// Goes on to the next row; `false` after the last.
    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw PersistenceError(sqlite: code, connection)
        }
    }

    /// Makes the statement ready for its next use and lets go of the values.
    func reset() {
        sqlite3_reset(handle)
        sqlite3_clear_bindings(handle)
    }
}
