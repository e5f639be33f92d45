import BillingPersistence
internal import CRouterOSSQLite

extension PersistenceError {
    /// What an SQLite code means to the user of a store.
    init(sqlite code: Int32, _ connection: OpaquePointer?) {
        let said = connection.flatMap(sqlite3_errmsg).map { String(cString: $0) } ?? ""
        let cause = "SQLite \(code): \(said)"
        switch code {
        case SQLITE_CONSTRAINT | 8 << 8, SQLITE_CONSTRAINT | 6 << 8, SQLITE_CONSTRAINT | 10 << 8:
            self.init(.duplicate, "What must be unique is taken; choose another, or use the record.", cause: cause)
        case SQLITE_CONSTRAINT | 3 << 8:
            self.init(.constraint, "The record refers to something that its tenant does not have.", cause: cause)
        default:
            switch code & 0xFF {
            case SQLITE_CONSTRAINT, SQLITE_MISMATCH, SQLITE_TOOBIG, SQLITE_RANGE:
                self.init(.constraint, "The record breaks a rule of the schema; correct it.", cause: cause)
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

    /// A column holds what this version cannot read.
    static func unreadable(_ what: String) -> Self {
        Self(.corrupt, "The database holds an unreadable \(what); run verify() and restore a backup if it fails.")
    }
}
