/// One table in memory: rows by identity, and an index for each list of columns that it is unique or searched by.
struct MemoryTable: Sendable {
    let table: RecordTable
    private(set) var rows: [StoreValue: [StoreValue]] = [:]
    private var uniques: [(columns: [Int], owners: [[StoreValue]: StoreValue])] = []
    private(set) var indexes: [MemoryIndex] = []
    private let limits: [(ColumnLimit, place: Int)]

    init(_ table: RecordTable) {
        self.table = table
        limits = table.columns.enumerated().compactMap { place, column in column.limit.map { ($0, place) } }
        uniques = table.uniques.map { ($0.compactMap { table.index(of: $0) }, [:]) }
        indexes = (table.uniques + table.indexes + table.sparseIndexes).map { MemoryIndex($0, of: table) }
    }

    /// Adds rows; refuses all of them if one of them may not be.
    mutating func insert(_ added: [[StoreValue]]) throws {
        var taken: Set<[StoreValue]> = []
        for row in added {
            try requireLimits(of: row)
            let isNew = rows[row[0]] == nil && taken.insert([row[0]]).inserted
            guard isNew else { throw PersistenceError.taken("\(table.noun)'s identity") }
            for (columns, owners) in uniques {
                guard let key = Self.key(columns, of: row) else { continue }
                let isFree =
                    owners[key] == nil && taken.insert(columns.map { .integer(Int64($0)) } + key).inserted
                guard isFree else { throw PersistenceError.taken(table.words(for: columns)) }
            }
        }
        for row in added {
            rows[row[0]] = row
            claim(row)
            for index in indexes.indices { indexes[index].insert(row) }
        }
    }

    /// Puts a row in place of the one with its identity.
    mutating func replace(_ old: [StoreValue], with new: [StoreValue]) throws {
        try requireLimits(of: new)
        for (columns, owners) in uniques {
            guard let key = Self.key(columns, of: new), let holder = owners[key], holder != new[0] else { continue }
            throw PersistenceError.taken(table.words(for: columns))
        }
        release(old)
        rows[new[0]] = new
        claim(new)
        for index in indexes.indices where indexes[index].key(of: old) != indexes[index].key(of: new) {
            indexes[index].remove(old)
            indexes[index].insert(new)
        }
    }

    mutating func remove(_ row: [StoreValue]) {
        release(row)
        rows[row[0]] = nil
        for index in indexes.indices { indexes[index].remove(row) }
    }

    private func requireLimits(of row: [StoreValue]) throws {
        for (limit, place) in limits where !limit.allows(row[place]) {
            throw PersistenceError.unlawful("\(table.noun)'s \(table.columns[place].name)")
        }
    }

    private mutating func claim(_ row: [StoreValue]) {
        // By place: an element that is looked at in a loop is shared, and would be copied whole by each change.
        for place in uniques.indices {
            if let key = Self.key(uniques[place].columns, of: row) { uniques[place].owners[key] = row[0] }
        }
    }

    private mutating func release(_ row: [StoreValue]) {
        for place in uniques.indices {
            if let key = Self.key(uniques[place].columns, of: row) { uniques[place].owners[key] = nil }
        }
    }

    /// The values that must be unique together; `nil` if one of them is missing.
    private static func key(_ columns: [Int], of row: [StoreValue]) -> [StoreValue]? {
        let key = columns.map { row[$0] }
        return key.contains(.null) ? nil : key
    }
}

extension RecordTable {
    /// What is unique about some columns, in an error.
    fileprivate func words(for columns: [Int]) -> String {
        let names = columns.map { self.columns[$0].name }.filter { $0 != tenantColumn }
        return "\(noun)'s \(names.joined(separator: " and "))"
    }
}
