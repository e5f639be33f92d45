/// A menu of the router, described as data: the engine that serves it knows no menu by name.
struct Menu: Sendable {
    enum Shape: String, Sendable {
        /// Rows with ids that clients add, change and remove.
        case table
        /// One record without an id that clients change.
        case settings
        /// Rows that the router makes up when asked.
        case rows
        /// One record without an id that the router makes up when asked.
        case record
        /// Nothing to print: verbs alone.
        case commands
    }

    /// What clients may do with the rows the router made by itself.
    enum DynamicRows: String, Sendable {
        /// Nothing.
        case fixed
        /// Take them out, not change them.
        case removable
        /// What they do with any row.
        case editable
    }

    let path: String
    let shape: Shape
    var dynamicRows = DynamicRows.fixed
    /// The arguments of `print` beyond those of every menu; what they ask for comes anyway.
    var prints: Set<String> = []
    /// What it understands beyond `print`, `getall`, `get` and `listen`.
    var verbs: Set<String> = []
    var columns: [Column] = []
    /// The columns whose values two rows may not share; none when any two rows may be alike.
    var key: [Int] = []
    /// What the router says to a second row of one key.
    var duplicate = "failure: already have such item"
    /// The arguments of verbs of the menu's own, such as `login`.
    var arguments: [String: [Column]] = [:]
    /// Policies that verbs need in the place of the usual ones.
    var policies: [String: Policy] = [:]
    /// The rows a new router has.
    var firstRows: [(id: UInt64, values: [WireText?])] = []

    private var positions: [String: Int] = [:]
    /// The columns that show something else than what is kept.
    private(set) var translated: [Int] = []
    /// The columns that begin anew when the router does.
    private(set) var volatile: [Int] = []

    init(_ path: String, _ shape: Shape) {
        self.path = path
        self.shape = shape
    }

    /// The column whose value may stand in the place of an id.
    var nameColumn: Int? { positions["name"] }

    /// The position of a column.
    func column(_ name: String) -> Int? { positions[name] }

    mutating func append(_ column: Column) {
        positions[column.name] = columns.count
        if column.isVolatile { volatile.append(columns.count) }
        if column.isReference || column.condition != nil { translated.append(columns.count) }
        columns.append(column)
    }

    /// Whether it understands a verb.
    func takes(_ verb: String) -> Bool {
        switch verb {
        case "print", "getall", "get", "listen": shape != .commands
        default: verbs.contains(verb)
        }
    }
}
