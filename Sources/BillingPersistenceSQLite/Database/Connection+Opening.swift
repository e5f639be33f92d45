import BillingPersistence

extension Connection {
    /// Marks a file as ours: “ROSB”.
    private static let applicationID: Int64 = 0x524F_5342

    /// Above this, a whole read at every start would keep people waiting; ``SQLiteStore/verify()`` is there for that.
    private static let quickCheckLimit: Int64 = 64 << 20

    /// Makes the file ours and up to date, once.
    func prepareFile() throws {
        try refuseForeignFile()
        try prepareForWriting()
        try migrate(Schema.migrations(SQLiteDialect.self))
        try checkQuickly()
    }

    /// Sets a connection up that writes.
    func prepareForWriting() throws {
        try execute("PRAGMA foreign_keys = ON")
        // Without this, REPLACE would remove a row past the triggers that guard it.
        try execute("PRAGMA recursive_triggers = ON")
        try execute("PRAGMA trusted_schema = OFF")
        try execute("PRAGMA cell_size_check = ON")
        try execute("PRAGMA temp_store = MEMORY")
        guard try text("PRAGMA journal_mode = WAL") == "wal" else {
            throw PersistenceError(
                .io,
                "The file system cannot keep a write-ahead log; put the database on a local disk."
            )
        }
        try execute("PRAGMA synchronous = FULL")
        try execute("PRAGMA wal_autocheckpoint = 1000")
        try execute("PRAGMA journal_size_limit = 67108864")
        // A batch of vouchers touches every index all over: with the usual 2 MiB their pages go out and come in again.
        try execute("PRAGMA cache_size = -32768")
    }

    /// Sets a connection up that reads and does nothing else to the file.
    func prepareForReading() throws {
        try execute("PRAGMA trusted_schema = OFF")
        try execute("PRAGMA cell_size_check = ON")
        try execute("PRAGMA temp_store = MEMORY")
        try neverCheckpoint()
        try execute("PRAGMA query_only = ON")
    }

    /// Brings the schema up to date, each step in a transaction of its own.
    func migrate(_ known: [Migration]) throws {
        if try number("PRAGMA application_id") != Self.applicationID {
            try transaction("BEGIN IMMEDIATE") {
                try execute("PRAGMA application_id = \(Self.applicationID)")
                try execute("CREATE TABLE schema_migration (position INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
            }
        }
        let applied = try texts("SELECT name FROM schema_migration ORDER BY position")
        for step in try Migration.pending(known, applied: applied) {
            try transaction("BEGIN IMMEDIATE") {
                try execute(step.sql)
                try run(SQLStatement("INSERT INTO schema_migration (name) VALUES (?1)", [.text(step.name)]))
            }
        }
    }

    private func refuseForeignFile() throws {
        let mark = try number("PRAGMA application_id") ?? 0
        let objects = try number("SELECT count(*) FROM sqlite_schema") ?? 0
        guard mark == Self.applicationID || (mark == 0 && objects == 0) else {
            throw PersistenceError(
                .corrupt,
                "The file is a database of another program; give the path of another file."
            )
        }
    }

    private func checkQuickly() throws {
        let pages = try number("PRAGMA page_count") ?? 0
        let pageSize = try number("PRAGMA page_size") ?? 0
        guard pages.multipliedReportingOverflow(by: pageSize).partialValue <= Self.quickCheckLimit else { return }
        let faults = try texts("PRAGMA quick_check(1)")
        guard faults == ["ok"] else { throw PersistenceError.damaged(faults) }
    }
}

extension PersistenceError {
    /// What a check found: the file is not what was written, unless it could not even be read.
    static func damaged(_ faults: [String]) -> Self {
        let cause = faults.joined(separator: "; ")
        // A check reports a page that the disk did not give as one fault among others: “… error code=266”.
        let codes = faults.compactMap { fault in
            fault.split(separator: "error code=").dropFirst().last.flatMap { Int32($0.prefix { $0.isNumber }) }
        }
        guard codes.allSatisfy({ $0 & 0xFF != Self.ioErrorCode }) else {
            return Self(.io, "The database could not be read to check it; look after its disk.", cause: cause)
        }
        return Self(.corrupt, "The database is damaged; restore a backup.", cause: cause)
    }

    /// `SQLITE_IOERR`, the lowest byte of every failure of the disk.
    private static let ioErrorCode: Int32 = 10
}
