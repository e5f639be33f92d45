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
    private func candidates(for query: RowQuery) -> (ids: AnySequence<StoreValue>, isSorted: Bool) {
        if let ids = query.choices(for: "id") { return (AnySequence(ids), false) }
        let ways = indexes.map { MemoryIndexWay($0, for: query) }
        guard let best = ways.max(by: { $0.worth < $1.worth }), best.worth > MemoryIndexWay.worthless else {
            return (AnySequence(rows.keys), false)
        }
        return (best.identities, best.isSorted)
    }
}

/// How the rows that a query means are found with an index.
private struct MemoryIndexWay {
    private let index: MemoryIndex
    private let query: RowQuery
    /// What the first columns hold, in one of these ways.
    private let prefixes: [[StoreValue]]
    /// Whether the next column is compared with something.
    private let comparisons: [(RowTest.Comparison, StoreValue)]
    /// Whether the rows come in the order of the query.
    let isSorted: Bool

    init(_ index: MemoryIndex, for query: RowQuery) {
        var prefixes: [[StoreValue]] = [[]]
        for name in index.names {
            guard let choices = query.choices(for: name), prefixes.count == 1 || choices.count == 1 else { break }
            prefixes = prefixes.flatMap { prefix in choices.map { prefix + [$0] } }
        }
        let rest = index.names.dropFirst(prefixes.first?.count ?? index.names.count)
        self.index = index
        self.query = query
        self.prefixes = prefixes
        comparisons = rest.first.map { query.comparisons(of: $0) } ?? []
        isSorted = prefixes.count == 1 && rest.filter { $0 != "id" } + ["id"] == query.order
    }

    /// The larger, the fewer rows are looked at in vain.
    var worth: Int {
        (prefixes.first?.count ?? .max / 8) * 4 + (comparisons.isEmpty ? 0 : 2) + (isSorted ? 1 : 0)
    }

    /// What an index is worth that says nothing about the rows.
    static let worthless = 0

    var identities: AnySequence<StoreValue> {
        let found = prefixes.map { index.identities(range(of: $0), isDescending: isSorted && query.isDescending) }
        return found.count == 1 ? AnySequence(found[0]) : AnySequence(found.joined())
    }

    /// The places of the rows whose first columns hold these values, the next one what is asked of it, and which come
    /// after the place where a sorted list goes on.
    private func range(of prefix: [StoreValue]) -> Range<MemoryIndex.Place> {
        let start = index.place { entry in
            let head = entry.key.prefix(prefix.count)
            guard head.elementsEqual(prefix) else { return head.lexicographicallyPrecedes(prefix) }
            if !comparisons.isEmpty, isBelow(entry.key[prefix.count]) { return true }
            return !query.isDescending && !isWithinPage(entry, prefix.count)
        }
        let end = index.place { entry in
            let head = entry.key.prefix(prefix.count)
            guard head.elementsEqual(prefix) else { return head.lexicographicallyPrecedes(prefix) }
            if !comparisons.isEmpty, isAbove(entry.key[prefix.count]) { return false }
            return !query.isDescending || isWithinPage(entry, prefix.count)
        }
        return start..<max(start, end)
    }

    /// Whether a value is too small, or nothing.
    private func isBelow(_ value: StoreValue) -> Bool {
        comparisons.contains { comparison, bound in
            switch comparison {
            case .greater, .greaterOrEqual: !comparison.holds(value, bound)
            case .equal, .less, .lessOrEqual: value.isNull
            }
        }
    }

    private func isAbove(_ value: StoreValue) -> Bool {
        comparisons.contains { comparison, bound in
            switch comparison {
            case .less, .lessOrEqual: !comparison.holds(value, bound)
            case .equal, .greater, .greaterOrEqual: false
            }
        }
    }

    /// Whether a row comes after the place where a sorted list goes on.
    private func isWithinPage(_ entry: MemoryIndex.Entry, _ length: Int) -> Bool {
        guard isSorted else { return true }
        return query.tests.allSatisfy { test in
            guard case .after(query.order, let place, query.isDescending) = test else { return true }
            let key = entry.key.dropFirst(length) + [entry.id]
            return query.isDescending ? key.lexicographicallyPrecedes(place) : place.lexicographicallyPrecedes(key)
        }
    }
}

extension RowQuery {
    /// The few values that a column of every row of the answer has one of; `nil` where nothing says so.
    func choices(for column: String) -> [StoreValue]? {
        for test in tests {
            switch test {
            case .compare(column, .equal, let value): return [value]
            case .oneOf(column, let values):
                var seen: Set<StoreValue> = []
                return values.filter { seen.insert($0).inserted }
            default: continue
            }
        }
        return nil
    }

    /// What a column of every row of the answer is compared with.
    fileprivate func comparisons(of column: String) -> [(RowTest.Comparison, StoreValue)] {
        tests.compactMap { test in
            guard case .compare(column, let comparison, let value) = test else { return nil }
            return (comparison, value)
        }
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
