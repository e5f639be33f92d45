/// How a database spells what the tables and the queries of this library mean.
package protocol SQLDialect {
    /// The steps that bring a database up to date, oldest first.
    static var migrations: [Migration] { get }

    /// The type of a column.
    static func type(of kind: ColumnKind) -> String

    /// Where the n-th value of a statement, from 1, belongs.
    static func placeholder(_ number: Int) -> String

    /// What stands after the closing bracket of a table's columns.
    static var tableSuffix: String { get }

    /// What follows a column to sort by, in the direction wanted, so that nothing comes first when ascending.
    static func direction(_ isDescending: Bool, isOptional: Bool) -> String

    /// A condition that most rows of a table meet, so that finding rows by it alone is no gain.
    static func common(_ condition: String) -> String

    /// A column to group by; `isNarrowed` says that the query asks for more than its scope.
    static func grouping(_ column: String, isNarrowed: Bool) -> String

    /// A test whether a text column contains a text that is folded already.
    static func contains(_ column: String, _ placeholder: String) -> String

    /// What keeps rows from other writers.
    static func suffix(for locking: RowLocking) -> String

    /// Statements that refuse to change or remove the rows of a table that only grows.
    static func guardian(of table: RecordTable) -> String

    /// Statements that refuse a row of a table as a line that the row it refers to does not have.
    static func guardian(
        of place: RecordTable.Reference.Place,
        of reference: RecordTable.Reference,
        in table: RecordTable
    ) -> String
}
