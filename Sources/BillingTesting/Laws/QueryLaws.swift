import BillingDomain
import BillingPersistence

extension StoreLaw {
    /// What holds for the answers to queries.
    static let queries: [StoreLaw] = [
        StoreLaw("A query answers what its tests let through, in its order and no longer than its limit") { store in
            var world = RandomRows(seed: 11)
            try await world.fill(store, rows: 20)
            for table in Schema.tables {
                for _ in 0..<60 {
                    let query = world.query(table)
                    let found = try await store.read(.system) { try $0.rows(query) }
                    try require(found, is: world.answer(query), "\(query)")
                    let count = try await store.read(.system) { try $0.count(query) }
                    try require(count, is: world.answer(query).count, "the count of \(query)")
                }
            }
        },
        StoreLaw("A large table whose rows came, changed and went answers as a small one") { store in
            var world = RandomRows(seed: 13)
            try await world.fill(store, tenants: 1)
            let tables = Schema.tables.filter { $0.growth == .transient && $0.index(of: "revision") != nil }
            for table in tables.prefix(3) {
                for _ in 0..<7 { try await world.add(100, to: table, of: store) }
                for _ in 0..<200 { try await world.disturb(table, of: store) }
                for _ in 0..<50 {
                    let query = world.query(table)
                    let found = try await store.read(.system) { try $0.rows(query) }
                    try require(found, is: world.answer(query), "\(query)")
                    var whole = query
                    (whole.limit, whole.offset) = (nil, 0)
                    let count = try await store.read(.system) { [whole] in try $0.count(whole) }
                    try require(count, is: world.answer(whole).count, "the number of \(whole)")
                }
            }
        },
        StoreLaw("A text is found by its beginning, whatever character follows or ends it") { store in
            let ends = [
                "", "a", "A", "\u{1}", "%", "_", "\u{7F}", "é", "\u{D7FF}", "\u{E000}", "\u{10FFFF}", "\u{10FFFF}a",
            ]
            let names = ends.flatMap { end in ["", "b", "\u{10FFFF}"].map { end + $0 } }
            for (number, name) in names.enumerated() { _ = try await store.tenant(number + 1, name: name) }
            let field = Field<Tenant, String>("name")
            for beginning in ends {
                let found = try await store.read(.system) {
                    try $0.records(Query(field.begins(with: beginning))).map(\.name)
                }
                let wanted = names.filter { $0.utf8.starts(with: beginning.utf8) }
                try require(found, is: wanted, "the names that begin with \(beginning.debugDescription)")
            }
        },
        StoreLaw("Sums are exact, whatever their size, and grouped by value") { store in
            var world = RandomRows(seed: 12)
            try await world.fill(store, rows: 20)
            for table in Schema.tables {
                let numbers = table.columns.filter { $0.kind == .integer }.map(\.name)
                for _ in 0..<20 {
                    let query = world.query(table)
                    let columns = numbers.filter { _ in world.generator.happens(oneIn: 2) }
                    let groups = table.columns.map(\.name).filter { _ in world.generator.happens(oneIn: 4) }
                    let found = try await store.read(.system) { try $0.sums(query, of: columns, by: groups) }
                    try require(
                        found,
                        is: world.sums(query, of: columns, by: groups),
                        "sums \(columns) by \(groups) of \(query)"
                    )
                }
            }
        },
        StoreLaw("Pages cut a list without gaps or repeats, also while it grows at its beginning") { store in
            let tenant = try await store.tenant(1).id
            try await store.write(.tenant(tenant)) { transaction in
                for number in 100..<130 { try transaction.append(audit: .sample(number, tenant)) }
            }
            let order = Query<AuditRow>().sorted(byDescending: AuditRow.Columns.position)
            var seen: [AuditRow] = []
            var place: PageCursor?
            repeat {
                let page = try await store.read(.tenant(tenant)) { [place] in
                    try $0.page(order, PageRequest(after: place, size: 7))
                }
                seen += page.items
                place = try page.next.map { next in
                    guard let read = PageCursor("\(next)"), read == next else {
                        throw LawBreach("a cursor's text: \(next)")
                    }
                    return read
                }
                let number = seen.count
                try await store.write(.tenant(tenant)) { try $0.append(audit: .sample(number, tenant)) }
            } while place != nil
            let positions = seen.map(\.position)
            try require(positions, is: positions.sorted(by: >), "the order of the pages")
            try require(Set(positions).count, is: 30, "the number of lines on all pages")
        },
    ]
}

extension RandomRows {
    /// Adds rows of the first tenant to a table.
    fileprivate mutating func add(_ count: Int, to table: RecordTable, of store: any BillingStore) async throws {
        guard let tenant = tenants.first else { return }
        var made: [[StoreValue]] = []
        for _ in 0..<count {
            guard let row = make(table, in: tenant) else { continue }
            made.append(row)
            keep(row, in: table)
        }
        try await store.write(.tenant(tenant)) { [made] in try $0.insert(made, into: table) }
    }

