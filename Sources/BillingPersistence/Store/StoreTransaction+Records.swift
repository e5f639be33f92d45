import BillingDomain

extension StoreTransaction {
    /// Adds a record.
    public func insert<Record: StoredRecord>(_ record: Record) throws { try insert([record]) }

    /// Adds records of one kind.
    public func insert<Record: StoredRecord>(_ records: [Record]) throws {
        guard !records.isEmpty else { return }
        let table = Record.table
        let rows = records.map(\.row)
        try scope.requireRight(toWrite: rows, in: table)
        try insert(rows, into: table)
    }

    /// Changes a record, if it is as it was when it was read, and returns it with its next revision.
    @discardableResult
    public func update<Record: RevisedRecord>(_ record: Record) throws -> Record {
        let table = Record.table
        let row = record.row
        try scope.requireRight(toWrite: [row], in: table)
        try update(row, in: table)
        var next = record
        next.revision += 1
        return next
    }

    /// Removes the records that a query means, the first ones if it has a limit, and says how many they were.
    @discardableResult
    public func delete<Record: TransientRecord>(_ query: Query<Record>) throws -> Int {
        try scope.requireRight(toWriteIn: Record.table)
        return try delete(query.rows(in: scope))
    }
}

extension StoreScope {
    /// Refuses rows that this scope may not write.
    fileprivate func requireRight(toWrite rows: [[StoreValue]], in table: RecordTable) throws {
        try requireRight(toWriteIn: table)
        let width = table.columns.count
        // What is asked of every row is found out once: there may be thousands.
        let own = tenant.flatMap { tenant in
            table.tenantColumn.flatMap(table.index(of:)).map { (index: $0, value: tenant.storeValue) }
        }
        for row in rows {
            guard row.count == width else {
                throw PersistenceError(
                    .constraint,
                    "A \(table.noun) was written with \(row.count) values; report this fault."
                )
            }
            for index in row.indices {
                guard case .text(let text) = row[index], text.utf8.contains(0) else { continue }
                let column = table.columns[index].name
                throw PersistenceError(.constraint, "The \(table.noun)'s \(column) holds a zero byte; leave it out.")
            }
            if let own, row[own.index] != own.value { throw PersistenceError.missing(table.noun) }
        }
    }

    /// Refuses a table that this scope may not write in.
    fileprivate func requireRight(toWriteIn table: RecordTable) throws {
        switch (self, table.ownership) {
        case (.tenant, .tenant), (.tenant, .shared), (.system, .shared), (.system, .system): return
        case (.tenant, .system):
            throw PersistenceError(.wrongScope, "Use the system scope: \(table.noun) does not belong to a tenant.")
        case (.system, .tenant):
            throw PersistenceError(.wrongScope, "Use a tenant's scope: \(table.noun) belongs to one tenant.")
        }
    }
}
