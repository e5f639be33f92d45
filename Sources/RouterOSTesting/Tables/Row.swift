/// A row: its number, and a value or nothing for each column.
struct Row: Sendable, Equatable {
    let id: UInt64
    var values: [WireText?]
}
