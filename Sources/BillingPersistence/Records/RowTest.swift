private import BillingDomain

/// A question that a row answers with yes or no, never with neither: a comparison with nothing is a no.
public indirect enum RowTest: Hashable, Sendable {
    /// How a column is compared with a value.
    public enum Comparison: String, Hashable, Sendable, CaseIterable {
        /// The same value.
        case equal = "="
        /// A smaller one.
        case less = "<"
        /// A smaller one or the same.
        case lessOrEqual = "<="
        /// A greater one.
        case greater = ">"
        /// A greater one or the same.
        case greaterOrEqual = ">="
    }

    /// A column compared with a value that is not nothing.
    case compare(String, Comparison, StoreValue)
    /// A column that holds one of some values.
    case oneOf(String, [StoreValue])
    /// A column that holds nothing.
    case isNull(String)
    /// A text column that contains a text, whatever the case of a–z.
    case contains(String, String)
    /// A text column that begins with a text.
    case begins(String, String)
    /// All of them; yes if there are none.
    case all([RowTest])
    /// At least one of them; no if there are none.
    case any([RowTest])
    /// The opposite.
    case not(RowTest)
    /// A row that comes after a place in an order: the columns as one key, ascending or descending.
    case after([String], [StoreValue], descending: Bool)
    /// A column that holds the identity of a row that another query lets through, whatever its order and limit.
    case refers(String, RowQuery)
}

extension RowTest {
    /// The answer of a row: what every store must answer; `finding` has the rows of all tables by their identities.
    package func holds(
        for row: [StoreValue],
        of table: RecordTable,
        finding: (RecordTable, StoreValue) -> [StoreValue]?
    ) -> Bool {
        func value(_ column: String) -> StoreValue { table.index(of: column).map { row[$0] } ?? .null }
        switch self {
        case .compare(let column, let comparison, let other):
            let value = value(column)
            return !value.isNull && comparison.holds(value, other)
        case .oneOf(let column, let values):
            let value = value(column)
            return !value.isNull && values.contains(value)
        case .isNull(let column): return value(column).isNull
        case .contains(let column, let text):
            guard case .text(let value) = value(column) else { return false }
            return text.isEmpty || value.asciiUppercased.contains(bytesOf: text.asciiUppercased)
        case .begins(let column, let prefix):
            guard case .text(let value) = value(column) else { return false }
            return value.utf8.starts(with: prefix.utf8)
        case .all(let tests): return tests.allSatisfy { $0.holds(for: row, of: table, finding: finding) }
        case .any(let tests): return tests.contains { $0.holds(for: row, of: table, finding: finding) }
        case .not(let test): return !test.holds(for: row, of: table, finding: finding)
        case .after(let columns, let place, let descending):
            let key = columns.map(value)
            return descending ? key.lexicographicallyPrecedes(place) : place.lexicographicallyPrecedes(key)
        case .refers(let column, let query):
            guard let other = finding(query.table, value(column)) else { return false }
            return query.holds(for: other, finding: finding)
        }
    }

    /// Whether the answer is no for every row that holds nothing in a column.
    package func isNo(without column: String) -> Bool {
        switch self {
        case .compare(column, _, _), .oneOf(column, _), .contains(column, _), .begins(column, _), .refers(column, _),
            .not(.isNull(column)):
            true
        case .all(let tests): tests.contains { $0.isNo(without: column) }
        default: false
        }
    }

    /// Every column of the row that is named.
    package var columns: Set<String> {
        switch self {
        case .compare(let column, _, _), .oneOf(let column, _), .isNull(let column), .contains(let column, _),
            .begins(let column, _),
            .refers(let column, _):
            [column]
        case .all(let tests), .any(let tests): tests.reduce(into: []) { $0.formUnion($1.columns) }
        case .not(let test): test.columns
        case .after(let columns, _, _): Set(columns)
        }
    }
}

extension RowTest {
    /// The same test, which looks beyond no scope.
    func within(_ scope: StoreScope) throws -> RowTest {
        switch self {
        case .refers(let column, let query): .refers(column, try query.within(scope))
        case .all(let tests): .all(try tests.map { try $0.within(scope) })
        case .any(let tests): .any(try tests.map { try $0.within(scope) })
        case .not(let test): .not(try test.within(scope))
        default: self
        }
    }
}

extension RowQuery {
    /// Whether the tests let a row through; see ``RowTest``.
    package func holds(for row: [StoreValue], finding: (RecordTable, StoreValue) -> [StoreValue]?) -> Bool {
        tests.allSatisfy { $0.holds(for: row, of: table, finding: finding) }
    }
}

extension RowTest.Comparison {
    /// How two values compare.
    package func holds(_ left: StoreValue, _ right: StoreValue) -> Bool {
        switch self {
        case .equal: left == right
        case .less: left < right
        case .lessOrEqual: left <= right
        case .greater: left > right
        case .greaterOrEqual: left >= right
        }
    }
}

extension String {
    /// Whether the UTF-8 bytes of a text occur somewhere: characters are not composed, so that every store agrees.
    fileprivate func contains(bytesOf text: String) -> Bool {
        let bytes = Array(utf8)
        let wanted = Array(text.utf8)
        guard wanted.count <= bytes.count else { return false }
        return (0...(bytes.count - wanted.count)).contains { bytes[$0..<($0 + wanted.count)].elementsEqual(wanted) }
    }
}
