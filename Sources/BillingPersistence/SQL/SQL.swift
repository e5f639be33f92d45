/// The statements of one dialect.
package enum SQL<Dialect: SQLDialect> {
    /// Reads the rows that a query means, in its order, every column in the table's order.
    package static func select(_ query: RowQuery) -> SQLStatement {
        var writer = SQLWriter<Dialect>("SELECT \(query.table.columnList) FROM \(query.table.name)")
        writer.write(where: query.tests, of: query.table)
        writer.write(" ORDER BY \(ordering(of: query))")
        if let limit = query.limit { writer.write(" LIMIT \(limit)") }
        if query.offset > 0 {
            writer.write("\(query.limit == nil ? " LIMIT \(Int64.max)" : "") OFFSET \(query.offset)")
        }
        writer.write(Dialect.suffix(for: query.locking))
        return writer.statement
    }

    private static func ordering(of query: RowQuery) -> String {
        query.order.map { column in
            column + Dialect.direction(query.isDescending, isOptional: query.mayBeEmpty(column))
        }
        .joined(separator: ", ")
    }

    /// Counts the rows that a query means, as far as its limit.
    package static func count(_ query: RowQuery) -> SQLStatement {
        guard let limit = query.limit else {
            var writer = SQLWriter<Dialect>("SELECT count(*) FROM \(query.table.name)")
            writer.write(where: query.tests, of: query.table)
            return writer.statement
        }
        var writer = SQLWriter<Dialect>("SELECT count(*) FROM (SELECT 1 FROM \(query.table.name)")
        writer.write(where: query.tests, of: query.table)
        writer.write(" LIMIT \(limit)) AS counted")
        return writer.statement
    }

    /// Sums columns of the rows that a query means: the groups, how many there are, then for each column the sum of its
    /// upper 32 bits and of its lower, because a database's own sum may not hold more than 64.
    package static func sums(_ query: RowQuery, of columns: [String], by groups: [String]) -> SQLStatement {
        let halves = columns.flatMap { ["sum(\($0) >> 32)", "sum(\($0) & 4294967295)"] }
        var writer = SQLWriter<Dialect>("SELECT \((groups + ["count(*)"] + halves).joined(separator: ", "))")
        writer.write(" FROM \(query.table.name)")
        writer.write(where: query.tests, of: query.table)
        if groups.isEmpty {
            writer.write(" HAVING count(*) > 0")
        } else {
            let isNarrowed = query.tests.count > 1
            writer.write(" GROUP BY ")
            writer.write(groups.map { Dialect.grouping($0, isNarrowed: isNarrowed) }.joined(separator: ", "))
            writer.write(" ORDER BY ")
            writer.write(groups.map { $0 + Dialect.direction(false, isOptional: true) }.joined(separator: ", "))
        }
        return writer.statement
    }

    /// Adds rows of a table; the values are given later, row by row.
    package static func insert(into table: RecordTable, rows: Int = 1) -> String {
        let width = table.columns.count
        let groups = (0..<rows).map { row in
            "(" + (1...width).map { Dialect.placeholder(row * width + $0) }.joined(separator: ", ") + ")"
        }
        return "INSERT INTO \(table.name) (\(table.columnList)) VALUES \(groups.joined(separator: ", "))"
    }

    /// Puts a row in place of the one with its identity, revision and fixed columns, with the next revision.
    package static func update(_ row: [StoreValue], in table: RecordTable) -> SQLStatement {
        var writer = SQLWriter<Dialect>("UPDATE \(table.name) SET revision = revision + 1")
        for (column, value) in zip(table.columns, row) where !column.isFixed && column.name != "revision" {
            writer.write(", \(column.name) = ")
            writer.write(value)
        }
        let held = zip(table.columns, row).filter { $0.0.isFixed || $0.0.name == "revision" }
        writer.write(where: held.map { $1.isNull ? .isNull($0.name) : .compare($0.name, .equal, $1) }, of: table)
        return writer.statement
    }

    /// Finds the stored revision of a row in its tenant, to explain an update that changed nothing.
    package static func revision(of row: [StoreValue], in table: RecordTable) -> SQLStatement {
        var writer = SQLWriter<Dialect>("SELECT revision FROM \(table.name)")
        let held = zip(table.columns, row).filter { $0.0.name == "id" || $0.0.name == table.tenantColumn }
        writer.write(where: held.map { $1.isNull ? .isNull($0.name) : .compare($0.name, .equal, $1) }, of: table)
        return writer.statement
    }

    /// Removes the rows that a query means; of a query with a limit, the first ones.
    package static func delete(_ query: RowQuery) -> SQLStatement {
        var writer = SQLWriter<Dialect>("DELETE FROM \(query.table.name)")
        if let limit = query.limit {
            writer.write(" WHERE id IN (SELECT id FROM \(query.table.name)")
            writer.write(where: query.tests, of: query.table)
            writer.write(" ORDER BY \(ordering(of: query)) LIMIT \(limit))")
        } else {
            writer.write(where: query.tests, of: query.table)
        }
        return writer.statement
    }

    /// Makes a table with its indexes, and its guardian if it only grows.
    package static func create(_ table: RecordTable, among tables: [RecordTable]) -> String {
        var lines = table.columns.map { column in
            let key = column.name == "id" ? " PRIMARY KEY" : ""
            return "\(column.name) \(Dialect.type(of: column.kind))\(column.isOptional ? "" : " NOT NULL")\(key)"
                + (column.limit.map { " CHECK (\(condition(of: $0, on: column.name)))" } ?? "")
        }
        if let tenant = table.tenantColumn, tenant != "id" { lines.append("UNIQUE (\(tenant), id)") }
        lines += table.uniques.map { "UNIQUE (\($0.joined(separator: ", ")))" }
        for reference in table.references {
            let owner = tables.first { $0.name == reference.table }?.tenantColumn
            // A reference inside a tenant carries the tenant, so that the database itself keeps tenants apart.
            let carried = owner == "id" || owner == nil ? [] : [table.tenantColumn ?? "tenant"]
            let here = (carried + [reference.column]).joined(separator: ", ")
            let there = ((carried.isEmpty ? [] : [owner ?? "tenant"]) + ["id"]).joined(separator: ", ")
            lines.append("FOREIGN KEY (\(here)) REFERENCES \(reference.table) (\(there))")
        }
        var statements = [
            "CREATE TABLE \(table.name) (\n    \(lines.joined(separator: ",\n    "))\n)\(Dialect.tableSuffix);"
        ]
        statements += table.indexes.map { index(table, $0) + ";" }
        statements += table.sparseIndexes.map { columns in
            let present = table.columns.filter { $0.isOptional && columns.contains($0.name) }
            return index(table, columns)
                + " WHERE \(present.map { "\($0.name) IS NOT NULL" }.joined(separator: " AND "));"
        }
        if table.growth == .appendOnly { statements.append(Dialect.guardian(of: table)) }
        for reference in table.references {
            if let place = reference.place { statements.append(Dialect.guardian(of: place, of: reference, in: table)) }
        }
        return statements.joined(separator: "\n")
    }

    private static func index(_ table: RecordTable, _ columns: [String]) -> String {
        let name = ([table.name, "by"] + columns).joined(separator: "_")
        return "CREATE INDEX \(name) ON \(table.name) (\(columns.joined(separator: ", ")))"
    }

    private static func condition(of limit: ColumnLimit, on column: String) -> String {
        switch limit {
        // The words are those of this library: letters and hyphens.
        case .words(let words): "\(column) IN (\(words.map { "'\($0)'" }.joined(separator: ", ")))"
        case .notNegative: "\(column) >= 0"
        case .notZero: "\(column) <> 0"
        }
    }
}

extension RecordTable {
    /// The columns in their order.
    package var columnList: String { columns.map(\.name).joined(separator: ", ") }
}
