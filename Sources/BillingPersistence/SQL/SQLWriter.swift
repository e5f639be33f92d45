import BillingDomain

/// Writes a statement and collects its values.
struct SQLWriter<Dialect: SQLDialect> {
    private(set) var sql: String
    private(set) var values: [StoreValue] = []
    /// What the row that is asked is called, and how many rows were named so far that others refer to.
    private var row = ""
    private var references = 0

    init(_ sql: String) { self.sql = sql }

    var statement: SQLStatement { SQLStatement(sql, values) }

    mutating func write(_ text: String) { sql += text }

    mutating func write(_ value: StoreValue) { sql += place(value) }

    mutating func write(where tests: [RowTest], of table: RecordTable) {
        guard !tests.isEmpty else { return }
        row = table.name
        let conditions = tests.map { test in
            guard case .compare(let column, .equal, _) = test, column == table.tenantColumn, column != "id" else {
                return condition(test)
            }
            return Dialect.common(condition(test))
        }
        sql += " WHERE " + conditions.joined(separator: " AND ")
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
            // As a range, which an index of the column finds.
            guard let end = prefix.endOfBeginnings else { return "\(column) >= \(place(.text(prefix)))" }
            return "(\(column) >= \(place(.text(prefix))) AND \(column) < \(place(.text(end))))"
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
        case .refers(let column, let query):
            let asking = row
            references += 1
            row = "referred\(references)"
            defer { row = asking }
            let tests = ["\(row).id = \(asking).\(column)"] + query.tests.map { condition($0) }
            return "EXISTS (SELECT 1 FROM \(query.table.name) AS \(row) WHERE \(tests.joined(separator: " AND ")))"
        }
    }
}

extension String {
    /// The first text, in the order of bytes, that is greater than every text that begins with this one; `nil` where
    /// there is none. (The order of UTF-8 is that of its scalars.)
    fileprivate var endOfBeginnings: String? {
        var scalars = unicodeScalars
        while let last = scalars.popLast() {
            // Past the last scalar before the surrogates comes the first after them.
            let next = last.value == 0xD7FF ? 0xE000 : last.value + 1
            guard let scalar = Unicode.Scalar(next) else { continue }
            scalars.append(scalar)
            return String(scalars)
        }
        return nil
    }
}
