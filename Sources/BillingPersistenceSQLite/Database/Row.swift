/// The present row of a statement, read column by column from the left.
struct Row {
    private let statement: Statement
    private var index: Int32 = 0

    init(_ statement: Statement) {
        self.statement = statement
    }

    /// Reads the next column as what the context asks for.
    mutating func callAsFunction<Value: Column>() throws -> Value {
        defer { index += 1 }
        return try Value(statement, index)
    }
}
