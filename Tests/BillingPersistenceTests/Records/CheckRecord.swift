import Testing

@testable import BillingPersistence

/// Writes a record and reads it back: nothing is lost, and every column holds what the table says.
func checkRecord<Record: StoredRecord>(
    _ record: Record,
    sourceLocation: SourceLocation = #_sourceLocation
) throws {
    let row = record.row
    let columns = Record.table.columns
    #expect(row.count == columns.count, sourceLocation: sourceLocation)
    for (column, value) in zip(columns, row) {
        let fits: Bool =
            switch value {
            case .null: column.isOptional
            case .integer: column.kind == .integer
            case .real: column.kind == .real
            case .text: column.kind == .text
            case .bytes: column.kind == .bytes
            case .identity: column.kind == .identity
            }
        #expect(fits, "\(Record.table.name).\(column.name)", sourceLocation: sourceLocation)
    }
    #expect(try Record(row: row) == record, sourceLocation: sourceLocation)
}
