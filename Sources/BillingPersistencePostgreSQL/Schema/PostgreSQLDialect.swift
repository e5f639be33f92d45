import BillingPersistence

/// How PostgreSQL spells the tables and the queries of this library.
enum PostgreSQLDialect: SQLDialect {
    static let migrations = [Migration("1 everything", everything)]

    static func type(of kind: ColumnKind) -> String {
        switch kind {
        case .integer: "BIGINT"
        case .real: "DOUBLE PRECISION"
        // Sorted by its bytes, as every other store does, and folded for a–z alone.
        case .text: "TEXT COLLATE \"C\""
        case .bytes: "BYTEA"
        case .identity: "UUID"
        }
    }

    static func placeholder(_ number: Int) -> String { "$\(number)" }

    static var tableSuffix: String { "" }

    static func direction(_ isDescending: Bool, isOptional: Bool) -> String {
        switch (isDescending, isOptional) {
        case (false, false): ""
        case (true, false): " DESC"
        case (false, true): " NULLS FIRST"
        case (true, true): " DESC NULLS LAST"
        }
    }

    /// PostgreSQL keeps statistics of its own.
    static func common(_ condition: String) -> String { condition }

    static func grouping(_ column: String, isNarrowed: Bool) -> String { column }

    static func contains(_ column: String, _ placeholder: String) -> String {
        "strpos(upper(\(column)), \(placeholder)::text) > 0"
    }

    static func suffix(for locking: RowLocking) -> String {
        // No update changes a key, so rows that refer to a locked one need not wait for it.
        switch locking {
        case .none: ""
        case .wait: " FOR NO KEY UPDATE"
        case .skip: " FOR NO KEY UPDATE SKIP LOCKED"
        }
    }

    static func guardian(of table: RecordTable) -> String {
        """
        CREATE OR REPLACE FUNCTION routeros_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
        END $$;
        CREATE TRIGGER \(table.name)_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON \(table.name)
            FOR EACH STATEMENT EXECUTE FUNCTION routeros_append_only();
        """
    }

    static func guardian(
        of place: RecordTable.Reference.Place,
        of reference: RecordTable.Reference,
        in table: RecordTable
    ) -> String {
        let count = "(SELECT \(place.count) FROM \(reference.table) WHERE id = NEW.\(reference.column))"
        let function = "routeros_\(table.name)_line"
        return """
            CREATE FUNCTION \(function)() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF NEW.\(place.line) < 0 OR NEW.\(place.line) >= \(count) THEN
                    RAISE EXCEPTION 'table \(reference.table) has no such line' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER \(table.name)_has_its_line BEFORE INSERT ON \(table.name)
                FOR EACH ROW EXECUTE FUNCTION \(function)();
            """
    }
}
