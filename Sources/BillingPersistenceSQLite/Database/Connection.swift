import BillingPersistence
internal import CRouterOSSQLite

/// One SQLite connection with its prepared statements.
///
/// Used by one thread at a time: whoever owns it sees to that.
final class Connection {
    private let handle: OpaquePointer
    private(set) var statements: [String: Statement] = [:]
    private var isInBody = false

    init(path: String) throws {
        var opened: OpaquePointer?
        // The owner lets one thread in at a time, so SQLite need not lock.
        let flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE
        let code = sqlite3_open_v2(path, &opened, flags, nil)
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

    /// Runs statements that answer nothing, without keeping them prepared.
    func execute(_ sql: String) throws {
        try requireTransactionOfBody()
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw PersistenceError(sqlite: code, handle) }
    }

    /// Runs one statement and says how many rows it changed.
    @discardableResult
    func run(_ sql: String, _ values: any Column...) throws -> Int {
        try prepared(sql).run(values)
        return Int(sqlite3_changes(handle))
    }

    /// Reads every row that a query answers.
    func rows<Record>(
        _ sql: String,
        _ values: [any Column],
        as decode: (inout Row) throws -> Record
    ) throws -> [Record] {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        var records: [Record] = []
        while try statement.step() {
            var row = Row(statement)
            records.append(try decode(&row))
        }
        return records
    }

    /// Reads the first row that a query answers.
    func first<Record>(
        _ sql: String,
        _ values: [any Column],
        as decode: (inout Row) throws -> Record
    ) throws -> Record? {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        guard try statement.step() else { return nil }
        var row = Row(statement)
        return try decode(&row)
    }

    /// Reads the only column of the first row.
    func value<Value: Column>(_ sql: String, _ values: any Column...) throws -> Value? {
        let statement = try prepared(sql)
        defer { statement.reset() }
        try statement.bind(values)
        return try statement.step() ? try Value(statement, 0) : nil
    }

    /// Runs `body` between `begin` and COMMIT; where it throws, nothing of it is kept.
    func transaction<Result>(_ begin: String, _ body: () throws -> Result) throws -> Result {
        try run(begin)
        isInBody = true
        defer { isInBody = false }
        do {
            let result = try body()
            try run("COMMIT")
            return result
        } catch {
            if isInTransaction { try? execute("ROLLBACK") }
            throw error
        }
    }

    /// Runs `body` inside a transaction so that, where it throws, what it did alone is undone.
    func atomically(_ body: () throws -> Void) throws {
        try run("SAVEPOINT call")
        do {
            try body()
            try run("RELEASE call")
        } catch {
            if isInTransaction { try? execute("ROLLBACK TO call; RELEASE call") }
            throw error
        }
    }

    /// The statement for an SQL text, prepared when it is first asked for and kept.
    func prepared(_ sql: String) throws -> Statement {
        try requireTransactionOfBody()
        if let statement = statements[sql] { return statement }
        let statement = try Statement(sql, on: handle)
        statements[sql] = statement
        return statement
    }

    /// Stops a body that caught an error and goes on: what it wrote after its transaction had ended would stay.
    private func requireTransactionOfBody() throws {
        guard !isInBody || isInTransaction else {
            throw PersistenceError(.io, "The database gave the transaction up; nothing of it was kept. Try again.")
        }
    }
}