    /// Removes a row of the first tenant, or changes whatever may change of it and is not unique.
    fileprivate mutating func disturb(_ table: RecordTable, of store: any BillingStore) async throws {
        guard let tenant = tenants.first, let row = rows(of: table, in: tenant).randomElement(using: &generator),
            let revision = table.index(of: "revision"), case .integer(let number) = row[revision]
        else { return }
        if generator.happens(oneIn: 3) {
            let query = RowQuery(table, [.compare("id", .equal, row[0])])
            _ = try await store.write(.tenant(tenant)) { try $0.delete(query) }
            forget([row], in: table)
            return
        }
        var new = changed(row, in: table)
        for place in table.uniques.joined().compactMap({ table.index(of: $0) }) { new[place] = row[place] }
        try await store.write(.tenant(tenant)) { [new] in try $0.update(new, in: table) }
        new[revision] = .integer(number + 1)
        replace(new, in: table)
    }

    /// A random question about a table.
    mutating func query(_ table: RecordTable) -> RowQuery {
        let tests = (0..<Int.random(in: 0...2, using: &generator)).map { _ in test(table, depth: 2) }
        let order = generator.happens(oneIn: 2) ? [] : [table.columns.randomElement(using: &generator)?.name ?? "id"]
        let limit = generator.happens(oneIn: 2) ? nil : Int.random(in: 0...9, using: &generator)
        return RowQuery(table, tests, order: order, isDescending: generator.happens(oneIn: 2), limit: limit)
    }

    /// The rows that a question means, found the slow way.
    func answer(_ query: RowQuery) -> [[StoreValue]] {
        let places = query.order.compactMap { query.table.index(of: $0) }
        let found = (rows[query.table.name] ?? []).filter { row in
            query.holds(for: row) { table, id in rows[table.name]?.first { $0[0] == id } }
        }
        let sorted = found.sorted { left, right in
            let (left, right) = (places.map { left[$0] }, places.map { right[$0] })
            return query.isDescending ? right.lexicographicallyPrecedes(left) : left.lexicographicallyPrecedes(right)
        }
        return Array(sorted.prefix(query.limit ?? .max))
    }

    /// The sums over the rows that a question means, found the slow way.
    func sums(_ query: RowQuery, of columns: [String], by groups: [String]) -> [RowSums] {
        var whole = query
        whole.limit = nil
        func values(_ names: [String], _ row: [StoreValue]) -> [StoreValue] {
            names.compactMap { query.table.index(of: $0) }.map { row[$0] }
        }
        let byGroup = Dictionary(grouping: answer(whole)) { values(groups, $0) }
        return byGroup.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { group, rows in
            let sums = columns.indices.map { index in
                rows.reduce(into: Int128(0)) { sum, row in
                    if case .integer(let value) = values(columns, row)[index] { sum += Int128(value) }
                }
            }
            return RowSums(group: group, count: rows.count, sums: sums)
        }
    }

    private mutating func test(_ table: RecordTable, depth: Int) -> RowTest {
        let column = table.columns.randomElement(using: &generator) ?? .id
        let known = (rows[table.name] ?? []).compactMap { row in table.index(of: column.name).map { row[$0] } }
            .filter { !$0.isNull }
        let value = known.randomElement(using: &generator)
        switch Int.random(in: 0..<(depth > 0 ? 10 : 6), using: &generator) {
        case 0, 1:
            let comparison = RowTest.Comparison.allCases.randomElement(using: &generator) ?? .equal
            return value.map { .compare(column.name, comparison, $0) } ?? .isNull(column.name)
        case 2:
            return .oneOf(column.name, Array(Set([value, known.randomElement(using: &generator)].compactMap(\.self))))
        case 3: return .isNull(column.name)
        case 4:
            guard case .text(let text) = value else { return .isNull(column.name) }
            return generator.happens(oneIn: 2)
                ? .contains(column.name, String(text.suffix(2))) : .begins(column.name, String(text.prefix(2)))
        case 5:
            guard let row = rows[table.name]?.randomElement(using: &generator), !column.isOptional,
                let place = table.index(of: column.name)
            else { return .isNull(column.name) }
            return .after([column.name, "id"], [row[place], row[0]], descending: generator.happens(oneIn: 2))
        case 6: return .not(test(table, depth: depth - 1))
        case 7:
            guard let reference = table.references.randomElement(using: &generator),
                let other = Schema.tables.first(where: { $0.name == reference.table })
            else { return .isNull(column.name) }
            return .refers(reference.column, RowQuery(other, [test(other, depth: depth - 1)]))
        case 8: return .any((0..<Int.random(in: 0...3, using: &generator)).map { _ in test(table, depth: depth - 1) })
        default: return .all((0..<Int.random(in: 0...3, using: &generator)).map { _ in test(table, depth: depth - 1) })
        }
    }
}

extension AuditEntry {
    /// A line to fill a trail with.
    static func sample(_ number: Int, _ tenant: Identifier<Tenant>) -> AuditEntry {
        AuditEntry(
            id: .numbered(10_000 + number),
            tenant: tenant,
            at: Timestamp(secondsSince1970: Int64(number)),
            actor: .system("conformance"),
            action: "voucher.generate",
            subject: "batch:\(number)",
            detail: "“quoted” é"
        )
    }
}

extension Identifier {
    /// An identity that a number decides.
    static func numbered(_ number: Int) -> Identifier {
        Identifier(high: UInt64(number) << 16 | 0x7000, low: 0x8000_0000_0000_0000 | UInt64(number))
    }
}
