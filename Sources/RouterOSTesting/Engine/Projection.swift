/// Which columns somebody is shown.
struct Projection: Sendable {
    /// The columns, in the order they were asked for; nil for all that show by themselves.
    var properties: [String]?
    /// The arguments of `print` that bring columns.
    var flags: Set<String> = []
    /// Whether the one who asks may see what is sensitive.
    var showsSensitive = true

    /// Whether a column comes without being named.
    func shows(_ column: Column) -> Bool {
        mayShow(column) && column.showsWith.map { flags.contains($0) } ?? true
    }

    /// Whether a column comes when it is named; one that may not is absent from every row, for queries too.
    func mayShow(_ column: Column) -> Bool { !column.isHidden && (showsSensitive || !column.isSensitive) }
}
