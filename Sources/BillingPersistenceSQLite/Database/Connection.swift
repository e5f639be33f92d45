import BillingPersistence
internal import CRouterOSSQLite

/// One SQLite connection with its prepared statements.
///
/// Used by one thread at a time: whoever owns it sees to that.
final class Connection {
    /// The most prepared statements that are kept; the number of values in a list makes a statement of its own.
    static let statementLimit = 256

    private let handle: OpaquePointer
    private(set) var statements: [String: Statement] = [:]
    private var uses: UInt64 = 0

    /// Opens a file that exists, through an operating-system layer of SQLite's, the usual one if none is named.
    init(path: String, vfs: String? = nil) throws {
        var opened: OpaquePointer?
        // The owner lets one thread in at a time, so SQLite need not lock.
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, vfs)
        guard code == SQLITE_OK, let opened else {
            let error = PersistenceError(sqlite: code, opened)
            sqlite3_close_v2(opened)
            throw error
        }
        handle = opened
        sqlite3_busy_timeout(handle, 5000)
    }

    deinit {
        statements.removeAll()
        sqlite3_close_v2(handle)
    }

    /// Whether a transaction is open.
    ///
    /// Some failures end it behind our back.
    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    /// Leaves moving the write-ahead log into the file to others, also when this connection is the last to close.
    func neverCheckpoint() throws {
        let code = routeros_sqlite3_never_checkpoint_on_close(handle)
        guard code == SQLITE_OK else { throw PersistenceError(sqlite: code, handle) }
        try execute("PRAGMA wal_autocheckpoint = 0")
    }

    /// Runs statements that answer nothing, without keeping them prepared.
    func execute(_ sql: String) throws {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw PersistenceError(sqlite: code, handle) }
    }

    /// Runs one statement and says how many rows it changed.
    @discardableResult
    func run(_ statement: SQLStatement, in table: RecordTable? = nil) throws -> Int {
        let prepared = try prepared(statement.sql, writing: table)
        defer { prepared.reset() }
        try prepared.run(statement.values)
        return Int(sqlite3_changes(handle))
    }

    /// Runs one statement again and again, prepared once.
    func run(_ sql: String, each rows: [[StoreValue]], in table: RecordTable) throws {
        let prepared = try prepared(sql, writing: table)
        defer { prepared.reset() }
        for row in rows { try prepared.run(row) }
    }

    /// Reads every row that a query answers, its columns as they are kept.
    func rows(_ statement: SQLStatement, as kinds: [ColumnKind]) throws -> [[StoreValue]] {
        try prepared(statement.sql).rows(statement.values, as: kinds)
    }

    /// Reads the only column of the first row: a text.
    func text(_ sql: String) throws -> String? { try texts(sql).first }

    /// Reads the only column of every row: a text.
    func texts(_ sql: String) throws -> [String] {
        try rows(SQLStatement(sql), as: [.text]).map { try String(storeValue: $0[0]) }
    }

    /// Reads the only column of the first row: a whole number.
    func number(_ sql: String) throws -> Int64? {
        try rows(SQLStatement(sql), as: [.integer]).first.map { try Int64(storeValue: $0[0]) }
    }

    /// Runs `body` between `begin` and COMMIT; where it throws, nothing of it is kept.
    func transaction<Result>(_ begin: String, _ body: () throws -> Result) throws -> Result {
        try run(SQLStatement(begin))
        do {
            let result = try body()
            try run(SQLStatement("COMMIT"))
            return result
        } catch {
            // Where even this fails the owner sees that a transaction is open, and takes another connection.
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Copies the whole database, as one snapshot, into that of another connection, some pages at a time.
    ///
    /// - Throws: also what `pause` throws, which is called between the times.
    func copy(into other: Connection, pause: () throws -> Void) throws {
        try transaction("BEGIN DEFERRED") {
            // The first read takes the snapshot; the steps would begin anew after each commit without it.
            _ = try number("SELECT count(*) FROM sqlite_schema")
            guard let backup = sqlite3_backup_init(other.handle, "main", handle, "main") else {
                throw PersistenceError(sqlite: sqlite3_errcode(other.handle), other.handle)
            }
            var code = SQLITE_OK
            do {
                while code == SQLITE_OK {
                    code = sqlite3_backup_step(backup, 512)
                    try pause()
                }
            } catch {
                sqlite3_backup_finish(backup)
                throw error
            }
            sqlite3_backup_finish(backup)
            guard code == SQLITE_DONE else { throw PersistenceError(sqlite: code, other.handle) }
        }
    }

    /// The statement for an SQL text, prepared when it is first asked for and kept.
    private func prepared(_ sql: String, writing table: RecordTable? = nil) throws -> Statement {
        uses += 1
        if let statement = statements[sql] {
            statement.lastUse = uses
            return statement
        }
        if statements.count >= Self.statementLimit { forgetOldStatements() }
        let statement = try Statement(sql, on: handle, writing: table)
        statement.lastUse = uses
        statements[sql] = statement
        return statement
    }

    /// Forgets the half that has not been used for longest: one at a time would cost a search each.
    private func forgetOldStatements() {
        let age = statements.values.map(\.lastUse).sorted()[statements.count / 2]
        statements = statements.filter { $0.value.lastUse >= age }
    }
}
