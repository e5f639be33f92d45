/// A row that came, changed or went.
struct RowChange: Sendable {
    enum Kind: Sendable {
        case added, changed, removed
    }

    let menu: String
    let id: UInt64
    let kind: Kind
}

/// A row as a client sees it: references by name, computed columns filled in.
struct VisibleRow: Sendable {
    let id: UInt64?
    var values: [WireText?]

    init(id: UInt64?, values: [WireText?]) {
        self.id = id
        self.values = values
    }

    /// A row of a menu from the columns that have a value.
    init(id: UInt64?, _ menu: Menu, _ values: [String: WireText]) {
        self.id = id
        self.values = menu.columns.map { values[$0.name] }
    }
}
