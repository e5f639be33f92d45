/// A record that can be read from its table.
protocol Selectable {
    static var table: String { get }

    /// The columns, in the order in which `init(row:)` reads them.
    static var columns: String { get }

    init(row: inout Row) throws
}

/// A record that can also be added to its table as a whole.
protocol Record: Selectable {
    /// A value for every column, in their order.
    var values: [any Column] { get }
}

extension Connection {
    /// Reads every record that meets a condition, which may end in an order and a limit.
    func all<Found: Selectable>(where condition: String, _ values: any Column...) throws -> [Found] {
        try all(where: condition, values)
    }

    /// Reads every record that meets a condition, which may end in an order and a limit.
    func all<Found: Selectable>(where condition: String, _ values: [any Column]) throws -> [Found] {
        try rows("SELECT \(Found.columns) FROM \(Found.table) WHERE \(condition)", values) { try Found(row: &$0) }
    }

    /// Reads the first record that meets a condition.
    func one<Found: Selectable>(where condition: String, _ values: any Column...) throws -> Found? {
        try first("SELECT \(Found.columns) FROM \(Found.table) WHERE \(condition)", values) { try Found(row: &$0) }
    }

    /// Adds records.
    func insert<Added: Record>(_ records: Added...) throws {
        try insert(all: records)
    }

    /// Adds records with one prepared statement.
    func insert<Added: Record>(all records: [Added]) throws {
        guard let first = records.first else { return }
        let marks = first.values.map { _ in "?" }.joined(separator: ", ")
        let statement = try prepared("INSERT INTO \(Added.table) (\(Added.columns)) VALUES (\(marks))")
        for record in records { try statement.run(record.values) }
    }
}
