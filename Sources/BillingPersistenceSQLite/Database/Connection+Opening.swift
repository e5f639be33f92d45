import BillingPersistence

extension Connection {
    /// Marks a file as ours: “ROSB”.
    private static let applicationID: Int64 = 0x524F_5342

    /// Above this, a whole read at every start would keep people waiting; ``SQLiteStore/verify()`` is there for that.
    private static let quickCheckLimit: Int64 = 64 << 20

    func prepareForWriting() throws {
        try refuseForeignFile()
        try execute("PRAGMA foreign_keys = ON")
        try execute("PRAGMA trusted_schema = OFF")
        try execute("PRAGMA cell_size_check = ON")
        try execute("PRAGMA temp_store = MEMORY")
        guard try value("PRAGMA journal_mode = WAL") == "wal" else {
            throw PersistenceError(
                .io,
                "The file system cannot keep a write-ahead log; put the database on a local disk."
            )
        }
        try execute("PRAGMA synchronous = FULL")
        try execute("PRAGMA wal_autocheckpoint = 1000")
        try execute("PRAGMA journal_size_limit = 67108864")
        try migrate(Schema.migrations)
        try checkQuickly()
    }

    func prepareForReading() throws {
        try execute("PRAGMA trusted_schema = OFF")
        try execute("PRAGMA temp_store = MEMORY")
        try execute("PRAGMA wal_autocheckpoint = 0")
        try execute("PRAGMA query_only = ON")
    }

    /// Brings the schema up to date, each step in a transaction of its own.
    func migrate(_ known: [Migration]) throws {
        if try value("PRAGMA application_id") as Int64? != Self.applicationID {
            try transaction("BEGIN IMMEDIATE") {
                try execute("PRAGMA application_id = \(Self.applicationID)")
                try execute("CREATE TABLE schema_migration (position INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT")
            }
        }
        let applied: [String] = try rows("SELECT name FROM schema_migration ORDER BY position", []) { try $0() }
        for step in try Migration.pending(known, applied: applied) {
            try transaction("BEGIN IMMEDIATE") {
                try execute(step.sql)
                try run("INSERT INTO schema_migration (name) VALUES (?)", step.name)
            }
        }
    }

    /// Checks pages, references and books.
    func verify() throws {
        let faults: [String] = try rows("PRAGMA integrity_check(10)", []) { try $0() }
        guard faults == ["ok"] else { throw Self.damage(faults.joined(separator: "; ")) }
        let dangling: [String] = try rows("PRAGMA foreign_key_check", []) { try $0() }
        guard dangling.isEmpty else { throw Self.damage("dangling references in \(Set(dangling).sorted())") }
        let unbalanced: Int64? = try value(
            "SELECT entry FROM ledger_posting GROUP BY entry, currency HAVING sum(amount) <> 0 LIMIT 1"
        )
        if let unbalanced { throw Self.damage("ledger entry \(unbalanced) does not balance") }
    }

    private func refuseForeignFile() throws {
        let mark: Int64 = try value("PRAGMA application_id") ?? 0
        let objects: Int64 = try value("SELECT count(*) FROM sqlite_schema") ?? 0
        guard mark == Self.applicationID || (mark == 0 && objects == 0) else {
            throw PersistenceError(
                .corrupt,
                "The file is a database of another program; give the path of another file."
            )
        }
    }

    private func checkQuickly() throws {
        let pages: Int64 = try value("PRAGMA page_count") ?? 0
        let pageSize: Int64 = try value("PRAGMA page_size") ?? 0
        guard pages * pageSize <= Self.quickCheckLimit else { return }
        let answer: String? = try value("PRAGMA quick_check(1)")
        guard answer == "ok" else { throw Self.damage(answer ?? "") }
    }

    private static func damage(_ cause: String) -> PersistenceError {
        PersistenceError(.corrupt, "The database is damaged; restore a backup.", cause: cause)
    }
}
