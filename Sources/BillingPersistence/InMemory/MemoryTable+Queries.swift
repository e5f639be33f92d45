extension MemoryTable {
    /// The rows of all tables by their identities.
    typealias Finding = (RecordTable, StoreValue) -> [StoreValue]?

    /// The rows that a query means, in its order.
    func rows(_ query: RowQuery, _ finding: Finding) -> [[StoreValue]] {
        let end = query.limit.map { query.offset.addingReportingOverflow($0) }
        let wanted = end.map { $0.overflow ? .max : $0.partialValue } ?? .max
        let (candidates, isSorted) = candidates(for: query)
        var found: [[StoreValue]] = []
        for id in candidates {
            guard let row = rows[id], query.holds(for: row, finding: finding) else { continue }
            found.append(row)
            if isSorted, found.count == wanted { break }
        }
        if !isSorted { found = query.sorted(found) }
        return Array(found.prefix(wanted).dropFirst(query.offset))
    }

    func count(_ query: RowQuery, _ finding: Finding) -> Int {
        var count = 0
        for id in candidates(for: query).ids {
            if let limit = query.limit, count >= limit { break }
            if let row = rows[id], query.holds(for: row, finding: finding) { count += 1 }
        }
        return count
    }

    func sums(_ query: RowQuery, of columns: [String], by groups: [String], _ finding: Finding) -> [RowSums] {
        let columns = columns.compactMap { table.index(of: $0) }
        let groups = groups.compactMap { table.index(of: $0) }
        var totals: [[StoreValue]: (count: Int, sums: [Int128])] = [:]
        for id in candidates(for: query).ids {
            guard let row = rows[id], query.holds(for: row, finding: finding) else { continue }
            var total = totals[groups.map { row[$0] }] ?? (0, columns.map { _ in 0 })
            total.count += 1
            for (index, column) in columns.enumerated() {
                if case .integer(let value) = row[column] { total.sums[index] += Int128(value) }
            }
            totals[groups.map { row[$0] }] = total
        }
        return totals.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { RowSums(group: $0.key, count: $0.value.count, sums: $0.value.sums) }
    }

    /// Identities among which all that a query means are, in its order if that is said.
    private func candidates(for query: RowQuery) -> (ids: AnyRandomAccessCollection<StoreValue>, isSorted: Bool) {
        if let ids = query.choices(for: "id") { return (AnyRandomAccessCollection(ids), false) }
        var best: (index: MemoryIndex, prefixes: [[StoreValue]], isSorted: Bool)?
        for index in indexes {
            let names = index.columns.map { table.columns[$0].name }
            var prefixes: [[StoreValue]] = [[]]
            for name in names {
                guard let choices = query.choices(for: name), prefixes.count == 1 || choices.count == 1 else { break }
                prefixes = prefixes.flatMap { prefix in choices.map { prefix + [$0] } }
            }
            let length = prefixes.first?.count ?? names.count
            let rest = names.dropFirst(length).filter { $0 != "id" } + ["id"]
            let isSorted = prefixes.count == 1 && Array(rest) == query.order
            let known = best.map { ($0.prefixes.first?.count ?? .max, $0.isSorted) } ?? (-1, false)
            if length > known.0 || (length == known.0 && isSorted && !known.1) {
                best = (index, prefixes, isSorted)
            }
        }
        guard let best, best.isSorted || best.prefixes.first.map({ !$0.isEmpty }) ?? true else {
            return (AnyRandomAccessCollection(Array(rows.keys)), false)
        }
        if best.isSorted, let prefix = best.prefixes.first {
            let slice = best.index.entries[best.index.range(of: prefix)].lazy.map(\.id)
            return query.isDescending
                ? (AnyRandomAccessCollection(slice.reversed()), true) : (AnyRandomAccessCollection(slice), true)
        }
        let ids = best.prefixes.flatMap { best.index.entries[best.index.range(of: $0)].map(\.id) }
        return (AnyRandomAccessCollection(ids), false)
    }
}

extension RowQuery {
    /// The few values that a column of every row of the answer has one of; `nil` where nothing says so.
    func choices(for column: String) -> [StoreValue]? {
        for test in tests {
            switch test {
            case .compare(column, .equal, let value): return [value]
            case .oneOf(column, let values): return values
            default: continue
            }
        }
        return nil
    }

    func sorted(_ rows: [[StoreValue]]) -> [[StoreValue]] {
        let places = order.compactMap { table.index(of: $0) }
        return rows.map { row in (key: places.map { row[$0] }, row: row) }
            .sorted { left, right in
                isDescending
                    ? right.key.lexicographicallyPrecedes(left.key) : left.key.lexicographicallyPrecedes(right.key)
            }
            .map(\.row)
    }
}
