import BillingPersistence

extension Connection {
    /// Checks pages, indexes and references, then the books, all of one snapshot.
    func verify() throws {
        try transaction("BEGIN DEFERRED") {
            let faults = try texts("PRAGMA integrity_check(10)")
            guard faults == ["ok"] else { throw PersistenceError.damaged(faults) }
            let dangling = try texts("SELECT \"table\" FROM pragma_foreign_key_check")
            guard dangling.isEmpty else {
                throw PersistenceError.damaged(["dangling references in \(Set(dangling).sorted())"])
            }
            let transaction = SQLiteTransaction(self, .system)
            if let fault = try transaction.verifyBooks() { throw PersistenceError.damaged(["\(fault)"]) }
            try transaction.requireSuccess()
        }
    }
}
