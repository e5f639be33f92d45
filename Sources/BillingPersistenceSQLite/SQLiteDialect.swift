import BillingPersistence

/// How SQLite spells tables and queries.
///
/// Identities are blobs of 16 bytes, most significant first, so that they sort as they do everywhere.
enum SQLiteDialect: SQLDialect {
    static let migrations = [Migration("1 everything", everything)]

    static func type(of kind: ColumnKind) -> String {
        switch kind {
        case .integer: "INTEGER"
        case .real: "REAL"
        case .text: "TEXT"
        case .bytes, .identity: "BLOB"
        }
    }

    /// Numbered, so that a test may name its value twice.
    static func placeholder(_ number: Int) -> String { "?\(number)" }

    static let tableSuffix = " STRICT"

    /// SQLite puts nothing first when ascending, and last when descending.
    static func direction(_ isDescending: Bool, isOptional: Bool) -> String { isDescending ? " DESC" : "" }

    /// Left alone, SQLite takes it that a tenant has ten rows, and would look through all of them for those of a list.
    static func common(_ condition: String) -> String { "likely(\(condition))" }

    /// Left alone, SQLite would rather read a whole index in the order of the groups than sort the few rows that are meant.
    static func grouping(_ column: String, isNarrowed: Bool) -> String { isNarrowed ? "+\(column)" : column }

    /// SQLite's own `upper` folds a–z and nothing else.
    static func contains(_ column: String, _ placeholder: String) -> String {
        "instr(upper(\(column)), \(placeholder)) > 0"
    }

    /// There is one writer, and nobody else to keep rows from.
    static func suffix(for locking: RowLocking) -> String { "" }

    static func guardian(of table: RecordTable) -> String {
        [("stays", "UPDATE"), ("remains", "DELETE")]
            .map { name, event in
                """
                CREATE TRIGGER \(table.name)_\(name) BEFORE \(event) ON \(table.name)
                    BEGIN SELECT raise(ABORT, '\(table.name) is append-only'); END;
                """
            }
            .joined(separator: "\n")
    }

    static func guardian(
        of place: RecordTable.Reference.Place,
        of reference: RecordTable.Reference,
        in table: RecordTable
    ) -> String {
        let count = "(SELECT \(place.count) FROM \(reference.table) WHERE id = NEW.\(reference.column))"
        return """
            CREATE TRIGGER \(table.name)_has_its_line BEFORE INSERT ON \(table.name)
                WHEN NEW.\(place.line) < 0 OR NEW.\(place.line) >= \(count)
                BEGIN SELECT raise(ABORT, '\(reference.table) has no such line'); END;
            """
    }
}
