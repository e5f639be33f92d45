/// One transaction of an ``InMemoryStore``: its tables, changed in place, and how to undo that.
final class MemoryTransaction: StoreTransaction {
    private enum Step {
        case inserted([[StoreValue]])
        case replaced(old: [StoreValue], new: [StoreValue])
        case removed([StoreValue])
    }

    let scope: StoreScope
    private(set) var tables: [String: MemoryTable]
    private var done: [(table: String, step: Step)] = []
    private var failure: (any Error)?

    init(scope: StoreScope, tables: [String: MemoryTable]) {
        self.scope = scope
        self.tables = tables
    }

    /// Hands the tables out, without a copy of them left behind.
    func handOver() -> [String: MemoryTable] {
        defer { tables = [:] }
        return tables
    }

    func rows(_ query: RowQuery) throws -> [[StoreValue]] { try going { try table(query.table).rows(query, find) } }

    func count(_ query: RowQuery) throws -> Int { try going { try table(query.table).count(query, find) } }

    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) throws -> [RowSums] {
        try going { try table(query.table).sums(query, of: columns, by: groups, find) }
    }

    func insert(_ rows: [[StoreValue]], into table: RecordTable) throws {
        try going {
            try tables[table.name]?.insert(rows)
            done.append((table.name, .inserted(rows)))
            for row in rows { try requireReferences(of: row, in: table) }
        }
    }

    func update(_ row: [StoreValue], in table: RecordTable) throws {
        try going {
            guard let old = try self.table(table).rows[row[0]], table.tenant(of: old) == table.tenant(of: row) else {
                throw PersistenceError.missing(table.noun)
            }
            guard let revision = table.index(of: "revision"), case .integer(let number) = row[revision] else {
                throw PersistenceError.fixed(table.noun)
            }
            guard old[revision] == row[revision] else { throw PersistenceError.stale(table.noun) }
            for (index, column) in table.columns.enumerated() where column.isFixed && old[index] != row[index] {
                throw PersistenceError.fixed(table.noun)
            }
            var new = row
            new[revision] = .integer(number &+ 1)
            try tables[table.name]?.replace(old, with: new)
            done.append((table.name, .replaced(old: old, new: new)))
            try requireReferences(of: new, in: table)
        }
    }

    func delete(_ query: RowQuery) throws -> Int {
        try going {
            guard query.table.growth == .transient else { throw PersistenceError.fixed(query.table.noun) }
            let rows = try table(query.table).rows(query, find)
            for row in rows {
                tables[query.table.name]?.remove(row)
                done.append((query.table.name, .removed(row)))
            }
            return rows.count
        }
    }

    /// Takes back whatever was done, the last first.
    func rollBack() {
        for (name, step) in done.reversed() {
            switch step {
            case .inserted(let rows): for row in rows { tables[name]?.remove(row) }
            case .replaced(let old, let new): try? tables[name]?.replace(new, with: old)
            case .removed(let row): try? tables[name]?.insert([row])
            }
        }
        done = []
    }

    /// Refuses to end well after a call that failed, whoever caught its error.
    func requireSuccess() throws {
        if let failure { throw failure }
    }

    private func going<Answer>(_ call: () throws -> Answer) throws -> Answer {
        try requireSuccess()
        do {
            return try call()
        } catch {
            failure = error
            throw error
        }
    }

    private func table(_ table: RecordTable) throws -> MemoryTable {
        guard let found = tables[table.name] else {
            throw PersistenceError(.constraint, "There is no table \(table.name); report this fault.")
        }
        return found
    }

    private func find(_ table: RecordTable, _ id: StoreValue) -> [StoreValue]? { tables[table.name]?.rows[id] }

    private func requireReferences(of row: [StoreValue], in table: RecordTable) throws {
        for reference in table.references {
            guard let index = table.index(of: reference.column), !row[index].isNull else { continue }
            let other = tables[reference.table]
            guard let found = other?.rows[row[index]], other?.table.tenant(of: found) == table.tenant(of: row) else {
                throw PersistenceError.dangling(table.noun)
            }
            if let place = reference.place, let line = table.index(of: place.line),
                let count = other?.table.index(of: place.count),
                row[line] < .integer(0) || row[line] >= found[count]
            {
                throw PersistenceError.unlawful(table.noun)
            }
        }
    }
}

extension RecordTable {
    /// The tenant of a row.
    fileprivate func tenant(of row: [StoreValue]) -> StoreValue? { tenantColumn.flatMap(index(of:)).map { row[$0] } }
}
