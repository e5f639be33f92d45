import BillingPersistence
import StoreSamples
import Testing

@testable import BillingPersistenceSQLite

@Suite("The frozen schema of SQLite files", .serialized)
struct FrozenSchemaTests {
    /// The digests of the migrations that were released: at a release the new ones are added, and stay.
    private static let released: [String: String] = [:]

    @Test(.enabled(if: FrozenText.isWanted)) func isFrozen() throws {
        try #require(Self.released["1 everything"] == nil, "It is released: add a migration instead.")
        let file = "Sources/BillingPersistenceSQLite/SQLiteDialect+Everything.swift"
        try FrozenText.write(Schema.definition(SQLiteDialect.self), to: file)
    }

    @Test(.disabled(if: FrozenText.isWanted)) func theMigrationsMakeTheTablesThatTheRecordsDescribe() throws {
        let migrated = try Connection.made(by: SQLiteDialect.migrations.map(\.sql))
        let described = try Connection.made(by: [Schema.definition(SQLiteDialect.self)])
        #expect(migrated.count > 300)
        #expect(migrated.subtracting(described).sorted() == [], "\(FrozenText.advice)")
        #expect(described.subtracting(migrated).sorted() == [], "\(FrozenText.advice)")
    }

    @Test func aColumnThatALaterStepAddsIsAsGoodAsOneThatWasThere() throws {
        let whole = "CREATE TABLE a (id BLOB PRIMARY KEY, n INTEGER CHECK (n IN (1, 2))) STRICT;"
        let first = "CREATE TABLE a (id BLOB PRIMARY KEY) STRICT;"
        let added = "ALTER TABLE a ADD COLUMN n INTEGER CHECK (n IN (1, 2));"
        let other = "ALTER TABLE a ADD COLUMN n INTEGER CHECK (n IN (1, 3));"
        #expect(try Connection.made(by: [first, added]) == Connection.made(by: [whole]))
        #expect(try Connection.made(by: [first, other]) != Connection.made(by: [whole]))
    }

    @Test func whatWasReleasedIsNeverEdited() throws {
        #expect(try FrozenText.edited(SQLiteDialect.migrations, since: Self.released) == [], "Add a migration instead.")
    }

    @Test func aStepThatIsNotAsItWasReleasedIsFound() throws {
        let step = Migration("1 everything", "CREATE TABLE a (id BLOB PRIMARY KEY) STRICT;")
        let edited = Migration("1 everything", "CREATE TABLE a (id BLOB PRIMARY KEY, n INTEGER) STRICT;")
        let released = [step.name: try step.digest]
        #expect(try FrozenText.edited([step], since: released) == [])
        #expect(try FrozenText.edited([edited], since: released) == [step.name])
        #expect(try FrozenText.edited([], since: released) == [step.name])
    }
}

extension Connection {
    /// What stands in the schema of a database that some scripts made: each index, each trigger and each part of a table.
    fileprivate static func made(by scripts: [String]) throws -> Set<String> {
        let connection = try Connection(path: ":memory:")
        for script in scripts { try connection.execute(script) }
        let tables = try connection.texts("SELECT name || '|' || sql FROM sqlite_schema WHERE type = 'table'")
        let others = try connection.texts("SELECT sql FROM sqlite_schema WHERE type <> 'table' AND sql IS NOT NULL")
        return Set(tables.flatMap(parts) + others)
    }

    /// The name of a table before each of its columns and rules: what stands between its brackets, cut at the commas.
    private static func parts(_ table: String) -> [String] {
        let name = table.prefix { $0 != "|" }
        var (parts, depth) = ([""], 0)
        for character in table.drop(while: { $0 != "(" }) {
            if character == ")" { depth -= 1 }
            if character == ",", depth == 1 {
                parts.append("")
            } else if depth > 0 || character != "(" {
                parts[parts.count - 1].append(character)
            }
            if character == "(" { depth += 1 }
        }
        return parts.map { "\(name): " + $0.split(whereSeparator: \.isWhitespace).joined(separator: " ") }
    }
}
