extension MemoryTable {
    /// The rows of all tables by their identities.
    typealias Finding = (RecordTable, StoreValue) -> [StoreValue]?

    /// The rows that a query means, in its order.
    func rows(_ query: RowQuery, _ finding: Finding) -> [[StoreValue]] {
        let end = query.limit.map { query.offset.addingReportingOverflow($0) }
        let wanted = end.map { $0.overflow ? .max : $0.partialValue } ?? .max
        let way = way(for: query)
        var found: [[StoreValue]] = []
        way.forEach(of: self) { row in
            guard query.holds(for: row, finding: finding) else { return true }
            found.append(row)
            return !way.isSorted || found.count < wanted
        }
        if !way.isSorted { found = query.sorted(found) }
        return Array(found.prefix(wanted).dropFirst(query.offset))
    }

    func count(_ query: RowQuery, _ finding: Finding) -> Int {
        let (way, limit) = (way(for: query), query.limit ?? .max)
        if let count = way.exactCount { return min(count, limit) }
        var count = 0
        way.forEach(of: self) { row in
            if query.holds(for: row, finding: finding) { count += 1 }
            return count < limit
        }
        return min(count, limit)
    }

    func sums(_ query: RowQuery, of columns: [String], by groups: [String], _ finding: Finding) -> [RowSums] {
        let columns = columns.compactMap { table.index(of: $0) }
        let groups = groups.compactMap { table.index(of: $0) }
        var totals: [[StoreValue]: (count: Int, sums: [Int128])] = [:]
        way(for: query).forEach(of: self) { row in
            guard query.holds(for: row, finding: finding) else { return true }
            var total = totals[groups.map { row[$0] }] ?? (0, columns.map { _ in 0 })
            total.count += 1
            for (index, column) in columns.enumerated() {
                if case .integer(let value) = row[column] { total.sums[index] += Int128(value) }
            }
            totals[groups.map { row[$0] }] = total
            return true
        }
        return totals.sorted { $0.key.lexicographicallyPrecedes($1.key) }
            .map { RowSums(group: $0.key, count: $0.value.count, sums: $0.value.sums) }
    }

    /// So few rows are looked at faster than an index is chosen.
    private static let few = 16

    /// The way to the rows of a query on which the fewest are looked at.
    private func way(for query: RowQuery) -> MemoryWay {
        if query.isImpossible { return .rows([]) }
        if let ids = query.choices(for: "id") { return .rows(ids) }
        if rows.count <= Self.few { return .all }
        let ways = indexes.map { MemoryIndexWay($0, for: query) }.filter { $0.saysSomething || $0.isSorted }
        guard let best = ways.min(by: { $0.cost < $1.cost }) else { return .all }
        return .index(best)
    }
}

/// How the rows that a query means are found; all of them are among those on it.
private enum MemoryWay {
    case all
    case rows([StoreValue])
    case index(MemoryIndexWay)

    /// Whether the rows come in the order of the query.
    var isSorted: Bool { if case .index(let way) = self { way.isSorted } else { false } }

    /// How many rows the query means, where no row has to be looked at to know.
    var exactCount: Int? { if case .index(let way) = self { way.exactCount } else { nil } }

    /// Goes along it until it is told that this is enough.
    func forEach(of table: MemoryTable, _ goesOn: ([StoreValue]) -> Bool) {
        switch self {
        case .all: _ = table.rows.values.allSatisfy(goesOn)
        case .rows(let ids): _ = ids.allSatisfy { table.rows[$0].map(goesOn) ?? true }
        case .index(let way): way.allSatisfy { table.rows[$0].map(goesOn) ?? true }
        }
    }
}

/// How the rows that a query means are found with an index.
private struct MemoryIndexWay {
    private let index: MemoryIndex
    private let query: RowQuery
    /// How many of the first columns are asked to have one of a few values.
    private let prefixLength: Int
    /// Whether the next column is compared with something.
    private let comparisons: [(RowTest.Comparison, StoreValue)]
    /// Whether the rows come in the order of the query.
    let isSorted: Bool
    /// The rows that are looked at.
    private var ranges: [Range<MemoryIndex.Place>] = []

    init(_ index: MemoryIndex, for query: RowQuery) {
        var prefixes: [[StoreValue]] = [[]]
        for name in index.names {
            guard let choices = query.choices(for: name), prefixes.count == 1 || choices.count == 1 else { break }
            prefixes = prefixes.flatMap { prefix in choices.map { prefix + [$0] } }
        }
        prefixLength = prefixes.first?.count ?? 0
        let rest = index.names.dropFirst(prefixLength)
        self.index = index
        self.query = query
        comparisons = rest.first.map { query.comparisons(of: $0) } ?? []
        isSorted = prefixes.count == 1 && rest.filter { $0 != "id" } + ["id"] == query.order
        if saysSomething || isSorted { ranges = prefixes.map(range) }
    }

    /// Whether fewer rows are looked at than there are.
    var saysSomething: Bool { prefixLength > 0 || !comparisons.isEmpty }

    /// About how many rows are looked at.
    ///
    /// The first rows of an order are found before all have been.
    var cost: Int {
        let rows = ranges.reduce(0) { $0 + index.roughCount($1) }
        return isSorted ? rows / (query.limit == nil ? 2 : 16) : rows
    }

    var exactCount: Int? {
        guard query.offset == 0, query.tests.count == prefixLength + comparisons.count else { return nil }
        guard comparisons.allSatisfy({ !$0.1.isNull }) else { return nil }
        return ranges.reduce(0) { $0 + index.count($1) }
    }

    func allSatisfy(_ goesOn: (StoreValue) -> Bool) {
        _ = ranges.allSatisfy { index.allSatisfy(in: $0, isDescending: isSorted && query.isDescending, goesOn) }
    }

    /// The places of the rows whose first columns hold these values, the next one what is asked of it, and which come
    /// after the place where a sorted list goes on.
    private func range(of prefix: [StoreValue]) -> Range<MemoryIndex.Place> {
        let start = index.place { entry in
            let head = entry.key.prefix(prefix.count)
            if head.lexicographicallyPrecedes(prefix) { return true }
            if prefix.lexicographicallyPrecedes(head) { return false }
            if !comparisons.isEmpty, isBelow(entry.key[prefix.count]) { return true }
            return !query.isDescending && !isWithinPage(entry, prefix.count)
        }
        let end = index.place { entry in
            let head = entry.key.prefix(prefix.count)
            if head.lexicographicallyPrecedes(prefix) { return true }
            if prefix.lexicographicallyPrecedes(head) { return false }
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
    /// Whether a column is to have one of no values.
    fileprivate var isImpossible: Bool {
        tests.contains { if case .oneOf(_, let values) = $0 { values.isEmpty } else { false } }
    }

    /// The few values that a column of every row of the answer has one of; `nil` where nothing says so.
    func choices(for column: String) -> [StoreValue]? {
        for test in tests {
            switch test {
            // Nothing equals no value.
            case .compare(column, .equal, let value) where !value.isNull: return [value]
            case .oneOf(column, let values) where !values.contains(.null):
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
