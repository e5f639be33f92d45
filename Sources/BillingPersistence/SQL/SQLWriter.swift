import BillingDomain

/// Writes a statement and collects its values.
struct SQLWriter<Dialect: SQLDialect> {
    private(set) var sql: String
    private(set) var values: [StoreValue] = []

    init(_ sql: String) { self.sql = sql }

    var statement: SQLStatement { SQLStatement(sql, values) }

    mutating func write(_ text: String) { sql += text }

    mutating func write(_ value: StoreValue) { sql += place(value) }

    mutating func write(where tests: [RowTest]) {
        guard !tests.isEmpty else { return }
        sql += " WHERE " + tests.map { condition($0) }.joined(separator: " AND ")
    }

    private mutating func place(_ value: StoreValue) -> String {
        values.append(value)
        return Dialect.placeholder(values.count)
    }

    private mutating func condition(_ test: RowTest) -> String {
        switch test {
        case .compare(let column, let comparison, let value): return "\(column) \(comparison.rawValue) \(place(value))"
        case .oneOf(let column, let values):
            return values.isEmpty ? "1 = 0" : "\(column) IN (\(values.map { place($0) }.joined(separator: ", ")))"
        case .isNull(let column): return "\(column) IS NULL"
        case .contains(let column, let text):
            return "coalesce(\(Dialect.contains(column, place(.text(text.asciiUppercased)))), 1 = 0)"
        case .begins(let column, let prefix):
            return "coalesce(\(Dialect.begins(column, place(.text(prefix)))), 1 = 0)"
        case .all(let tests):
            return tests.isEmpty ? "1 = 1" : "(" + tests.map { condition($0) }.joined(separator: " AND ") + ")"
        case .any(let tests):
            return tests.isEmpty ? "1 = 0" : "(" + tests.map { condition($0) }.joined(separator: " OR ") + ")"
        // A comparison with nothing is a no, so that its opposite is a yes.
        case .not(.isNull(let column)): return "\(column) IS NOT NULL"
        case .not(let test): return "NOT coalesce(\(condition(test)), 1 = 0)"
        case .after(let columns, let values, let isDescending):
            let places = values.map { place($0) }.joined(separator: ", ")
            return "(\(columns.joined(separator: ", "))) \(isDescending ? "<" : ">") (\(places))"
        }
    }
}
