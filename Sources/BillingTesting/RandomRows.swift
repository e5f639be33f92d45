public import BillingDomain
public import BillingPersistence

/// Random rows for every table of the schema, each referring to rows that are there: the same for the same seed.
///
/// It knows what it has made, and so what a store that was given it must answer.
/// ```swift
/// var world = RandomRows(seed: 7)
/// try await world.fill(store, tenants: 3, rows: 20)
/// ```
public struct RandomRows: Sendable {
    var generator: SeededGenerator
    /// The rows that were made for storing, by the name of their table.
    public private(set) var rows: [String: [[StoreValue]]] = [:]
    private var count: Int64 = 0

    /// Begins without a row.
    public init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    /// The tenants, in the order of their making.
    public var tenants: [Identifier<Tenant>] {
        (rows[Tenant.table.name] ?? []).compactMap { try? Identifier(storeValue: $0[0]) }
    }

    /// The rows of one tenant in a table.
    public func rows(of table: RecordTable, in tenant: Identifier<Tenant>) -> [[StoreValue]] {
        (rows[table.name] ?? []).filter { table.tenant(of: $0) == tenant.storeValue }
    }

    /// A new row of a tenant; `nil` where something that it must refer to is not there yet.
    public mutating func make(_ table: RecordTable, in tenant: Identifier<Tenant>) -> [StoreValue]? {
        var row: [StoreValue] = []
        for column in table.columns {
            guard let value = value(for: column, of: table, in: tenant) else { return nil }
            row.append(value)
        }
        return row
    }

    /// The same row with other values wherever they may change.
    public mutating func changed(_ row: [StoreValue], in table: RecordTable) -> [StoreValue] {
        zip(table.columns, row).map { column, old in
            let isKept =
                column.isFixed || column.name == "revision" || column.name == table.tenantColumn
                || table.references.contains { $0.column == column.name }
            return isKept ? old : random(column)
        }
    }

    /// Counts a row among those that were stored.
    public mutating func keep(_ row: [StoreValue], in table: RecordTable) { rows[table.name, default: []].append(row) }

    mutating func replace(_ row: [StoreValue], in table: RecordTable) {
        rows[table.name] = (rows[table.name] ?? []).map { $0[0] == row[0] ? row : $0 }
    }

    mutating func forget(_ gone: [[StoreValue]], in table: RecordTable) {
        let identities = Set(gone.map { $0[0] })
        rows[table.name] = (rows[table.name] ?? []).filter { !identities.contains($0[0]) }
    }

    /// Adds a number of tenants with rows in every table to an empty store.
    public mutating func fill(_ store: any BillingStore, tenants: Int = 2, rows: Int = 4) async throws {
        for _ in 0..<tenants {
            let tenant = Identifier<Tenant>(timestamp: Timestamp(secondsSince1970: 1), random: bytes(10))
            for table in Schema.tables where table.tenantColumn != nil {
                var made: [[StoreValue]] = []
                for _ in 0..<(table == Tenant.table ? 1 : rows) {
                    guard let row = make(table, in: tenant) else { continue }
                    made.append(row)
                    keep(row, in: table)
                }
                try await store.write(.tenant(tenant)) { [made] in try $0.insert(made, into: table) }
            }
        }
    }

    private mutating func value(
        for column: RecordTable.Column,
        of table: RecordTable,
        in tenant: Identifier<Tenant>
    ) -> StoreValue? {
        if column.name == table.tenantColumn { return tenant.storeValue }
        if column.name == "revision" { return .integer(1) }
        if let reference = table.references.first(where: { $0.column == column.name }) {
            if column.isOptional, generator.happens(oneIn: 3) { return .null }
            guard let other = Schema.tables.first(where: { $0.name == reference.table }) else { return nil }
            let isUnique =
                column.name == "id" || table.uniques.contains { Set($0).subtracting(["tenant"]) == [column.name] }
            let taken = Set(
                isUnique
                    ? (rows[table.name] ?? []).compactMap { row in table.index(of: column.name).map { row[$0] } } : []
            )
            let free = rows(of: other, in: tenant).map { $0[0] }.filter { !taken.contains($0) }
            return free.randomElement(using: &generator) ?? (column.isOptional ? .null : nil)
        }
        if table.countsLines(in: column) { return .integer(.max) }
        let isUnique = table.uniques.contains { $0.contains(column.name) }
        return isUnique ? unique(column) : random(column)
    }

    /// A value that no other row has.
    private mutating func unique(_ column: RecordTable.Column) -> StoreValue {
        count += 1
        switch column.kind {
        case .integer: return .integer(count)
        case .real: return .real(Double(count))
        case .text: return .text("\(count) \(text())")
        case .bytes: return .bytes(withUnsafeBytes(of: count.bigEndian, Array.init) + bytes(4))
        case .identity: return identity()
        }
    }

    private mutating func random(_ column: RecordTable.Column) -> StoreValue {
        if column.isOptional, generator.happens(oneIn: 3) { return .null }
        switch column.limit {
        case .words(let words): return .text(words.randomElement(using: &generator) ?? "")
        case .notNegative: return .integer(max(0, number()))
        case .notZero:
            let number = number()
            return .integer(number == 0 ? 1 : number)
        case nil: break
        }
        switch column.kind {
        case .integer: return .integer(number())
        case .real: return .real(Double(Int.random(in: -1_000...1_000, using: &generator)) / 8)
        case .text: return .text(text())
        case .bytes: return .bytes(bytes(Int.random(in: 0...12, using: &generator)))
        case .identity: return identity()
        }
    }

    mutating func identity() -> StoreValue {
        .identity(generator.next() >> 16, generator.next() | 0x8000_0000_0000_0000)
    }

    /// Mostly few different numbers, so that they meet; now and then the ends of the range.
    private mutating func number() -> Int64 {
        if generator.happens(oneIn: 12) {
            return [.max, .min, .max - 1, 1 << 32].randomElement(using: &generator) ?? 0
        }
        return Int64.random(in: -3...9, using: &generator)
    }

    /// Texts that have tripped databases: quotes, both cases, letters beyond ASCII, and nothing at all.
    private mutating func text() -> String {
        let pieces = ["", "a", "A", "ab", "Z_", "%", "'", "\"", "\\", "é", "É", "ß", "日本", "😀", " ", "x;--"]
        return (0..<Int.random(in: 0...3, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }

    private mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }
}

extension RecordTable {
    /// The tenant of a row.
    func tenant(of row: [StoreValue]) -> StoreValue? { tenantColumn.flatMap(index(of:)).map { row[$0] } }

    /// Whether a column says how many lines a row has, in another table.
    fileprivate func countsLines(in column: Column) -> Bool {
        Schema.tables.contains { table in
            table.references.contains { $0.table == name && $0.place?.count == column.name }
        }
    }
}
