import BillingPersistence
internal import CRouterOSSQLite

extension PersistenceError {
    /// What an SQLite code means to the user of a store.
    ///
    /// What SQLite says names tables and columns, never values.
    init(sqlite code: Int32, _ connection: OpaquePointer?, writing table: RecordTable? = nil) {
        let said = connection.flatMap(sqlite3_errmsg).map { String(cString: $0) } ?? ""
        let cause = "SQLite \(code): \(said)"
        switch (code, table) {
        // SQLITE_CONSTRAINT_UNIQUE, …_PRIMARYKEY and …_ROWID.
        case (SQLITE_CONSTRAINT | 8 << 8, let table?), (SQLITE_CONSTRAINT | 6 << 8, let table?),
            (SQLITE_CONSTRAINT | 10 << 8, let table?):
            self = .taken(table.words(forColumnsIn: said), cause: cause)
        case (SQLITE_CONSTRAINT | 8 << 8, nil), (SQLITE_CONSTRAINT | 6 << 8, nil), (SQLITE_CONSTRAINT | 10 << 8, nil):
            self.init(.duplicate, "What must be unique is taken; choose another, or use the record.", cause: cause)
        // SQLITE_CONSTRAINT_FOREIGNKEY.
        case (SQLITE_CONSTRAINT | 3 << 8, _):
            self = .dangling(table?.noun ?? "record", cause: cause)
        default:
            switch code & 0xFF {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE:
                self = .unlawful(table?.noun ?? "record", cause: cause)
            case SQLITE_BUSY, SQLITE_LOCKED:
                self.init(.busy, "The database is locked by another process; stop that one.", cause: cause)
            case SQLITE_CORRUPT, SQLITE_NOTADB:
                self.init(.corrupt, "The file is damaged or not a database; restore a backup.", cause: cause)
            case SQLITE_FULL:
                self.init(.io, "The disk is full; nothing was kept. Make room and try again.", cause: cause)
            default:
                self.init(.io, "The database could not be read or written; nothing was kept.", cause: cause)
            }
        }
    }
}

extension RecordTable {
    /// What is unique about the columns named in “UNIQUE constraint failed: voucher.tenant, voucher.code_key”.
    fileprivate func words(forColumnsIn said: String) -> String {
        let list = said.split(separator: ":").last ?? ""
        let names = list.split(separator: ",").compactMap { $0.split(separator: ".").last.map(String.init) }
            .filter { $0 != tenantColumn || $0 == "id" }
        return names == ["id"] || names.isEmpty ? "\(noun)'s identity" : "\(noun)'s \(names.joined(separator: " and "))"
    }
}
