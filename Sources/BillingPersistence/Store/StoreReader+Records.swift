public import BillingDomain

extension StoreReader {
    /// The records that a query means, in its order.
    public func records<Record: StoredRecord>(_ query: Query<Record>) throws -> [Record] {
        try rows(query.rows(in: scope)).map { try Record(row: $0) }
    }

    /// The first record that a query means.
    public func first<Record: StoredRecord>(_ query: Query<Record>) throws -> Record? {
        try records(query.first(1)).first
    }

    /// A record by its identity; `locked` keeps it from other writers until the end of the transaction.
    public func find<Record: StoredRecord>(_ id: Identifier<Record>, locked: Bool = false) throws -> Record? {
        try first(Query(Field<Record, Identifier<Record>>("id") == id).locked(locked ? .wait : .none))
    }

    /// Those of some records that exist, by identity.
    public func find<Record: StoredRecord>(_ ids: some Sequence<Identifier<Record>>) throws -> [Record] {
        let ids = Set(ids).sorted()
        // No database likes a list without end.
        return try stride(from: 0, to: ids.count, by: 500).flatMap { start in
            try records(
                Query(Field<Record, Identifier<Record>>("id").isOne(of: ids[start..<min(start + 500, ids.count)]))
            )
        }
    }

    /// Those of some records that exist, by identity, without what cannot be read: the first error says why.
    ///
    /// For work that must go on past one damaged record.
    ///
    /// - Throws: ``PersistenceError`` for whatever concerns more than one record.
    public func readable<Record: StoredRecord>(
        _ ids: some Sequence<Identifier<Record>>
    ) throws -> (records: [Record], damage: PersistenceError?) {
        let ids = Set(ids).sorted()
        let found = try stride(from: 0, to: ids.count, by: 500).flatMap { start in
            let some = ids[start..<min(start + 500, ids.count)]
            return try rows(Query(Field<Record, Identifier<Record>>("id").isOne(of: some)).rows(in: scope))
        }
        return try Self.readable(found)
    }

    /// How many records a query means; of one with a limit, no more than that.
    public func count<Record: StoredRecord>(_ query: Query<Record>) throws -> Int {
        try count(query.rows(in: scope))
    }

    /// One page of what a query means, in its order.
    public func page<Record: StoredRecord>(_ query: Query<Record>, _ page: PageRequest) throws -> Page<Record> {
        let rows = try rows(query, page)
        return Page(items: try rows.items.map { try Record(row: $0) }, total: rows.total, next: rows.next)
    }

    /// One page of what a query means, without what cannot be read: the first error says why.
    ///
    /// For work that must go on past one damaged record.
    ///
    /// - Throws: ``PersistenceError`` for whatever concerns more than one record.
    public func readablePage<Record: StoredRecord>(
        _ query: Query<Record>,
        _ page: PageRequest
    ) throws -> (page: Page<Record>, damage: PersistenceError?) {
        let rows = try rows(query, page)
        let (items, damage): ([Record], PersistenceError?) = try Self.readable(rows.items)
        return (Page(items: items, total: rows.total, next: rows.next), damage)
    }

    private static func readable<Record: StoredRecord>(
        _ rows: [[StoreValue]]
    ) throws -> (records: [Record], damage: PersistenceError?) {
        var damage: PersistenceError?
        let records: [Record] = try rows.compactMap { row in
            do {
                return try Record(row: row)
            } catch let error as PersistenceError where error.code == .corrupt {
                damage = damage ?? error
                return nil
            }
        }
        return (records, damage)
    }

    private func rows<Record: StoredRecord>(_ query: Query<Record>, _ page: PageRequest) throws -> Page<[StoreValue]> {
        var wanted = try query.rows(in: scope)
        var total: ListTotal?
        if page.isCounted {
            var counted = wanted
            counted.limit = ListTotal.mostCounted + 1
            total = ListTotal(try count(counted))
        }
        switch page.start {
        case .number: wanted.offset = page.offset
        case .after(let cursor):
            for column in wanted.order where wanted.mayBeEmpty(column) {
                throw PersistenceError(
                    .constraint,
                    "A list sorted by \(column), which may be empty, has no such places."
                )
            }
            wanted.tests.append(try cursor.test(of: wanted))
        }
        // One more than wanted tells whether there is a next page.
        wanted.limit = page.size + 1
        let found = try query.apart.map { try rows(wanted, apart: $0) } ?? rows(wanted)
        let shown = found.prefix(page.size)
        let next = found.count > page.size ? shown.last.map { PageCursor(after: $0, of: wanted) } : nil
        return Page(items: Array(shown), total: total, next: next)
    }

    /// No more rows are passed over before a page for each value apart.
    private static var mostPassedOver: Int { 1_000 }
    /// No more values than these are looked for apart.
    private static var mostApart: Int { 64 }

    /// The rows that a query means, those of each value of a column found by themselves.
    private func rows(_ query: RowQuery, apart column: String) throws -> [[StoreValue]] {
        guard let values = query.choices(for: column), (2...Self.mostApart).contains(values.count),
            let limit = query.limit, query.offset <= Self.mostPassedOver
        else { return try rows(query) }
        var each = query
        each.tests.removeAll { if case .oneOf(column, _) = $0 { true } else { false } }
        each.offset = 0
        each.limit = query.offset + limit
        let found = try values.flatMap { value in
            var one = each
            one.tests.append(.compare(column, .equal, value))
            return try rows(one)
        }
        return Array(query.sorted(found).dropFirst(query.offset).prefix(limit))
    }

    /// Hands out what a query means, in its order, some at a time: memory does not grow with their number.
    public func forEach<Record: StoredRecord>(
        _ query: Query<Record>,
        _ body: (Record) throws -> Void
    ) throws {
        var left = query.limit ?? .max
        var place: PageCursor?
        while left > 0 {
            let page = try page(query, PageRequest(after: place, size: min(left, 1_000)))
            for record in page.items { try body(record) }
            left -= page.items.count
            guard let next = page.next else { return }
            place = next
        }
    }

    /// Sums over what a query means, by the values of some fields.
    public func sums<Record: StoredRecord>(
        _ query: Query<Record>,
        of columns: [String] = [],
        by groups: [String] = []
    ) throws -> [RowSums] {
        for column in columns + groups where Record.table.index(of: column) == nil {
            throw PersistenceError.noColumn(column, in: Record.table)
        }
        return try sums(query.rows(in: scope), of: columns, by: groups)
    }
}
